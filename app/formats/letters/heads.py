"""The head of a letter and its foot: who issues it, its kind and subject, who signs it and who gets it."""

from collections.abc import Callable, Sequence

from app.formats.letters.data import LetterHead
from app.formats.letters.page import CENTRE, TEXT_MM, TEXT_SIZE, Letter, rule, width_mm, write
from app.formats.letters.tables import emptied, keep_whole, plain, set_widths
from app.formats.letters.words import BLANK_DAY, BLANK_NUMBER, tidy
from app.formats.paper_head import SignatureBlock

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECEIVERS = "Nơi nhận:"
_LEFT, _RIGHT = 66, 94  # mm: the country's name in bold 12 takes 88.3
_SIDE_MM = 1  # left free beside a body's name
_DASHES = ("-", "–")
_NAME_RULE = 0.42  # of the name: a third to a half
_SUBJECT_RULE = 0.4
_SUBJECT_SIDE_MM = 10
_SIGNED = (75, 85)
_SIGNED_LINES = 4  # empty lines of 14 for name and seal
_TEAM = (58, 44, 58)


def masthead(letter: Letter, head: LetterHead) -> None:
    """Two columns without borders: the bodies and the number, the country and the day; number and day blank."""
    table = plain(letter, (_LEFT, _RIGHT))
    left, right = (emptied(cell) for cell in table.rows[0].cells)
    for line in balanced(head.superior_body, _LEFT - _SIDE_MM) if head.superior_body else ():
        write(left, line, size=12, align=CENTRE, after=0)
    name = [line for body in head.issuing_body for line in balanced(body, _LEFT - _SIDE_MM, "b")]
    for line in name:
        write(left, line, size=12, bold=True, align=CENTRE, after=0)
    rule(left, min(width_mm(name[-1], 12, "b") * _NAME_RULE, _LEFT - 1) if name else 0, _LEFT)
    write(right, COUNTRY, size=12, bold=True, align=CENTRE, after=0)
    write(right, MOTTO, size=13, bold=True, align=CENTRE, after=0)
    rule(right, width_mm(MOTTO, 13, "b"), _RIGHT)
    row = table.add_row()
    set_widths(table, (_LEFT, _RIGHT))
    left, right = (emptied(cell) for cell in row.cells)
    write(left, f"Số:{BLANK_NUMBER}/{head.symbol}", size=13, align=CENTRE, before=4, after=0)
    write(right, f"{head.place}, {BLANK_DAY}", size=13, italic=True, align=CENTRE, before=4, after=0)
    keep_whole(table)


def titled(letter: Letter, kind: str, subject: str) -> None:
    """The kind of letter in capitals and what it is about, bold, with a short rule below."""
    write(letter.document, kind, bold=True, align=CENTRE, before=14, after=0, keep=True)
    told = balanced(subject, TEXT_MM - _SUBJECT_SIDE_MM, "b", TEXT_SIZE)
    for line in told:
        write(letter.document, line, bold=True, align=CENTRE, after=0, keep=True)
    rule(letter.document, width_mm(told[-1], TEXT_SIZE, "b") * _SUBJECT_RULE, TEXT_MM, after=10, keep=True)


def signed(letter: Letter, head: LetterHead) -> None:
    """Nơi nhận on the left; the office, room for name and seal, and the name on the right; never alone on a page."""
    letter.gap(keep=True)
    table = plain(letter, _SIGNED)
    left, right = (emptied(cell) for cell in table.rows[0].cells)
    write(left, RECEIVERS, size=12, bold=True, italic=True, after=0)
    for line in head.recipients or ("- Lưu: VT.",):
        write(left, line, size=11, after=0)
    for line in head.signer.lines:
        write(right, line, bold=True, align=CENTRE, after=0)
    for _line in range(_SIGNED_LINES):
        write(right, "", after=0)
    write(right, head.signer.name, bold=True, align=CENTRE, after=0)
    keep_whole(table, with_next=False)


def signed_by_team(letter: Letter, blocks: Sequence[SignatureBlock], recipients: Sequence[str]) -> None:
    """Three beside one another: the unit, the secretary, the head of the team; Nơi nhận below them."""
    letter.gap(keep=True)
    table = plain(letter, _TEAM)
    tallest = max(len(block.lines) for block in blocks)
    for cell, block in zip(table.rows[0].cells, blocks, strict=True):
        emptied(cell)
        *offices, note = block.lines
        for line in offices:
            write(cell, line, size=13, bold=True, align=CENTRE, after=0)
        write(cell, note, size=12, italic=True, align=CENTRE, after=0)
        for _line in range(_SIGNED_LINES + tallest - len(block.lines)):
            write(cell, "", size=13, after=0)
        write(cell, block.name, size=13, bold=True, align=CENTRE, after=0)
    keep_whole(table)
    write(letter.document, RECEIVERS, size=12, bold=True, italic=True, after=0, before=6, keep=True)
    last = len(recipients) - 1
    for number, line in enumerate(recipients):
        write(letter.document, line, size=11, after=0, keep=number < last)


def balanced(text: str, room_mm: float, style: str = "", size: int = 12) -> list[str]:
    """`text` in as few lines as `room_mm` allows; two lines break after a dash, else about equally."""
    words = tidy(text).split()

    def wide(part: Sequence[str]) -> float:
        return width_mm(" ".join(part), size, style)

    if wide(words) <= room_mm:
        return [" ".join(words)]
    halves = [(words[:at], words[at:]) for at in range(1, len(words))]
    fitting = [pair for pair in halves if max(map(wide, pair)) <= room_mm]
    if not fitting:
        return _filled(words, lambda line: wide(line) <= room_mm)
    best = min(fitting, key=lambda pair: (pair[0][-1] not in _DASHES, abs(wide(pair[0]) - wide(pair[1]))))
    return [" ".join(part) for part in best]


def _filled(words: Sequence[str], fits: Callable[[Sequence[str]], bool]) -> list[str]:
    made: list[list[str]] = [[]]
    for word in words:
        if made[-1] and not fits([*made[-1], word]):
            made.append([])
        made[-1].append(word)
    return [" ".join(line) for line in made]
