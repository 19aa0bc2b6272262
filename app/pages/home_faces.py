"""The home page for one viewer: their units' duties by section, and what waits for the office or the leader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.board import worklist
from app.board.faces import Face, Today, face
from app.board.filters import is_given
from app.board.queries import Row
from app.board.state import Status
from app.board.worklist import SECTION_WORDS, Section
from app.core.actor import Actor
from app.organisation.models import Unit
from app.pages.home_overview import Entered, Overview, entered_for, overview
from app.pages.home_steps import NextStep, at_notes, next_step, review

SECTION_ROWS = 50  # a longer section goes on in the list
_ICONS = {
    Section.RETURNED: "undo-2",
    Section.LATE: "clock-alert",
    Section.SOON: "clock",
    Section.DATED: "calendar-clock",
    Section.WAITING: "hourglass",
    Section.REST: "circle-dashed",
    Section.DONE: "circle-check",
    Section.ASIDE: "calendar-off",
}
_TONES = {Section.DATED: "info", Section.REST: "todo", Section.ASIDE: "todo"}


@dataclass(frozen=True)
class Item:
    """One duty on the page. `last_day` is the last day in time, where there is one and it still judges."""

    face: Face
    last_day: date | None
    sent_on: date | None
    step: NextStep


@dataclass(frozen=True)
class Part:
    """A section of the page: `items` are the first of `count`; the list shows the rest at `more`."""

    key: str
    title: Any
    icon: str
    tone: str
    count: int
    items: list[Item]
    more: str | None = None
    kinds: tuple[tuple[int, str], ...] = ()  # what `count` is made of, where it is not given duties alone

    @property
    def sums(self) -> str:
        """What the count adds up from, as the page states it."""
        return f"{self.count}={'+'.join(str(n) for n, _words in self.kinds)}"


@dataclass(frozen=True)
class Home:
    units: list[str]
    unit_ids: list[int]
    given: int = 0
    asked: int = 0  # requests, which are never inside a total
    remedies: int = 0  # likewise
    dropped: int = 0  # likewise
    parts: list[Part] = field(default_factory=list)
    folded: list[Part] = field(default_factory=list)
    taking_part: Part | None = None
    to_confirm: Part | None = None
    overview: Overview | None = None
    entered: list[Entered] = field(default_factory=list)

    @property
    def figures(self) -> list[Part]:
        """The sections that hold something, for the line of figures."""
        first = [self.to_confirm] if self.to_confirm and self.to_confirm.count else []
        return [*first, *self.parts]

    @property
    def sums(self) -> str:
        """What the sections of the page add up to, as the page states it."""
        counts = "+".join(str(part.count) for part in (*self.parts, *self.folded))
        return f"{self.given}+{self.asked}+{self.remedies}+{self.dropped}={counts or 0}"

    @property
    def leads(self) -> int:
        return self.given + self.asked


def read(actor: Actor, plan_id: int, today: Today, units: Iterable[Unit]) -> Home:
    """The page of `actor`; `units` are all units."""
    own = [unit for unit in units if unit.id in actor.unit_ids]
    rows = worklist.own_rows(actor, plan_id) if own else []
    parts = _parts(actor, rows, today)
    folded = (Section.DONE, Section.ASIDE)
    return Home(
        units=[unit.name for unit in own],
        unit_ids=[unit.id for unit in own],
        given=sum(is_given(row) for row in rows),
        asked=sum(row.is_request for row in rows),
        remedies=sum(row.is_remedy for row in rows),
        dropped=sum(_is_dropped(row) for row in rows),
        parts=[part for part in parts if part.key not in folded],
        folded=[part for part in parts if part.key in folded],
        taking_part=_taking_part(actor, worklist.coordinated_rows(actor, plan_id), today) if own else None,
        to_confirm=_to_confirm(actor, plan_id, today) if actor.coordinates else None,
        overview=overview(actor, plan_id, today) if actor.coordinates or actor.presides else None,
        entered=entered_for(actor, rows) if own else [],
    )


def _parts(actor: Actor, rows: list[Row], today: Today) -> list[Part]:
    by_section: dict[Section, list[Row]] = {section: [] for section in Section}
    for row in rows:
        by_section[worklist.section_of(actor, row, today)].append(row)
    return [_part(actor, section, found, today) for section, found in by_section.items() if found]


def _part(actor: Actor, section: Section, rows: list[Row], today: Today) -> Part:
    ordered = worklist.in_order(section, rows, today)
    items = []
    for row in ordered[:SECTION_ROWS]:
        seen = face(actor, row, today)
        items.append(_item(row, seen, today, next_step(actor, row, seen)))
    return Part(
        key=section.value,
        title=SECTION_WORDS[section],
        icon=_ICONS[section],
        tone=_TONES.get(section, section.value),
        count=len(rows),
        items=items,
        more=url_for("board.show_list", unit=rows[0].unit_id) if len(rows) > SECTION_ROWS else None,
        kinds=_kinds(rows),
    )


def _item(row: Row, seen: Face, today: Today, step: NextStep) -> Item:
    judges = row.due_on is not None and row.sent_on is None
    return Item(seen, today.last_day(row) if judges else None, row.sent_on, step)


def _taking_part(actor: Actor, rows: list[Row], today: Today) -> Part | None:
    if not rows:
        return None
    step = _("Ghi việc đã phối hợp")
    items = [_item(row, face(actor, row, today), today, at_notes(row, step)) for row in rows[:SECTION_ROWS]]
    return Part("taking-part", _("Nhiệm vụ phối hợp"), "handshake", "ask", len(rows), items)


def _to_confirm(actor: Actor, plan_id: int, today: Today) -> Part:
    rows = worklist.waiting_rows(plan_id)
    items = [_item(row, face(actor, row, today), today, review(row)) for row in rows[:SECTION_ROWS]]
    more = url_for("board.show_list", unit="", status="waiting") if len(rows) > SECTION_ROWS else None
    title = _("Chờ cơ quan xác nhận")
    return Part("to-confirm", title, "hourglass", "waiting", len(rows), items, more, _kinds(rows))


def _kinds(rows: Iterable[Row]) -> tuple[tuple[int, str], ...]:
    """How many of `rows` are in the plan's total, and what the others are; nothing where all of them are."""
    listed = list(rows)
    given = sum(is_given(row) for row in listed)
    if given == len(listed):
        return ()
    requests, remedies = sum(row.is_request for row in listed), sum(row.is_remedy for row in listed)
    dropped = sum(_is_dropped(row) for row in listed)
    said = (
        (given, ngettext("%(num)s nhiệm vụ", "%(num)s nhiệm vụ", given)),
        (requests, _("%(n)s đề nghị", n=requests)),
        (remedies, _("%(n)s kiến nghị", n=remedies)),
        (dropped, _("%(n)s không thực hiện", n=dropped)),
    )
    return tuple(part for part in said if part[0])


def _is_dropped(row: Row) -> bool:
    """Whether a duty of the plan is not carried out."""
    return row.status is Status.DROPPED and not (row.is_request or row.is_remedy)
