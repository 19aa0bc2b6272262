"""What LibreOffice makes of the workbooks: the numbers it calculates, the text it reads, the pages it draws."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from app.formats.paper_head import SAMPLE_MARK
from app.summaries.previews import Previews

from .office import fonts, page_texts, texts_not_whole
from .traps import TRAPS


def whole_pages(folder: Path, name: str) -> list[str]:
    cut = texts_not_whole(folder / f"{name}.xlsx", folder / f"{name}.pdf")
    return [text for text in cut if text != SAMPLE_MARK]  # a frame alone is no table to the measuring tool


def formulas(path: Path) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(path)
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    ]


def test_recalculation_gives_the_stored_values(drawn: Path):
    stored = load_workbook(drawn / "annex.xlsx", data_only=True)
    plain = load_workbook(drawn / "plain.xlsx", data_only=True)
    calculated = load_workbook(drawn / "calculated" / "plain.xlsx", data_only=True)
    cells = formulas(drawn / "annex.xlsx")
    assert len(cells) > 150
    for sheet, cell in cells:
        assert plain[sheet][cell].value is None
        ours, theirs = stored[sheet][cell].value, calculated[sheet][cell].value
        assert theirs == (ours if isinstance(ours, str) else pytest.approx(ours, abs=1e-9)), (sheet, cell)


def test_texts_that_look_like_formulas_are_read_as_typed(drawn: Path):
    sheet = load_workbook(drawn / "calculated" / "traps.xlsx")["PL1"]
    assert [sheet.cell(row, 1).value for row in range(3, 3 + len(TRAPS))] == TRAPS


@pytest.mark.parametrize("name", ["annex", "signed"])
def test_no_text_is_cut(drawn: Path, name: str):
    assert whole_pages(drawn, name) == []


def test_no_text_is_cut_at_the_narrower_columns_of_excel(drawn: Path):
    assert whole_pages(drawn, "narrow") == []


def test_rows_too_low_are_noticed(drawn: Path):
    assert len(whole_pages(drawn, "low")) > 20


@pytest.mark.parametrize("name", ["annex", "signed"])
def test_pages_end_where_the_workbook_says(drawn: Path, name: str):
    book = load_workbook(drawn / f"{name}.xlsx")
    planned = sum(len(sheet.row_breaks.brk) + 1 for sheet in book)
    assert len(page_texts(drawn / f"{name}.pdf")) == planned


def test_every_page_says_that_the_data_are_invented(drawn: Path):
    assert all(SAMPLE_MARK in text.split("\n", 1)[0] for text in page_texts(drawn / "annex.pdf"))


def test_pages_are_numbered_from_the_second_of_each_annex(drawn: Path):
    texts = page_texts(drawn / "annex.pdf")
    firsts = [page for page, text in enumerate(texts) if "Phụ lục" in text.partition("STT")[0]]
    assert [texts[page].split()[0] for page in firsts] == ["DỮ"] * 5
    assert [texts[page + 1].split()[0] for page in firsts[:4]] == ["2"] * 4


def test_signatures_stand_below_rows_of_the_table(drawn: Path):
    signed = [text for text in page_texts(drawn / "signed.pdf") if "Nơi nhận:" in text]
    assert len(signed) == 5
    assert all(("TỔNG CỘNG" in text or "Tổng số" in text) and "H’Yar Niê" in text for text in signed)


def test_the_pages_use_one_family_of_letters(drawn: Path):
    assert len(fonts(drawn / "annex.pdf")) == 1
    assert "\ufffd" not in "".join(page_texts(drawn / "annex.pdf"))


def test_pictures_show_the_first_page_of_each_sheet(drawn: Path, tmp_path: Path):
    data, book = (drawn / "annex.xlsx").read_bytes(), load_workbook(drawn / "annex.xlsx")
    previews = Previews(tmp_path)
    previews.draw("a" * 64, data, [len(sheet.row_breaks.brk) + 1 for sheet in book])
    assert previews.of("a" * 64).pictures == (1, 2, 3, 4, 5)
    for number in (1, 2, 3, 4, 5):
        picture = Image.open(io.BytesIO(previews.picture("a" * 64, number)))
        assert picture.width > picture.height > 800
        assert len(picture.getcolors()) > 20
