"""The board put together for one viewer: columns, rows of shared duties, counts that say what they count."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.board.faces import TIMELINESS_WORDS, Face, Today, due_phrase, duty_text, face, feedback
from app.board.moves import STATUS_WORDS
from app.board.queries import Row
from app.board.state import COLUMNS, Status
from app.board.timeliness import Timeliness
from app.core.actor import Actor

ICONS = {
    Status.TODO: "circle-dashed",
    Status.DOING: "circle-play",
    Status.WAITING: "hourglass",
    Status.DONE: "circle-check",
}
_CELL_WORDS = {
    "done": _l("hoàn thành"),
    "waiting": _l("chờ xác nhận"),
    "late": _l("quá hạn"),
    "returned": _l("cần bổ sung hoặc làm lại"),
    "soon": _l("sắp đến hạn"),
    "doing": _l("đang thực hiện"),
    "todo": _l("chưa thực hiện"),
}


@dataclass(frozen=True)
class Filters:
    """What is chosen in the address, and what there is to choose from (pairs of value and words)."""

    unit: int | None = None
    status: Status | None = None
    timeliness: Timeliness | None = None
    units: tuple[tuple[Any, Any], ...] = ()
    statuses: tuple[tuple[Any, Any], ...] = ()
    timelinesses: tuple[tuple[Any, Any], ...] = ()

    @property
    def active(self) -> bool:
        return bool(self.unit or self.status or self.timeliness)

    @property
    def query(self) -> dict[str, Any]:
        """The choice as the address carries it; no unit is said as such, so that it is not taken for one's own."""
        chosen = {"unit": self.unit or "", "status": self.status, "timeliness": self.timeliness}
        return {name: value for name, value in chosen.items() if value is not None}

    def keeps(self, row: Row, today: Today) -> bool:
        """Whether `row` is among what was chosen, its unit aside."""
        if self.status is not None and row.status is not self.status:
            return False
        if self.timeliness is None:
            return True
        judged = not row.is_request and row.status is not Status.DROPPED
        return judged and today.timeliness(row) is self.timeliness


@dataclass(frozen=True)
class Totals:
    """Counts over given duties; requests stand beside them, Không thực hiện outside them."""

    given: int
    requests: int
    dropped: int
    units: int
    late: int
    by_status: dict[str, int]


@dataclass(frozen=True)
class Column:
    status: Status
    label: Any
    icon: str
    cards: list[Face]

    @property
    def count(self) -> int:
        return len(self.cards)


@dataclass(frozen=True)
class Cell:
    card_id: int
    label: str
    status_tone: str
    status_words: Any
    url: str


@dataclass(frozen=True)
class Tally:
    tone: str
    label: Any
    count: int


@dataclass(frozen=True)
class Parent:
    """A duty of every ward and commune as one line; its state is decided by its cards, never by hand."""

    clause: str
    duty_text: str
    due_phrase: Any
    due_tone: str | None
    done: int
    total: int
    missing: list[str]
    cells: list[Cell]
    tallies: list[Tally]


@dataclass(frozen=True)
class Board:
    plan_title: str
    filters: Filters
    totals: Totals
    columns: list[Column]
    parents: list[Parent]
    off_board: list[Face]
    rows: list[Face] = field(default_factory=list)


def build(
    actor: Actor, plan_title: str, rows: list[Row], filters: Filters, today: Today, url: Callable[[int], str]
) -> Board:
    """The board of `rows` (already of the chosen unit) as `actor` sees it; `url` gives the address of a card."""
    kept = [row for row in rows if filters.keeps(row, today)]
    shared = filters.unit is None
    single = [row for row in kept if not (shared and row.is_shared)]
    faces = own_first([face(actor, row, today) for row in single])
    return Board(
        plan_title=plan_title,
        filters=filters,
        totals=totals(kept, today),
        columns=[Column(s, STATUS_WORDS[s], ICONS[s], [f for f in faces if f.status is s]) for s in COLUMNS],
        parents=_parents(actor, rows, {row.id for row in kept}, today, url) if shared else [],
        off_board=[f for f in faces if not f.status.on_board],
    )


