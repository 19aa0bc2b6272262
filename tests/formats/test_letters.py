"""Drafts of letters: the page, the type and the parts that Nghị định 30/2020/NĐ-CP asks for."""

import io
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from app.formats.letters import planning, results, words
from app.formats.letters.heads import balanced
from app.formats.paper_head import SAMPLE_MARK

from . import letter_sample as sample
from .office import fonts, page_texts

WHOLE = [name for name in sample.LETTERS if name != "outline"]  # an annex has no head and no signature
KINDS = {"plan": "KẾ HOẠCH", "notice": "THÔNG BÁO", "minutes": "BIÊN BẢN", "conclusion": "THÔNG BÁO"}


@pytest.fixture(scope="module")
def written():
    made = {}

    def read(name):
        if name not in made:
            made[name] = docx.Document(io.BytesIO(sample.LETTERS[name]()))
        return made[name]

    return read


def texts(document):
    """Every paragraph in the order of the page, those of tables too."""
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def millimetres(*lengths):
    return [round(length.mm) for length in lengths]


@pytest.mark.parametrize("name", sample.LETTERS)
def test_the_page_is_a4_with_the_margins_and_numbers_of_a_letter(written, name):
    for section in written(name).sections:
        assert millimetres(section.page_width, section.page_height) == [210, 297]
        margins = millimetres(section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert margins == [20, 20, 30, 20]
        assert section.different_first_page_header_footer
        assert " PAGE " in [i.text for i in section.header._element.iter(qn("w:instrText"))]
        assert not list(section.first_page_header._element.iter(qn("w:instrText")))
        assert section.header.paragraphs[0].alignment == 1


@pytest.mark.parametrize("name", sample.LETTERS)
def test_everything_is_set_in_times_new_roman_of_the_sizes_for_letters(written, name):
    document = written(name)
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    named = {
        f.get(qn(f"w:{slot}")) for f in normal.element.iter(qn("w:rFonts")) for slot in ("ascii", "cs", "eastAsia")
    }
    assert named == {"Times New Roman"}
    assert not list(document.element.body.iter(qn("w:rFonts")))
    sizes = {int(size.get(qn("w:val"))) / 2 for size in document.element.body.iter(qn("w:sz"))}
    assert sizes <= {6, 11, 12, 13}, "6 is that of empty lines"


@pytest.mark.parametrize("name", WHOLE)
def test_the_head_names_the_bodies_and_leaves_number_and_day_to_the_registry(written, name):
    table = written(name).tables[0]
    left, right = table.rows[0].cells
    assert right.text.strip().split("\n") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert left.text.strip()
    assert not list(table._tbl.tblPr.iter(qn("w:tblBorders")))
    assert [len(list(cell._tc.iter(qn("w:pBdr")))) for cell in (left, right)] == [1, 1], "a rule under each"
    number, day = (cell.text for cell in table.rows[1].cells)
    assert re.fullmatch(r"Số:\s+/[A-ZĐ]+-[A-ZĐ]+", number)
    assert re.fullmatch(r"Buôn Ma Thuột, ngày\s+tháng\s+năm\s+", day)


@pytest.mark.parametrize("name", sample.LETTERS)
def test_the_text_ends_with_its_mark_once(written, name):
    ended = [text for text in texts(written(name)) if "./." in text]
    assert [text[-3:] for text in ended] == ["./."] * (2 if name == "notice" else 1)


@pytest.mark.parametrize("name", ["plan", "notice", "conclusion", "round"])
def test_the_letter_is_signed_on_the_right_and_sent_to_those_on_the_left(written, name):
    receivers, signer = written(name).tables[-1 if name != "notice" else 2].rows[0].cells
    lines = [line for line in signer.text.split("\n") if line]
    assert lines == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Minh Khôi"]
    assert receivers.text.startswith("Nơi nhận:")
    assert receivers.text.split("\n")[-1].startswith("- Lưu: VT")
    assert receivers.paragraphs[0].runs[0].italic
    assert receivers.paragraphs[0].runs[0].bold


def test_the_minutes_are_signed_by_the_unit_the_secretary_and_the_head_of_the_team(written):
    cells = written("minutes").tables[-1].rows[0].cells
    assert [cell.text.split("\n")[0] for cell in cells] == ["ĐẠI DIỆN ĐƠN VỊ", "THƯ KÝ", "TRƯỞNG ĐOÀN"]
    assert [cell.paragraphs[-1].text for cell in cells] == ["", "Nguyễn Thị Thu Hà", "H’Yar Niê"]
    assert "III. NHẬN XÉT CỦA ĐOÀN" in texts(written("minutes"))
    assert not [text for text in texts(written("minutes")) if "KẾT LUẬN" in text]


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_the_kind_of_letter_stands_in_bold_capitals(written, name, kind):
    found = next(p for p in written(name).paragraphs if p.text == kind)
    assert found.runs[0].bold
    assert found.alignment == 1


def test_what_was_typed_is_written_whole_and_as_text(written):
    said = "\n".join(texts(written("minutes")))
    assert "Đã kiện toàn Ban Vì sự tiến bộ của phụ nữ <b>&amp; =1+1 **đậm**" in said
    assert unicodedata.is_normalized("NFC", said)
    assert "35,71%" in said
    assert "1.204" in said
    assert "Đánh giá: Đạt một phần." in said
    assert "Nhận xét của Đoàn: Không thuộc thời kỳ kiểm tra" in said
    assert "ngày 08 tháng 5 năm 2024" in said


def test_what_is_not_known_is_left_to_be_filled_in_and_never_made_up(written):
    said = texts(written("bare"))
    assert "1. Ưu điểm: …" in said
    assert not re.search(r"\d{4}", "\n".join(said[said.index("BIÊN BẢN") :]))


def test_the_recommendations_say_who_must_do_what_by_when(written):
    rows = [[cell.text for cell in row.cells] for row in written("conclusion").tables[1].rows]
    assert rows[0] == ["TT", "Tồn tại, hạn chế", "Yêu cầu khắc phục", "Đơn vị thực hiện", "Thời hạn"]
    assert rows[1][1:] == ["Chưa ban hành kế hoạch", "Ban hành kế hoạch năm 2024", "UBND phường Tân Lập", "17/06/2024"]
    assert rows[2][-1] == "…/…/……"


def test_a_conclusion_without_recommendations_says_so():
    made = results.conclusion_notice(sample.HEAD, sample.ROUND, [replace(sample.OUTCOME, demands=())])
    assert "Không có yêu cầu, kiến nghị khắc phục." in texts(docx.Document(io.BytesIO(made)))


def test_the_outline_asks_for_numbers_and_never_for_names(written):
    said = texts(written("outline"))
    assert planning.NUMBERS_ONLY in said
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in said
    assert said[-1] in texts(written("notice"))


def test_every_page_of_the_sample_says_so_and_none_of_real_data(written):
    for section in written("minutes").sections:
        assert SAMPLE_MARK in section.header.paragraphs[0].text
        assert SAMPLE_MARK in section.first_page_header.paragraphs[0].text
    assert SAMPLE_MARK not in "".join(p.text for s in written("bare").sections for p in s.header.paragraphs)


@pytest.mark.parametrize(
    ("day", "long", "brief"),
    [
        (date(2024, 2, 10), "ngày 10 tháng 02 năm 2024", "10/02/2024"),
        (date(2024, 4, 5), "ngày 05 tháng 4 năm 2024", "05/4/2024"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024", "31/12/2024"),
    ],
)
def test_days_take_a_nought_where_the_decree_asks_for_it(day, long, brief):
    assert (words.day_long(day), words.day_short(day)) == (long, brief)


def test_the_name_of_a_body_breaks_after_its_dash_and_fits_its_column():
    name = "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
    assert balanced(name, 65, "b") == ["PHÒNG LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]
    assert balanced("THÀNH PHỐ BUÔN MA THUỘT", 65, "b") == ["THÀNH PHỐ BUÔN MA THUỘT"]
    assert " ".join(balanced(f"{name} " * 4, 65, "b")).split() == (name.split() * 4)


# As LibreOffice draws them


def letters_of(text):
    return Counter(re.sub(r"\s", "", unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("name", sample.LETTERS)
def test_drawn_letters_are_whole_numbered_and_within_the_margins(drawn: Path, name, written):
    pages = page_texts(drawn / f"{name}.pdf")
    assert letters_of("".join(texts(written(name)))) <= letters_of("".join(pages)), "a letter is not drawn"
    firsts = [0, len(pages) - 1] if name == "notice" else [0]  # the annex counts anew
    for number, page in enumerate(pages):
        assert re.match(r"\d", page) is None if number in firsts else page.startswith(str(number + 1))
    with pdfplumber.open(drawn / f"{name}.pdf") as pdf:
        for page in pdf.pages:
            body = [c for c in page.chars if c["text"].strip() and c["top"] > 50]
            assert min(c["x0"] for c in body) > 30 / 25.4 * 72 - 2
            assert max(c["x1"] for c in body) < page.width - 20 / 25.4 * 72 + 2
            assert max(c["bottom"] for c in body) < page.height - 20 / 25.4 * 72 + 2
            assert {round(c["size"]) for c in body} <= {11, 12, 13, 14}
            page.close()
    assert len(fonts(drawn / f"{name}.pdf")) == 1, "a second family means a letter that ours has not"


@pytest.mark.parametrize("name", WHOLE)
def test_drawn_letters_have_their_head_on_the_first_page_and_their_signature_below_text(drawn: Path, name):
    pages = page_texts(drawn / f"{name}.pdf")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in "\n".join(pages[0].split("\n")[:4])
    signed = pages[-2 if name == "notice" else -1]
    place = signed.find("Nơi nhận:")
    assert place > 0
    assert "./." in signed[:place]
