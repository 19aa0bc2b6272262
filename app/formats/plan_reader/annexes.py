"""Annexes that list duties in a table (STT | nhiệm vụ | chủ trì | phối hợp | thời gian), read cell by cell.

A table reaches the reader as its cells in reading order, each set apart; so a row is known by its number and by
having as many cells as the head. What does not fit that is left for a person to read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.core.vietnamese import fold
from app.formats.plan_reader.deadlines import find_due, find_recurring
from app.formats.plan_reader.duties import kind_without_date
from app.formats.plan_reader.lines import Line, join, place_of
from app.formats.plan_reader.markers import Level, read_marker
from app.formats.plan_reader.model import (
    Leftover,
    LeftoverReason,
    PlanPart,
    ReadClause,
    ReadClauseKind,
    ReadDuty,
    ReadKind,
    ReadUnit,
)
from app.formats.plan_reader.units import UnitReader

ADDRESS = "PL"  # as offices cite an annex; the second is PL2
_TITLE = "PHỤ LỤC"
_NUMBER_HEAD = ("stt", "tt", "so tt")
_STANDING = re.compile(r"thường xuyên|h[àằ]ng (?:ngày|tuần|tháng|quý|năm)", re.IGNORECASE)
_ATTACHED = re.compile(r"\(?(?:Ban hành )?[Kk]èm theo")


class AnnexColumn(Enum):
    """What a column says, by the words of its head."""

    NUMBER = _NUMBER_HEAD
    TASK = ("nhiem vu", "noi dung", "cong viec")
    LEAD = ("chu tri", "thuc hien")
    COORDINATING = ("phoi hop",)
    WHEN = ("thoi gian", "thoi han", "tien do", "hoan thanh")
    OTHER = ("san pham", "ghi chu", "ket qua", "kinh phi")


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """The lines of one cell."""

    lines: list[Line]

    @property
    def text(self) -> str:
        return join(self.lines)


class Annexes:
    """What the annexes of a plan give: clauses, duties, and what stays unread."""

    def __init__(self, units: UnitReader, year: int | None) -> None:
        self._units, self._year = units, year
        self.clauses: list[ReadClause] = []
        self.actions: list[ReadDuty] = []
        self.leftovers: list[Leftover] = []

    def read(self, lines: Sequence[Line]) -> None:
        """Take over every annex in `lines`."""
        for number, annex in enumerate(_annexes(lines), start=1):
            self._annex(annex, ADDRESS if number == 1 else f"{ADDRESS}{number}")

    def _annex(self, lines: list[Line], address: str) -> None:
        cells = list(_cells(lines))
        found = _find_head(cells)
        table = cells[found[0] + len(found[1]) :] if found else []
        if not found or not any(_numbers(cell) == 1 for cell in table):
            self._leave(cells)
            return
        title = [cell.text for cell in cells[: found[0]] if not _ATTACHED.match(cell.text)]
        text = " ".join(title[1:] or title)
        self._clause(address, None, ReadClauseKind.HEADING, text, cells[: found[0]] or cells[:1])
        self._rows(table, found[1], address)

    def _rows(self, cells: list[AnnexCell], head: list[AnnexColumn], address: str) -> None:
        group, expected, place = address, 1, 0
        unread: list[AnnexCell] = []
        while place < len(cells):
            row = cells[place : place + len(head)]
            if _numbers(cells[place]) == expected and _is_row(row, head):
                self._row(row, head, f"{group}.{expected}", group)
                place, expected = place + len(head), expected + 1
            elif label := _group_label(cells[place]):
                group = f"{address}.{label}"
                self._clause(
                    group, address, ReadClauseKind.HEADING, _group_text(cells[place]), cells[place : place + 1]
                )
                place += 1
            else:
                unread.append(cells[place])
                expected = (_numbers(cells[place]) or expected - 1) + 1
                place += 1
        self._leave(unread)

    def _row(self, row: list[AnnexCell], head: list[AnnexColumn], address: str, group: str) -> None:
        said = {column: cell.text for column, cell in zip(head, row, strict=True)}
        self._clause(address, group, ReadClauseKind.ITEM, said[AnnexColumn.TASK], row)
        place = self.clauses[-1].place
        lead = self._units.in_list(said[AnnexColumn.LEAD])
        if not lead:
            self.leftovers.append(Leftover(LeftoverReason.NO_UNIT, said[AnnexColumn.TASK], place))
            return
        self.actions.append(self._action(address, said, lead))
        again = find_recurring(said.get(AnnexColumn.WHEN, ""))
        self.leftovers += [Leftover(LeftoverReason.RECURRING_DATE, wording, place) for wording in again]

    def _action(self, address: str, said: dict[AnnexColumn, str], lead: tuple[ReadUnit, ...]) -> ReadDuty:
        when = said.get(AnnexColumn.WHEN, "")
        due = find_due(when, self._year)
        kind = ReadKind.STANDING if _STANDING.search(when) else kind_without_date(said[AnnexColumn.TASK])
        return ReadDuty(
            clause=address,
            lead=lead,
            coordinating=self._units.in_list(said.get(AnnexColumn.COORDINATING, "")),
            request=False,
            kind=ReadKind.DATED if due else kind,
            deadline=due,
            deadline_wording=when if due else None,
        )

    def _clause(
        self, address: str, parent: str | None, kind: ReadClauseKind, text: str, cells: list[AnnexCell]
    ) -> None:
        place = place_of([line for cell in cells for line in cell.lines])
        self.clauses.append(ReadClause(address, kind, text, "", parent, PlanPart.ORGANISATION, place))

    def _leave(self, cells: list[AnnexCell]) -> None:
        lines = [line for cell in cells for line in cell.lines]
        if lines:
            text = "\n".join(line.words for line in lines)
            self.leftovers.append(Leftover(LeftoverReason.ANNEX, text, place_of(lines)))


def under_full_names(actions: Sequence[ReadDuty]) -> list[ReadDuty]:
    """The actions with "Sở KH&CN" under the name that the plan writes out elsewhere, where there is just one."""
    names = {name.name for action in actions for name in (*action.lead, *action.coordinating)}

    def full(name: ReadUnit) -> ReadUnit:
        meant = {other for other in names if _initials(name.name) and _initials(name.name) == _initials_of(other)}
        return ReadUnit(name.written, meant.pop()) if len(meant) == 1 else name

    return [replace(a, lead=tuple(map(full, a.lead)), coordinating=tuple(map(full, a.coordinating))) for a in actions]


def _initials(name: str) -> str:
    """ "so KHCN" for "Sở KH&CN"; empty for a name that is written out."""
    kind, _space, rest = name.partition(" ")
    letters = re.sub(r"[^\w]", "", rest)
    return f"{fold(kind)} {letters}" if len(letters) > 1 and letters.isupper() and " " not in rest else ""


def _initials_of(name: str) -> str:
    """ "so KHCN" for "Sở Khoa học và Công nghệ"."""
    kind, _space, rest = name.partition(" ")
    words = [word for word in re.findall(r"\w+", rest) if word != "và"]
    return f"{fold(kind)} {''.join(word[0] for word in words).upper()}" if len(words) > 1 else ""


def _annexes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    annex: list[Line] = []
    for line in lines:
        if annex and line.words.startswith(_TITLE):
            yield annex
            annex = []
        annex.append(line)
    if annex:
        yield annex


def _cells(lines: Sequence[Line]) -> Iterator[AnnexCell]:
    cell: list[Line] = []
    for line in lines:
        if cell and line.gap:
            yield AnnexCell(cell)
            cell = []
        cell.append(line)
    if cell:
        yield AnnexCell(cell)


def _find_head(cells: Sequence[AnnexCell]) -> tuple[int, list[AnnexColumn]] | None:
    """Where the head of the table begins, and what its columns say."""
    for place, cell in enumerate(cells):
        if fold(cell.text).rstrip(".") in _NUMBER_HEAD:
            head = [AnnexColumn.NUMBER, *_named(cells[place + 1 :])]
            return (place, head) if {AnnexColumn.TASK, AnnexColumn.LEAD} <= set(head) else None
    return None


def _named(cells: Sequence[AnnexCell]) -> Iterator[AnnexColumn]:
    taken = {AnnexColumn.NUMBER}
    for cell in cells:
        words = fold(cell.text)
        column = next((c for c in AnnexColumn if c not in taken and any(said in words for said in c.value)), None)
        if column is None or read_marker(cell.text) is not None:
            return
        if column is not AnnexColumn.OTHER:
            taken.add(column)
        yield column


def _numbers(cell: AnnexCell) -> int | None:
    """The number of the row that a cell opens."""
    found = re.fullmatch(r"(\d{1,3})\.?", cell.text)
    return int(found[1]) if found else None


def _is_row(row: Sequence[AnnexCell], head: Sequence[AnnexColumn]) -> bool:
    return len(row) == len(head) and not any(_numbers(cell) or _group_label(cell) for cell in row[1:])


def _group_label(cell: AnnexCell) -> str | None:
    marker = read_marker(cell.text)
    return marker.label if marker and marker.level is Level.ROMAN else None


def _group_text(cell: AnnexCell) -> str:
    marker = read_marker(cell.text)
    return marker.rest.strip() if marker else cell.text
