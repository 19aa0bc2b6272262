"""The reference plan as a Word document, numbered by Word in the ways people number."""

import time
from collections.abc import Callable

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from app.formats.plan_reader import read_plan, to_json
from tests.formats.plan_files import EXPECTED, WORD_FILES, WordFile, level_of

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


def test_letters_and_their_bullets_are_numbered_below_their_heading() -> None:
    word = _small_plan()
    letters = word.add_list(level_of(0, "lowerLetter", "%1)") + level_of(1, "bullet", "o"))
    for text, level in (("Nội dung thứ nhất:", 0), ("Ý một.", 1), ("Ý hai.", 1), ("Nội dung thứ hai.", 0)):
        word.add(text, letters, level)

    addresses = [clause.address for clause in read_plan(word.bytes(), "k.docx").clauses]

    assert addresses == ["I", "I.1", "I.1.a", "I.1.a.1", "I.1.a.2", "I.1.b"]


def test_a_list_that_starts_at_two_goes_on_after_a_typed_one() -> None:
    word = _small_plan()
    numbers = word.add_list(level_of(0, "decimal", "%1.").replace('w:start w:val="1"', 'w:start w:val="2"'))
    for text in ("Kiểm tra", "Báo cáo"):
        word.add(text, numbers)

    assert [c.address for c in read_plan(word.bytes(), "k.docx").clauses] == ["I", "I.1", "I.2", "I.3"]


@pytest.mark.parametrize("make", [WORD_FILES["one multilevel list"], WORD_FILES["lines as paragraphs"]])
def test_reading_takes_less_than_a_second(make: Callable[[], bytes]) -> None:
    data = make()
    begun = time.process_time()

    read_plan(data, "k.docx")

    assert time.process_time() - begun < 1


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
