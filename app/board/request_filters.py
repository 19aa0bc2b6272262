"""What a person looks at: the plan, the filters and the day that the request names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.board import page_plan
from app.board.filters import Choices, EvidenceState, Filters, Grouping, Source, UnitGroup
from app.board.views import board as boards
from app.board.views.board import Board, BoardPage
from app.board.views.card import Today
from app.board.views.layout import Arrangement, arranged
from app.cards.queries import rows
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core import clock
from app.core.numbers import row_id
from app.core.policy import Permission, can
from app.core.vietnamese import clean_line
from app.extensions import htmx
from app.organisation import settings
from app.plans import operations
from app.plans import queries as plans
from app.plans.models import ActionKind, Plan
from app.plans.naming import PlanName
from app.web.forms import choice
from app.web.request_values import parts_of, queried_number
from app.web.responses import or_404

_LONGEST = 100  # letters of the text filter, and of an address


def read_board(plan: Plan, filters: Filters, page: BoardPage = boards.FIRST) -> Board:
    """The board of `plan` under `filters` for the person signed in."""
    return boards.build(plan.title, arrange(plan.id, filters), _card_url, page, _groups(filters))


def read_counts(plan_id: int, filters: Filters, action_ids: Iterable[int] = ()) -> Board:
    """What a change alters on that board beside the card: the counts, and the lines of some shared duties."""
    return boards.build_counts(arrange(plan_id, filters), _card_url, action_ids)


def arrange(plan_id: int, filters: Filters) -> Arrangement:
    """Where everything stands on the board of a plan for the person signed in."""
    actor = current_user._get_current_object()  # rules ask it thousands of times
    return arranged(actor, rows.snapshot(plan_id), filters, this_day())


def _card_url(card_id: int) -> str:
    return url_for("duty.show", card_id=card_id)


def _groups(filters: Filters) -> Mapping[Any, str]:
    if filters.group is Grouping.PART:
        return {address: text for address, text in filters.choices.clauses if address}
    return {unit_id: name for unit_id, name in filters.choices.units if unit_id and filters.unit in (None, unit_id)}


def this_day() -> Today:
    """Today, with the settings in force; read once in a request."""
    if "this_day" not in g:
        g.this_day = Today(clock.today(), settings.load())
    today: Today = g.this_day
    return today


def read_filters(plan_id: int) -> Filters:
    """The filters in the address (htmx names the page's). Without a word about units, people see their own unit.

    They say the plan, so that whatever is reached with them is of the same plan.
    """
    return _filters(plan_id, *_offered(plan_id))


def read_filters_over(plan_ids: Sequence[int]) -> Filters:
    """The filters in the address over several plans."""
    return _filters(None, {unit.id: unit.name for unit in rows.leading_units(*plan_ids)}, {})


def _filters(plan_id: int | None, units: dict[int, str], parts: dict[str, str]) -> Filters:
    args, ids = _address(), set(units)
    unit = row_id(args.get("unit")) if "unit" in args else _own_unit(ids)
    return Filters(
        plan=plan_id,
        unit=unit if unit in ids else None,
        unit_kind=choice(UnitGroup, args.get("unit_kind")),
        clause=clean_line(args.get("clause", ""))[:_LONGEST],
        kind=choice(ActionKind, args.get("kind")),
        status=choice(Status, args.get("status")),
        timeliness=choice(Timeliness, args.get("timeliness")),
        evidence=choice(EvidenceState, args.get("evidence")),
        source=choice(Source, args.get("source")),
        text=clean_line(args.get("text", ""))[:_LONGEST],
        group=choice(Grouping, args.get("group")),
        choices=Choices(
            units=(("", _("Tất cả đơn vị")), *units.items()),
            clauses=(("", _("Tất cả")), *parts.items()),
        ),
    )


def _offered(plan_id: int) -> tuple[dict[int, str], dict[str, str]]:
    """Leading units and parts of the plan by name, read again when a name or a clause changed."""
    known = rows.snapshot(plan_id).family.quoted
    if "offered" not in known:
        units = {unit.id: unit.name for unit in rows.leading_units(plan_id)}
        known["offered"] = units, plans.parts(plan_id)
    found: tuple[dict[int, str], dict[str, str]] = known["offered"]
    return found


def read_page() -> BoardPage:
    """Which part of a long board the address asks for."""
    args = _address()
    return BoardPage(
        parents=_number(args, "parents", 1), lanes=_number(args, "lanes", 1), shown=_number(args, "shown", 0)
    )


def starts_from() -> int:
    """Where the rest of a column or of the list begins."""
    return _number(request.args, "from", 0)


def _number(args: MultiDict[str, str], name: str, least: int) -> int:
    return max(least, row_id(args.get(name)) or 0)


def _address() -> MultiDict[str, str]:
    if request.method == "GET" or htmx.current_url is None:
        return request.args
    return MultiDict(parse_qsl(parts_of(htmx.current_url).query, keep_blank_values=True))


def _own_unit(leading: set[int]) -> int | None:
    sees_all = can(current_user, Permission.BOARD_ALL_UNITS)
    own = sorted(current_user.unit_ids & leading)
    return own[0] if own and not sees_all else None


def chosen_plan() -> Plan | None:
    """The plan that the address names (404 if there is none such), else the one on which the person's pages open.

    The page is then of this plan. None where no plan is on the board.
    """
    named = queried_number("plan")
    plan_id = named if named is not None else _opens_on(page_plan.on_board())
    if plan_id is None:
        return None
    plan: Plan = or_404(plans.plan(plan_id))
    page_plan.show(plan_id)
    return plan


def _opens_on(names: Sequence[PlanName]) -> int | None:
    """The plan that the person chose last; else the newest that has begun, one of their units' before others'."""
    if len(names) <= 1:
        return names[0].id if names else None
    chosen = operations.remembered(current_user.id)
    if chosen in {name.id for name in names}:
        return chosen
    led = rows.plans_led_by(current_user.unit_ids)
    theirs = [name for name in names if name.id in led] or list(names)
    year = clock.today().year
    return min(theirs, key=lambda name: (name.year > year, abs(name.year - year), -name.id)).id
