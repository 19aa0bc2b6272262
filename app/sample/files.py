"""Small real files for the sample, made here: a letter, a table of figures; the drawn ones are in `drawing.py`."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

MARK = "DỮ LIỆU GIẢ ĐỊNH"
_STAMP = datetime(2024, 5, 10)
_STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BODY = (
    "Căn cứ Kế hoạch triển khai công tác Bình đẳng giới năm 2024 của UBND thành phố Buôn Ma Thuột, đơn vị thực hiện "
    "các nội dung được giao như sau:",
    "1. Phân công lãnh đạo phụ trách và công chức, viên chức tham mưu công tác bình đẳng giới.",
    "2. Tổ chức thực hiện theo tiến độ; lưu hồ sơ, số liệu tách Nam/Nữ.",
    "3. Gửi kết quả về cơ quan thường trực để tổng hợp, báo cáo UBND thành phố./.",
)


def lines_of(unit: str, number: str, on: date, title: str) -> list[str]:
    """A letter of `unit` as plain lines: heading, number and day, title, body, signature."""
    day = f"Buôn Ma Thuột, ngày {on:%d} tháng {on.month} năm {on.year}"
    return [
        MARK,
        unit.upper(),
        f"Số: {number}",
        day,
        "",
        title.upper(),
        "",
        *_BODY,
        "",
        "THỦ TRƯỞNG ĐƠN VỊ",
        f"({MARK})",
    ]


def letter(unit: str, number: str, on: date, title: str) -> bytes:
    """A .docx of one page as offices lay it out, marked as invented in its header and under its signature."""
    import docx  # late: only the sample writes letters
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _STAMP
    document.core_properties.title = title
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(13)
    document.sections[0].header.paragraphs[0].text = MARK
    head = document.add_table(rows=2, cols=2)
    for row, texts in enumerate(
        ((unit.upper(), "\n".join(_STATE)), (f"Số: {number}", lines_of(unit, number, on, "")[3]))
    ):
        for column, text in enumerate(texts):
            _centred(head.cell(row, column).paragraphs[0], text, bold=row == 0)
    _centred(document.add_paragraph(), f"\n{title.upper()}\n", bold=True)
    for text in _BODY:
        document.add_paragraph(text)
    _centred(document.add_paragraph(), f"\nTHỦ TRƯỞNG ĐƠN VỊ\n\n({MARK})", bold=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _centred(paragraph: Any, text: str, *, bold: bool) -> None:
    paragraph.alignment = 1
    paragraph.add_run(text).bold = bold


def table(title: str, rows: Sequence[tuple[str, int, int]]) -> bytes:
    """An .xlsx with figures split Nam/Nữ and their sums as formulas."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Số liệu"
    sheet.oddHeader.center.text = MARK
    sheet.column_dimensions["A"].width = 60
    for cells in ((title, None, None, None), (MARK, None, None, None), ("Nội dung", "Nam", "Nữ", "Tổng")):
        sheet.append(cells)
    for place, (text, men, women) in enumerate(rows, start=4):
        sheet.append((text, men, women, f"=B{place}+C{place}"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
