"""The workbook in which an office writes what was done before it had this board: a template, and what was filled in."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

N_: Callable[[str], str] = str  # marks a sentence for translation where it is shown; this package knows no language
COLUMNS = (
    ("A", "Mã", 8), ("B", "Mục", 10), ("C", "Nội dung nhiệm vụ", 60), ("D", "Đơn vị thực hiện", 30),
    ("E", "Thời hạn", 12), ("F", "Tình trạng", 18), ("G", "Ngày gửi", 12), ("H", "Số, ký hiệu văn bản", 22),
    ("I", "Ngày văn bản", 12), ("J", "Kết quả thực hiện", 60),
)  # fmt: skip
STATUSES = ("Chưa thực hiện", "Đang thực hiện", "Chờ xác nhận", "Hoàn thành")
FIRST_ROW = 4
_HEADER_ROW = 3
MOST_ROWS = 20_000
NOT_A_WORKBOOK = N_("Không mở được tệp: cần tệp Excel .xlsx theo mẫu tải từ trang này, không có mật khẩu.")
TOO_MUCH = N_(
    "Tệp có hơn %(rows)s dòng hoặc chứa quá nhiều nội dung so với mẫu. Hãy chỉ giữ trang tính “Kết quả” với các dòng "
    "của kế hoạch này, hoặc tải lại mẫu rồi nhập vào đó."
)
NOT_THE_TEMPLATE = N_("Ô %(cell)s phải là “%(wanted)s”: tệp không theo mẫu. Hãy tải lại mẫu rồi nhập vào đó.")


@dataclass(frozen=True)
class ResultLine:
    """One duty of one unit as the template names it."""

    card_id: int
    code: str
    text: str
    unit: str
    due_on: date | None


@dataclass(frozen=True)
class Filled:
    """One row as it was filled in; every value as Excel keeps it, blanks as None."""

    row: int
    card_id: Any
    status: Any
    sent_on: Any
    number: Any
    issued_on: Any
    result: Any

    @property
    def is_blank(self) -> bool:
        return all(value is None for value in (self.status, self.sent_on, self.number, self.issued_on, self.result))


class Unfit(Exception):
    """The file is not the template. `sentence` says so, with `values` to be put into it."""

    def __init__(self, sentence: str, **values: str) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(sentence)


def template(title: str, lines: Sequence[ResultLine]) -> bytes:
    """The .xlsx file to fill in: a row for each duty, the status chosen from a list."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "Kết quả"
    _text(sheet["A1"], f"Kết quả đã thực hiện: {title}")
    _text(sheet["A2"], "Chỉ nhập các cột F đến J; để trống dòng chưa có kết quả. Không sửa cột A.")
    sheet["A1"].font = Font(bold=True)
    for letter, label, width in COLUMNS:
        sheet[f"{letter}{_HEADER_ROW}"] = label
        sheet[f"{letter}{_HEADER_ROW}"].font = Font(bold=True)
        sheet[f"{letter}{_HEADER_ROW}"].fill = PatternFill("solid", fgColor="E4F0F0")
        sheet.column_dimensions[letter].width = width
    for row, line in enumerate(lines, start=FIRST_ROW):
        sheet[f"A{row}"], sheet[f"E{row}"] = line.card_id, line.due_on
        for letter, text in (("B", line.code), ("C", line.text), ("D", line.unit)):
            _text(sheet[f"{letter}{row}"], text)
            sheet[f"{letter}{row}"].alignment = Alignment(wrap_text=True, vertical="top")
        for letter in "EGI":
            sheet[f"{letter}{row}"].number_format = "dd/mm/yyyy"
    choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    choice.add(f"F{FIRST_ROW}:F{max(FIRST_ROW, FIRST_ROW + len(lines) - 1)}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(data: bytes) -> list[Filled]:
    """The rows that somebody has filled in. Raises `Unfit` for what is no workbook, not the template, or too much."""
    from app.formats.cells import NoWorkbook, TooMuch, first_rows  # late: the server never reads a workbook itself

    try:
        rows = dict(first_rows(data, len(COLUMNS), MOST_ROWS + FIRST_ROW))
    except NoWorkbook as error:
        raise Unfit(NOT_A_WORKBOOK) from error
    except TooMuch as error:
        raise Unfit(TOO_MUCH, rows=f"{MOST_ROWS:,}".replace(",", ".")) from error
    header = rows.get(_HEADER_ROW, [None] * len(COLUMNS))
    for (letter, label, _width), said in zip(COLUMNS, header, strict=True):
        if str(said or "").strip() != label:
            raise Unfit(NOT_THE_TEMPLATE, cell=f"{letter}{_HEADER_ROW}", wanted=label)
    found = [Filled(row, *map(_plain, (v[0], *v[5:]))) for row, v in rows.items() if row >= FIRST_ROW]
    return [filled for filled in found if not filled.is_blank]


def _text(cell: Any, text: str) -> None:
    """Text stays text: a dash or an equals sign at its beginning makes no formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@"


def _plain(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value
