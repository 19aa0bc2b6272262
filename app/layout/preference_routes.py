"""The language and the theme, chosen in the person's menu or before the sign-in, and the plan that pages open on."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_login import current_user

from app.accounts.operations import self_service
from app.board import page_plan
from app.core.policy import Permission, require
from app.plans import operations
from app.plans import queries as plans
from app.web import preferences
from app.web.page_addresses import match_address
from app.web.request_values import came_from, posted_number
from app.web.responses import go, or_404, see_other

bp = Blueprint("preferences", __name__)


@bp.post("/preferences", endpoint="choose")
def choose() -> Any:
    """Keep what is known of `language` and `theme`, with the account where there is one, and lead back."""
    chosen = {
        "language": _known("language", preferences.LANGUAGES),
        "theme": _known("theme", preferences.THEMES),
    }
    back = _back()
    if current_user.is_authenticated and any(chosen.values()):
        self_service.prefer(current_user, **chosen)
    return preferences.keep(go(back), **chosen)


@bp.post("/preferences/plan", endpoint="choose_plan")
def choose_plan() -> Any:
    """Keep `plan` as the one on which this person's pages open, and open `page` (or the board) for it."""
    require(current_user, Permission.BOARD_VIEW)
    plan = or_404(plans.plan(posted_number("plan") or 0))
    plan_id, page = plan.id, request.form.get("page")
    operations.remember(current_user.id, plan_id)
    return see_other(url_for(page if page in page_plan.SWITCHED else "board.show", plan=plan_id))


def _known(name: str, values: dict[str, Any]) -> str | None:
    value = request.form.get(name)
    return value if value in values else None


def _back() -> str:
    """The page of this site from which the form came, if it can be visited; else the first page."""
    came = came_from()
    if not came.netloc or match_address(came.path, "GET") is None:
        return url_for("home.show")
    return came._replace(scheme="", netloc="", fragment="").geturl()
