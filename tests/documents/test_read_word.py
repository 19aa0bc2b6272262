"""The reference plan as a Word document, numbered by Word in the ways people number."""

from collections.abc import Callable

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from app.documents.plan_reader import read_plan, to_json
from tests.documents.plan_files import EXPECTED, WORD_FILES, WordFile

KEYS = ("title", "issuer", "number", "number_suffix", "date", "year", "signer", "legal_bases", "common_contents")


@pytest.mark.parametrize("make", WORD_FILES.values(), ids=WORD_FILES.keys())
def test_a_word_document_reads_like_the_text(make: Callable[[], bytes]) -> None:
    plain = to_json(read_plan(make(), "Kế hoạch.docx"))

    assert {key: plain[key] for key in KEYS} == {key: EXPECTED[key] for key in KEYS}
    assert plain["clauses"] == EXPECTED["clauses"]
    assert plain["actions"] == EXPECTED["actions"]
    assert plain["closing"].startswith("Nhận được Kế hoạch này")


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    word = _small_plan()
    paragraph = word.add("- Tuyên truyền ")
    _change(paragraph, '<w:del w:id="1" w:author="a"><w:r><w:delText>pháp luật</w:delText></w:r></w:del>')
    _change(paragraph, '<w:ins w:id="2" w:author="a"><w:r><w:t>chính sách.</w:t></w:r></w:ins>')

    assert read_plan(word.bytes(), "k.docx").clauses[-1].text == "Tuyên truyền chính sách."


def test_a_soft_line_break_inside_an_item_does_not_part_it() -> None:
    word = _small_plan()
    word.add("- Tuyên truyền\npháp luật.")

    assert read_plan(word.bytes(), "k.docx").clauses[-1].text == "Tuyên truyền pháp luật."


def test_items_after_soft_line_breaks_are_items() -> None:
    word = _small_plan()
    word.add("- Tuyên truyền.\n- Kiểm tra.")

    assert [clause.text for clause in read_plan(word.bytes(), "k.docx").clauses[-2:]] == ["Tuyên truyền.", "Kiểm tra."]


def test_hidden_text_and_footnotes_are_not_read() -> None:
    word = _small_plan()
    paragraph = word.add("- Tuyên truyền.")
    _change(paragraph, "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Ẩn</w:t></w:r>")
    _change(paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r>')

    assert read_plan(word.bytes(), "k.docx").clauses[-1].text == "Tuyên truyền."


def _small_plan() -> WordFile:
    word = WordFile()
    word.opening()
    for line in ("I. NỘI DUNG", "1. Truyền thông"):
        word.add(line)
    return word


def _change(paragraph: Paragraph, xml: str) -> None:
    head, _, rest = xml.partition(">")
    opening = f"{head} {nsdecls('w')}>" if not head.endswith("/") else f"{head[:-1]} {nsdecls('w')}/>"
    paragraph._p.append(parse_xml(opening + rest))
