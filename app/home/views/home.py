"""The home page for one viewer: their units' duties by section, and what waits for the office or the leader."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.board.filters import is_given
from app.board.views import worklist
from app.board.views.card import CardView, Today, face
from app.board.views.worklist import SECTION_WORDS, Section
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.home.views.next_steps import NextStep, at_notes, next_step, review
from app.home.views.overview import Entered, Overview, entered_for, overview
from app.organisation.models import Unit
from app.plans.naming import PlanName

SECTION_ROWS = 50  # a longer section goes on in the list
FEWEST_ROWS = 5  # of each plan, however many plans there are
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
class DutyLine:
    """One duty on the page. `last_day` is the last day in time, where there is one and it still judges."""

    face: CardView
    last_day: date | None
    sent_on: date | None
    step: NextStep


@dataclass(frozen=True)
class PlanGroup:
    """What of one plan stands in a section: `items` are the first of `count`; the list shows the rest at `more`."""

    plan: PlanName
    count: int
    items: list[DutyLine]
    more: str | None


@dataclass(frozen=True)
class HomeSection:
    """A section of the page, by plan: the one with the most pressing duty first."""

    key: str
    title: Any
    icon: str
    tone: str
    count: int
    groups: list[PlanGroup]
    kinds: tuple[tuple[int, str], ...] = ()  # what `count` is made of, where it is not given duties alone

    @property
    def sums(self) -> str:
        """What the count adds up from, as the page states it."""
        return f"{self.count}={'+'.join(str(n) for n, _words in self.kinds)}"


@dataclass(frozen=True)
class PlanLine:
    """What one plan asks of the viewer's units."""

    plan: PlanName
    given: int
    asked: int
    remedies: int
    dropped: int
    taking_part: int


@dataclass(frozen=True)
class Home:
    units: list[str]
    unit_ids: list[int]
    plans: Sequence[PlanName]
    lines: list[PlanLine] = field(default_factory=list)
    given: int = 0
    asked: int = 0  # requests, which are never inside a total
    remedies: int = 0  # likewise
    dropped: int = 0  # likewise
    parts: list[HomeSection] = field(default_factory=list)
    folded: list[HomeSection] = field(default_factory=list)
    taking_part: HomeSection | None = None
    to_confirm: HomeSection | None = None
    overview: Overview | None = None
    entered: list[Entered] = field(default_factory=list)

    @property
    def figures(self) -> list[HomeSection]:
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

    @property
    def several(self) -> bool:
        """Whether duties of more than one plan may stand here: then each says its plan."""
        return len(self.plans) > 1


def read(actor: Actor, plans: Sequence[PlanName], today: Today, units: Iterable[Unit]) -> Home:
    """The page of `actor` over `plans`; `units` are all units."""
    plan_ids = [plan.id for plan in plans]
    own = [unit for unit in units if unit.id in actor.unit_ids]
    rows = worklist.own_rows(actor, plan_ids) if own else []
    others = worklist.coordinated_rows(actor, plan_ids) if own else []
    make = _Making(actor, plans, today)
    parts = _parts(make, rows)
    folded = (Section.DONE, Section.ASIDE)
    return Home(
        units=[unit.name for unit in own],
        unit_ids=[unit.id for unit in own],
        plans=plans,
        lines=_lines(plans, rows, others),
        given=sum(is_given(row) for row in rows),
        asked=sum(row.is_request for row in rows),
        remedies=sum(row.is_remedy for row in rows),
        dropped=sum(_is_dropped(row) for row in rows),
        parts=[part for part in parts if part.key not in folded],
        folded=[part for part in parts if part.key in folded],
        taking_part=_taking_part(make, others),
        to_confirm=_to_confirm(make, plan_ids) if can(actor, Permission.HOME_OFFICE) else None,
        overview=overview(actor, plans, today) if can(actor, Permission.HOME_OVERVIEW) else None,
        entered=entered_for(actor, rows) if own else [],
    )


@dataclass(frozen=True)
class _Making:
    """For whom, over which plans and on which day the page is made."""

    actor: Actor
    plans: Sequence[PlanName]
    today: Today

    def groups(
        self, rows: Sequence[Row], step: Callable[[Row, CardView], NextStep], more: Mapping[str, Any]
    ) -> list[PlanGroup]:
        """`rows` by plan, each in the order given; `more` is what the list of the rest asks for."""
        of_plan: dict[int, list[Row]] = {}
        for row in rows:
            of_plan.setdefault(row.plan_id, []).append(row)
        most = max(SECTION_ROWS // max(1, len(of_plan)), FEWEST_ROWS)
        names = {plan.id: plan for plan in self.plans}
        return [
            PlanGroup(
                plan=names[plan_id],
                count=len(found),
                items=[self.item(row, step) for row in found[:most]],
                more=url_for("board.show_list", plan=plan_id, **more) if len(found) > most else None,
            )
            for plan_id, found in of_plan.items()
        ]

    def item(self, row: Row, step: Callable[[Row, CardView], NextStep]) -> DutyLine:
        judges = row.due_on is not None and row.sent_on is None
        seen = face(self.actor, row, self.today)
        return DutyLine(seen, self.today.last_day(row) if judges else None, row.sent_on, step(row, seen))


def _lines(plans: Sequence[PlanName], rows: Sequence[Row], others: Sequence[Row]) -> list[PlanLine]:
    found = []
    for plan in plans:
        own = [row for row in rows if row.plan_id == plan.id]
        part = sum(row.plan_id == plan.id for row in others)
        if own or part:
            remedies, asked = sum(row.is_remedy for row in own), sum(row.is_request for row in own)
            found.append(PlanLine(plan, sum(map(is_given, own)), asked, remedies, sum(map(_is_dropped, own)), part))
    return found


def _parts(make: _Making, rows: list[Row]) -> list[HomeSection]:
    by_section: dict[Section, list[Row]] = {section: [] for section in Section}
    for row in rows:
        by_section[worklist.section_of(make.actor, row, make.today)].append(row)
    return [_part(make, section, found) for section, found in by_section.items() if found]


def _part(make: _Making, section: Section, rows: list[Row]) -> HomeSection:
    return HomeSection(
        key=section.value,
        title=SECTION_WORDS[section],
        icon=_ICONS[section],
        tone=_TONES.get(section, section.value),
        count=len(rows),
        groups=make.groups(
            worklist.in_order(section, rows, make.today),
            lambda row, seen: next_step(make.actor, row, seen),
            {"unit": rows[0].unit_id},
        ),
        kinds=_kinds(rows),
    )


def _taking_part(make: _Making, rows: list[Row]) -> HomeSection | None:
    if not rows:
        return None
    words = _("Ghi việc đã phối hợp")
    groups = make.groups(rows, lambda row, _seen: at_notes(row, words), {"unit": ""})
    return HomeSection("taking-part", _("Nhiệm vụ phối hợp"), "handshake", "ask", len(rows), groups)


def _to_confirm(make: _Making, plan_ids: Sequence[int]) -> HomeSection:
    rows = worklist.waiting_rows(plan_ids)
    groups = make.groups(rows, lambda row, _seen: review(row), {"unit": "", "status": "waiting"})
    title = _("Chờ cơ quan xác nhận")
    return HomeSection("to-confirm", title, "hourglass", "waiting", len(rows), groups, _kinds(rows))


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
