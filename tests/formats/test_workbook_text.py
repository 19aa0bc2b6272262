"""Cells keep text as typed; names of sheets are such as Excel takes."""

import io
import unicodedata

import pytest
from openpyxl import Workbook, load_workbook

from app.formats.workbook.text import CELL_LIMIT, clean, sheet_name, write_text

from .traps import TRAPS, trap_book


def test_texts_come_back_as_typed_and_are_never_formulas():
    sheet = load_workbook(io.BytesIO(trap_book()))["PL1"]
    cells = [sheet.cell(row, 1) for row in range(3, 3 + len(TRAPS))]
    assert [cell.value.replace("_x005F_", "_") for cell in cells] == TRAPS
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "- gạch", "@x", "\t=1", "  =1", "'nháy"])
def test_editing_such_a_cell_does_not_make_a_formula(text):
    cell = Workbook().active["A1"]
    write_text(cell, text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_ordinary_text_needs_no_such_care():
    cell = Workbook().active["A1"]
    write_text(cell, "Kế hoạch số 12/KH-UBND")
    assert not cell.quotePrefix


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x0bb\x00c", "abc"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("x\ufffe\uffff\ud800y", "xy"),
        (unicodedata.normalize("NFD", "Bình đẳng giới"), "Bình đẳng giới"),
    ],
)
def test_what_breaks_a_file_is_left_out(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_longer_than_a_cell_is_cut_with_a_mark(letter):
    cut = clean(letter * 40_000)
    assert CELL_LIMIT - 2 <= len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith(" […]")
    assert clean(cut) == cut
    assert clean("x" * CELL_LIMIT) == "x" * CELL_LIMIT


def test_text_that_looks_escaped_is_not_decoded_by_readers():
    cell = Workbook().active["A1"]
    write_text(cell, "_x0041_")
    assert cell.value == "_x005F_x0041_"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("PL1", "PL1"),
        ("PL1: a/b", "PL1- a-b"),
        ("'trích'", "trích"),
        ("History", "Lịch sử"),
        ("", "Trang"),
        ("x" * 40, "x" * 31),
        ("x" * 30 + "' y", "x" * 30),
    ],
)
def test_sheet_names_are_made_acceptable(wanted, name):
    assert sheet_name(wanted, []) == name


def test_sheet_names_are_unique_without_case():
    assert sheet_name("pl1", ["PL1"]) == "pl1~2"
    assert sheet_name("x" * 40, ["x" * 31, "x" * 29 + "~2"]) == "x" * 29 + "~3"
