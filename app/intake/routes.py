"""Plans: what is on the board, a document read in, its summary, and the press that puts it on the board."""

from typing import Any

from flask import Blueprint, abort, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board.queries.plans_on_board import overview
from app.core.errors import Forbidden, Refused, Stale
from app.core.policy import Permission, can, require
from app.files.store import installed_store
from app.intake import forms
from app.intake.operations import plans
from app.intake.queries import drafts
from app.intake.responses import draft_page
from app.organisation import settings
from app.plans import queries
from app.web import front_door
from app.web.flash import tell
from app.web.rendering import render
from app.web.request_values import posted_number, queried_number
from app.web.responses import or_404, see_other

bp = Blueprint("plans", __name__)


def _form_limit() -> int:
    """The bytes a posted plan may have: the file's limit, and its form."""
    return settings.load().max_plan_mb * 1_000_000 + front_door.FORM_BYTES


@bp.get("/plans")
def index() -> Any:
    require(current_user, Permission.PLAN_READ)
    return render("intake/index.html", plans=_plans(), drafts=queries.drafts())


@bp.get("/plans/new")
def new() -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    return _new_page()


@bp.post("/plans/drafts")
@front_door.takes_files(_form_limit)
def read_in() -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    name, data = _posted()
    max_bytes = settings.load().max_plan_mb * 1_000_000
    try:
        row = plans.read_in(current_user, name, data, store=installed_store(), max_bytes=max_bytes)
    except Refused as refusal:
        return make_response(_new_page(request.form, refusal), refusal.status)
    return see_other(url_for("plans.draft", draft_id=row.id))


@bp.get("/plans/drafts/<int:draft_id>")
def draft(draft_id: int) -> Any:
    require(current_user, Permission.PLAN_READ)
    row = or_404(queries.draft(draft_id))
    editing_id = queried_number("duty") if can(current_user, Permission.PLAN_INTAKE) else None
    return draft_page(row, editing_id=editing_id)


@bp.post("/plans/drafts/<int:draft_id>/adoption")
def adopt(draft_id: int) -> Any:
    row = or_404(queries.draft(draft_id))
    try:
        seen_step = posted_number("step")
        plan = plans.adopt(current_user, row, seen_step=seen_step, amended_by=forms.amended_by())
    except Forbidden:
        raise
    except Refused as refusal:
        faster = drafts.last_step_by_others(draft_id, 0, current_user.id) if isinstance(refusal, Stale) else None
        return draft_page(or_404(queries.draft(draft_id)), refusal=refusal, faster=faster, form_of="adopt")
    tell(_("Đã đưa kế hoạch “%(title)s” lên bảng.", title=plan.title))
    return see_other(url_for("board.show", plan=plan.id, unit=""))


def _posted() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename, file.read()
    if "file" not in request.files and "text" not in request.form:
        abort(400)
    return "ke-hoach.txt", request.form.get("text", "").encode()


def _plans() -> list[dict[str, Any]]:
    rows = {plan.id: plan for plan in queries.plans()}
    return [
        counts | {"adopted_on": rows[counts["id"]].adopted_on, "source_name": rows[counts["id"]].source_name}
        for counts in overview()
    ]


def _new_page(typed: Any = None, refusal: Refused | None = None) -> str:
    errors = {refusal.field: refusal.sentence} if refusal and refusal.field else {}
    said, max_mb = refusal.sentence if refusal else None, settings.load().max_plan_mb
    return render("intake/new.html", form=typed or {}, errors=errors, refusal=said, max_mb=max_mb)
