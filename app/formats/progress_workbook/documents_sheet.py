"""PL6: every document that proves a duty."""

from collections.abc import Sequence
from dataclasses import replace

from app.formats.progress_workbook.lists import DocumentRow, DocumentSection, documents
from app.formats.workbook import COUNT, DATE, ENTRY, Formula, Heading, Link, Look, Sheet, Value
from app.formats.workbook.look import HEADER_SHADE

COLUMNS = (
    ("STT", 5.5),
    ("Căn cứ (mục KH)", 8.5),
    ("Đơn vị thực hiện", 20),
    ("Loại văn bản", 12),
    ("Số, ký hiệu", 17),
    ("Ngày văn bản", 11.3),
    ("Trích yếu", 42),
    ("Ngày gửi", 11.3),
    ("Bản điện tử", 12),
    ("Đánh giá", 8.5),
    ("Ghi chú", 15),
)
WIDTHS = tuple(width for _, width in COLUMNS)

_CENTRED = replace(ENTRY, across="center")
_DAY = replace(_CENTRED, number_format=DATE)
_LOOKS = {1: replace(_CENTRED, number_format="0"), 2: _CENTRED, 6: _DAY, 8: _DAY, 9: _CENTRED, 10: _CENTRED}
_NONE = Look(italic=True, boxed=True)
_TOTAL = Look(bold=True, across="center", boxed=True, shade=HEADER_SHADE)


def write_documents(sheet: Sheet, sections: Sequence[DocumentSection]) -> int:
    """Write the table and its total; returns the last row between header and total."""
    sheet.header([[Heading(text) for text, _ in COLUMNS]])
    first, number = sheet.row, 0
    for section in sections:
        sheet.section(section.heading)
        for row in section.rows:
            number += 1
            sheet.entry(_values(number, row), _LOOKS)
    if sheet.row == first:
        sheet.section("Chưa có văn bản nào.", _NONE)
    last = sheet.last_row
    sheet.put(sheet.row, 1, "TỔNG CỘNG", _TOTAL, to_column=4)
    total = Formula(f"=COUNT(A{first}:A{last})", documents(sections))
    sheet.put(sheet.row, 5, total, replace(_TOTAL, number_format=COUNT))
    sheet.put(sheet.row, 6, None, _TOTAL, to_column=len(COLUMNS))
    sheet.row += 1
    sheet.glue(last, sheet.last_row - 1)
    return last


def _values(number: int, row: DocumentRow) -> list[Value]:
    copy: Value = Link(row.copy, row.link) if row.link else row.copy
    return [
        number,
        row.clause,
        row.lead,
        row.kind,
        row.number,
        row.issued_on,
        row.summary,
        row.sent_on,
        copy,
        row.review,
        row.note,
    ]
