"""A duty of every ward and commune as one line: its state is decided by its cards, never by hand."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.board.views.card import Today, due_phrase, duty_text, feedback
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor

PAGE = 20  # parent rows on one page
_CELL_WORDS = {
    "done": _l("hoàn thành"),
    "waiting": _l("chờ xác nhận"),
    "late": _l("quá hạn"),
    "returned": _l("cần bổ sung hoặc làm lại"),
    "soon": _l("sắp đến hạn"),
    "doing": _l("đang thực hiện"),
    "todo": _l("chưa thực hiện"),
    "paused": _l("tạm dừng"),
    "dropped": _l("không thực hiện"),
}


@dataclass(frozen=True)
class UnitCell:
    card_id: int
    label: str
    status_tone: str
    status_words: Any
    url: str


@dataclass(frozen=True)
class StatusTally:
    tone: str
    label: Any
    count: int


@dataclass(frozen=True)
class SharedDuty:
    action_id: int
    clause: str
    duty_text: str
    due_phrase: Any
    due_tone: str | None
    done: int
    total: int
    missing: list[str]
    cells: list[UnitCell]
    tallies: list[StatusTally]
    markup: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # by language


@dataclass(frozen=True)
class Parents:
    """One page of parent rows; on all pages, how many duties there are and how many of their cards are in the total."""

    rows: list[SharedDuty]
    page: int
    pages: int
    duties: int
    cards: int


NO_PARENTS = Parents([], 1, 1, 0, 0)


def parent(
    actor: Actor, group: Sequence[Row], kept: Collection[int], today: Today, url: Callable[[int], str]
) -> SharedDuty:
    """The line of a shared duty: `group` are its rows in all units, `kept` the ids of those that were chosen.

    What it counts is what was chosen, as everything else on the page does.
    """
    counted = [row for row in group if row.id in kept and row.status is not Status.DROPPED]
    open_rows = [row for row in counted if row.status is not Status.DONE]
    cells = [_cell(actor, row, today, url) for row in group if row.id in kept]
    tones = Counter(cell.status_tone for cell in cells)
    phrase, due_tone = _due(open_rows, today) if counted else (_CELL_WORDS["dropped"], None)
    return SharedDuty(
        action_id=group[0].action_id,
        clause=group[0].code,
        duty_text=duty_text(group[0]),
        due_phrase=phrase,
        due_tone=due_tone,
        done=len(counted) - len(open_rows),
        total=len(counted),
        missing=[row.unit.short_name for row in open_rows],
        cells=cells,
        tallies=[StatusTally(tone, label, tones[tone]) for tone, label in _CELL_WORDS.items() if tones[tone]],
    )


def _due(open_rows: list[Row], today: Today) -> tuple[Any, str | None]:
    late = sum(today.timeliness(row) is Timeliness.LATE for row in open_rows)
    if late:
        return ngettext("%(num)s đơn vị quá hạn", "%(num)s đơn vị quá hạn", late), "late"
    if not open_rows:
        return _("tất cả đã hoàn thành"), "done"
    waiting = next((row for row in open_rows if row.sent_on is None and row.status.on_board), None)
    if waiting is None:
        return _("tất cả đơn vị đã gửi"), None
    stands = today.timeliness(waiting)
    return due_phrase(waiting, stands, today), "soon" if stands is Timeliness.SOON else None


def _cell(actor: Actor, row: Row, today: Today, url: Callable[[int], str]) -> UnitCell:
    tone = _cell_tone(actor, row, today)
    label = row.unit.name.split(" ", 2)[-1] if row.unit.kind.is_local else row.unit.short_name
    return UnitCell(row.id, label, tone, _CELL_WORDS[tone], url(row.id))


def _cell_tone(actor: Actor, row: Row, today: Today) -> str:
    if row.status in (Status.DONE, Status.WAITING) or not row.status.on_board:
        return row.status.value
    stands = today.timeliness(row)
    if stands is Timeliness.LATE:
        return "late"
    if feedback(actor, row) is not None:
        return "returned"
    if stands is Timeliness.SOON:
        return "soon"
    return row.status.value
