"""What stands above and below a table on an administrative document (Nghị định 30/2020/NĐ-CP).

An annex says which document it goes with and has no national title, number or signature of its own; a table
signed on its own has all three.
"""

from datetime import date, datetime

from app.formats.paper_head import SAMPLE_MARK, PaperHead, SignatureBlock
from app.formats.workbook import fitting
from app.formats.workbook.look import Look
from app.formats.workbook.sheet import Sheet

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_BLANK = " " * 7  # left for văn thư to fill in by hand
_SAMPLE = Look(size=12, bold=True, across="center", boxed=True)
_TITLE = Look(size=14, bold=True, across="center")
_SUBJECT = Look(size=13, bold=True, across="center")
_REFERENCE = Look(size=13, italic=True, across="center")
_CUT_OFF = Look(italic=True, across="right")
_RULE = Look(size=7, across="center", down="bottom")
_RULE_ROW = 6.0
_BODY_RULE_SHARE = 0.42  # of the name above it: between a third and a half
_ROOMY = 1.08  # a one-line name is given this much more than it measures
_SIGNING_ROWS = 5  # between the title and the name: about 24 mm for signature and seal
_SIGNING_ROW = 16.5


def short_date(day: date) -> str:
    """A date in prose: days below 10 and the months 1 and 2 take a leading zero (05/4/2024, 10/02/2024)."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long_date(day: date) -> str:
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month in (1, 2) else str(day.month)


def open_paper(sheet: Sheet, head: PaperHead, annex_number: str, title: str, *, remark: str = "") -> None:
    """Write everything above the table. ``remark`` follows the cut-off time ("đơn vị tính: nhiệm vụ")."""
    if head.sample:
        sheet.line(SAMPLE_MARK, _SAMPLE)
        sheet.gap(_RULE_ROW)
    if head.annex:
        sheet.line(f"Phụ lục {annex_number}", _TITLE)
    else:
        _masthead(sheet, head)
        sheet.gap(_RULE_ROW)
    sheet.line(title, _TITLE)
    sheet.line(head.subject, _SUBJECT)
    if head.scope:
        sheet.line(head.scope, _SUBJECT)
    if head.annex and head.accompanies:
        sheet.line(f"(Kèm theo {head.accompanies})", _REFERENCE)
    cut_off = _cut_off(head)
    sheet.line(f"{cut_off}; {remark}" if remark else cut_off, _CUT_OFF)


def _cut_off(head: PaperHead) -> str:
    if head.known_until is None:
        return f"Số liệu chốt lúc {_moment(head.as_of)}"
    day = short_date(head.as_of)
    return f"Số liệu tính đến hết ngày {day}, theo thông tin đã cập nhật đến {_moment(head.known_until)}"


def _moment(moment: datetime) -> str:
    return f"{moment.hour:02d} giờ {moment.minute:02d} ngày {short_date(moment)}"


def _masthead(sheet: Sheet, head: PaperHead) -> None:
    superior = (head.superior_body,) if head.superior_body else ()
    left = (*superior, *head.issuing_body)
    split = _split(sheet, max(left, key=len))
    rows = max(len(left), 2)
    top = sheet.row
    for row, text in enumerate(left, top):
        bold = row - top >= len(superior)
        sheet.put(row, 1, text, Look(size=12, bold=bold, across="center"), to_column=split)
    right = ((_STATE, 12), (_MOTTO, 13))
    for row, (text, size) in enumerate(right, top):
        look = Look(size=size, bold=True, across="center")
        sheet.put(row, split + 1, text, look, to_column=sheet.columns)
    sheet.row = top + rows
    body_rule = fitting.text_px(left[-1], 12, "b") * _BODY_RULE_SHARE
    _rules(sheet, split, body_rule, fitting.text_px(_MOTTO, 13, "b"))
    number = f"Số: {head.number or _BLANK}/{head.symbol}"
    day = long_date(head.dated) if head.dated else f"ngày{_BLANK}tháng{_BLANK}năm {head.as_of.year}"
    sheet.put(sheet.row, 1, number, Look(size=13, across="center"), to_column=split)
    place = Look(size=13, italic=True, across="center")
    sheet.put(sheet.row, split + 1, f"{head.place}, {day}", place, to_column=sheet.columns)
    sheet.row += 1


def _split(sheet: Sheet, longest: str) -> int:
    """Last column of the left half: near two fifths of the width, farther where the body's name needs it."""
    split = _column_at(sheet, 0.4)
    needed = fitting.text_px(longest, 12, "b") * _ROOMY
    while split < sheet.columns - 1 and fitting.room_px(sheet.width(1, split)) < needed:
        split += 1
    return split


def _column_at(sheet: Sheet, share: float) -> int:
    wanted = sheet.width(1, sheet.columns) * share
    return next(column for column in range(1, sheet.columns + 1) if sheet.width(1, column) >= wanted)


def _rules(sheet: Sheet, split: int, left_px: float, right_px: float) -> None:
    """Thin lines of an exact length, centred: a row of underscores shows alike in Excel and in LibreOffice."""
    underscore = fitting.text_px("_", _RULE.size)
    for first, last, length in ((1, split, left_px), (split + 1, sheet.columns, right_px)):
        sheet.put(sheet.row, first, "_" * round(length / underscore), _RULE, to_column=last)
    sheet.gap(_RULE_ROW)


def close_paper(sheet: Sheet, head: PaperHead) -> None:
    """Write the signatures of a table signed on its own, on one page with the table's last rows. An annex has none."""
    if head.annex:
        return
    sheet.gap(9)
    top = sheet.row
    third, two_thirds = _column_at(sheet, 0.3), _column_at(sheet, 0.6)
    sheet.put(top, 1, "Nơi nhận:", Look(size=12, bold=True, italic=True), to_column=third)
    for row, recipient in enumerate(head.recipients, top + 1):
        sheet.put(row, 1, recipient, Look(), to_column=third)
    blocks = [(two_thirds + 1, sheet.columns, head.signer)]
    if head.preparer:
        blocks.append((third + 1, two_thirds, head.preparer))
    name_row = top + max(len(block.lines) for _, _, block in blocks) + _SIGNING_ROWS
    for first, last, block in blocks:
        _sign(sheet, top, name_row, (first, last), block)
    last_row = max(name_row, top + len(head.recipients))
    for row in range(top, last_row + 1):
        sheet.grow(row, _SIGNING_ROW)
    sheet.glue(top - 3, last_row - 1)
    sheet.row = last_row + 1


def _sign(sheet: Sheet, top: int, name_row: int, columns: tuple[int, int], block: SignatureBlock) -> None:
    look = Look(size=13, bold=True, across="center")
    for row, line in enumerate(block.lines, top):
        sheet.put(row, columns[0], line, look, to_column=columns[1])
    sheet.put(name_row, columns[0], block.name, look, to_column=columns[1])
