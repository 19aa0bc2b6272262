"""Small workbooks that declare millions of things, each in another part; beside them a large honest one."""

import io
import re
import zipfile

from openpyxl import Workbook

from app.formats.results_workbook import COLUMNS, ResultLine, template

LINE = [ResultLine(1, "III.7.c", "Rà soát sách giáo khoa", "Phòng GD&ĐT", None)]
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


def altered(part: str, pattern: str, more: str, **parts: str) -> bytes:
    """The template with `more` put before what matches `pattern` in one part, and with other `parts` by their names."""
    given, saved = zipfile.ZipFile(io.BytesIO(template("Kế hoạch", LINE))), io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            text = given.read(name).decode()
            if name == part:
                text, count = re.subn(pattern, lambda found: more + found[0], text, count=1)
                assert count, pattern
            archive.writestr(name, text)
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return saved.getvalue()


ROWS = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MERGED = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
LAST_TEXT = '<row r="9"><c r="F9" t="s"><v>99999</v></c></row>'
SHARED = f"<sst {MAIN}>%s</sst>"
FORMATS = "<numFmts>%s</numFmts>" % ('<numFmt numFmtId="170" formatCode="0"/>' * 100_000)
NAMES = "<definedNames>%s</definedNames>" % ('<definedName name="a">A1</definedName>' * 90_000)
UNFOLDING = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SWOLLEN = {
    "one merged range over the sheet": lambda: altered(SHEET, "<dataValidations|<pageMargins", MERGED),
    "cells of the last column": lambda: altered(SHEET, "</sheetData>", '<row r="9"><c r="XFD9"><v>1</v></c></row>'),
    "a row at the end of the sheet": lambda: altered(SHEET, "</sheetData>", ROWS.format(1_048_576)),
    "a million empty cells": lambda: altered(SHEET, "</sheetData>", f'<row r="9">{"<c/>" * 100_000}</row>'),
    "a million empty rows": lambda: altered(SHEET, "</sheetData>", "<row/>" * 100_000),
    "rows without end": lambda: altered(SHEET, "</sheetData>", "".join(map(ROWS.format, range(9, 4_000)))),
    "a million styles": lambda: altered(STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * 100_000),
    "a million number formats": lambda: altered(STYLES, "<fonts", FORMATS),
    "a million fonts": lambda: altered(STYLES, "</fonts>", "<font/>" * 100_000),
    "a million texts": lambda: altered(
        SHEET, "</sheetData>", LAST_TEXT, sharedStrings=SHARED % ("<si><t>a</t></si>" * 100_000)
    ),
    "one text of thirty million letters": lambda: altered(
        SHEET, "</sheetData>", LAST_TEXT, sharedStrings=SHARED % f"<si><t>{'a' * 3_000_000}</t></si>"
    ),
    "a million names": lambda: altered(BOOK, "</workbook>", NAMES),
    "a million sheets": lambda: altered(BOOK, "</sheets>", '<sheet name="a" sheetId="9"/>' * 100_000),
    "entities that unfold": lambda: altered(SHEET, "<worksheet", UNFOLDING),
}


def honest(rows: int) -> bytes:
    """A workbook as an office keeps one: every row filled in, every text its own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Kết quả đã thực hiện"])
    sheet.append([])
    sheet.append([label for _letter, label, _width in COLUMNS])
    for row in range(rows):
        sheet.append([row, "III.7.c", f"Việc {row}", "Phòng GD&ĐT", None, "Hoàn thành", "20/04/2024", f"{row}/BC"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