def build_list(actor: Actor, plan_title: str, rows: list[Row], filters: Filters, today: Today) -> Board:
    """The same duties as a list in the plan's order."""
    kept = [row for row in rows if filters.keeps(row, today)]
    faces = [face(actor, row, today) for row in kept]
    return Board(plan_title, filters, totals(kept, today), [], [], [], faces)


def own_first(faces: list[Face]) -> list[Face]:
    """Own cards first, each part in its order."""
    return sorted(faces, key=lambda f: not f.own)


def totals(rows: Iterable[Row], today: Today) -> Totals:
    """The counts of `rows` by their rule: requests apart, Không thực hiện outside."""
    listed = list(rows)
    given = [row for row in listed if not row.is_request and row.status is not Status.DROPPED]
    return Totals(
        given=len(given),
        requests=sum(row.is_request for row in listed),
        dropped=sum(row.status is Status.DROPPED for row in listed),
        units=len({row.unit_id for row in listed}),
        late=sum(today.timeliness(row) is Timeliness.LATE for row in given),
        by_status={status.value: 0 for status in Status} | Counter(row.status.value for row in given),
    )


def _parents(actor: Actor, rows: list[Row], kept: set[int], today: Today, url: Callable[[int], str]) -> list[Parent]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        if row.is_shared:
            groups.setdefault(row.action_id, []).append(row)
    shown = [group for group in groups.values() if any(row.id in kept for row in group)]
    return [_parent(actor, group, kept, today, url) for group in shown]


def _parent(actor: Actor, group: list[Row], kept: set[int], today: Today, url: Callable[[int], str]) -> Parent:
    counted = [row for row in group if row.status is not Status.DROPPED]
    open_rows = [row for row in counted if row.status is not Status.DONE]
    cells = [_cell(actor, row, today, url) for row in group if row.id in kept]
    tones = Counter(cell.status_tone for cell in cells)
    phrase, due_tone = _parent_due(open_rows, today)
    return Parent(
        clause=group[0].code,
        duty_text=duty_text(group[0]),
        due_phrase=phrase,
        due_tone=due_tone,
        done=len(counted) - len(open_rows),
        total=len(counted),
        missing=[row.unit.short_name for row in open_rows],
        cells=cells,
        tallies=[Tally(tone, label, tones[tone]) for tone, label in _CELL_WORDS.items() if tones[tone]],
    )


def _parent_due(open_rows: list[Row], today: Today) -> tuple[Any, str | None]:
    late = sum(today.timeliness(row) is Timeliness.LATE for row in open_rows)
    if late:
        return _("%(n)s đơn vị quá hạn", n=late), "late"
    if not open_rows:
        return _("tất cả đã hoàn thành"), "done"
    waiting = next((row for row in open_rows if row.sent_on is None and row.status.on_board), None)
    if waiting is None:
        return _("tất cả đơn vị đã gửi"), None
    stands = today.timeliness(waiting)
    return due_phrase(waiting, stands, today), "soon" if stands is Timeliness.SOON else None


def _cell(actor: Actor, row: Row, today: Today, url: Callable[[int], str]) -> Cell:
    tone = _cell_tone(actor, row, today)
    label = row.unit.name.split(" ", 2)[-1] if row.unit.kind.is_local else row.unit.short_name
    return Cell(row.id, label, tone, _CELL_WORDS[tone], url(row.id))


def _cell_tone(actor: Actor, row: Row, today: Today) -> str:
    if row.status in (Status.DONE, Status.WAITING):
        return row.status.value
    stands = today.timeliness(row)
    if stands is Timeliness.LATE:
        return "late"
    if feedback(actor, row) is not None:
        return "returned"
    if stands is Timeliness.SOON:
        return "soon"
    return row.status.value if row.status.on_board else "todo"


def timeliness_choices() -> tuple[tuple[Any, Any], ...]:
    """What the filter Thời hạn offers."""
    return ("", _("Tất cả")), *((t.value, words) for t, words in TIMELINESS_WORDS.items())


def status_choices() -> tuple[tuple[Any, Any], ...]:
    """What the filter Trạng thái offers."""
    return ("", _("Tất cả")), *((s.value, words) for s, words in STATUS_WORDS.items())
