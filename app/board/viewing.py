"""What a person looks at: the plan, the filters and the day that the request names."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.board import board as boards
from app.board import queries
from app.board.board import Board, Filters
from app.board.faces import Today
from app.board.state import Status
from app.board.timeliness import Timeliness
from app.core import clock
from app.extensions import htmx
from app.organisation import settings
from app.plans import queries as plans
from app.plans.models import Plan
from app.web import or_404, row_id

Choice = TypeVar("Choice", bound=StrEnum)


def read_board(plan: Plan, filters: Filters) -> Board:
    """The board of `plan` under `filters` for the person signed in."""
    rows = queries.rows(plan.id, filters.unit)
    return boards.build(
        current_user, plan.title, rows, filters, this_day(), lambda card_id: url_for("pages.card", card_id=card_id)
    )


def this_day() -> Today:
    """Today, with the settings in force."""
    return Today(clock.today(), settings.load())


def read_filters(plan_id: int) -> Filters:
    """The filters in the address (htmx names the page's). Without a word about units, people see their own unit."""
    args = _address()
    units = queries.leading_units(plan_id)
    ids = {unit.id for unit in units}
    unit = args.get("unit", type=int) if "unit" in args else _own_unit(ids)
    return Filters(
        unit=unit if unit in ids else None,
        status=_choice(Status, args.get("status")),
        timeliness=_choice(Timeliness, args.get("timeliness")),
        units=(("", _("Tất cả đơn vị")), *((unit.id, unit.name) for unit in units)),
        statuses=boards.status_choices(),
        timelinesses=boards.timeliness_choices(),
    )


def _address() -> MultiDict[str, str]:
    if request.method == "GET" or htmx.current_url is None:
        return request.args
    return MultiDict(parse_qsl(urlsplit(htmx.current_url).query, keep_blank_values=True))


def _own_unit(leading: set[int]) -> int | None:
    sees_all = current_user.coordinates or current_user.presides or current_user.administers
    own = sorted(current_user.unit_ids & leading)
    return own[0] if own and not sees_all else None


def _choice(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in {member.value for member in kind} else None


def chosen_plan() -> Plan | None:
    """The plan that the address names (404 if there is none such), else the newest; None where none is on the board."""
    chosen = request.args.get("plan", type=row_id)
    return or_404(plans.plan(chosen)) if chosen is not None else plans.current()
