"""The plan that the page in the making is about: the shell names it, and every link from there says it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, url_for

from app.board.queries import plans_on_board
from app.plans.naming import PlanName

# Pages of one plan: they name it in their address. What is over all plans (home, search) stands in none.
OF_ONE_PLAN = frozenset(
    {
        "board.show",
        "board.show_list",
        "board.show_column",
        "live.board",
        "papers.assigned",
        "summaries.show",
    }
)
SWITCHED = ("board.show", "board.show_list", "summaries.show")
"""Those that people change over to another plan."""


def show(plan_id: int) -> None:
    """Say that the page is about this plan."""
    g.shown_plan = plan_id


def on_board() -> list[PlanName]:
    """Every plan on the board; read once in a request."""
    if "plans_on_board" not in g:
        g.plans_on_board = plans_on_board.plans_on_board()
    found: list[PlanName] = g.plans_on_board
    return found


def followed() -> list[PlanName]:
    """The plans over which home, badge, figures and reminder are: those of this year and later, and earlier ones on
    which something is still open; the newest, where nothing is.
    """
    return [plan for plan in on_board() if plan.followed] or on_board()[:1]


def shown() -> PlanName | None:
    """The plan of the page: the one it is about, else the only one there is."""
    names = on_board()
    if len(names) == 1:
        return names[0]
    return next((name for name in names if name.id == g.get("shown_plan")), None)


def address(endpoint: str, plan_id: int, query: Mapping[str, Any]) -> str:
    """The address of a page of this plan with what else `query` says; names in it are never taken for options."""
    rest = urlencode({name: value for name, value in query.items() if name != "plan"})
    return url_for(endpoint, plan=plan_id) + (f"&{rest}" if rest else "")


def init_app(app: Flask) -> None:
    """Let every link to a page of one plan say the plan of the page it stands on."""
    app.url_defaults(_say_plan)


def _say_plan(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint not in OF_ONE_PLAN or "plan" in values:
        return
    plan_id = g.get("shown_plan") or _only()
    if plan_id is not None:
        values["plan"] = plan_id


def _only() -> int | None:
    """The only plan, where the page has read which there are; a link asks nothing of the database."""
    names = g.get("plans_on_board", ())
    return names[0].id if len(names) == 1 else None
