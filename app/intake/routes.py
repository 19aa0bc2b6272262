"""Plans: what is on the board, a document read in, its summary, and the press that puts it on the board."""

from typing import Any

from flask import Blueprint, abort, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import web
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.files import store
from app.intake import operations, summary
from app.organisation import settings
from app.pages.shell import tell
from app.plans import queries
from app.web import or_404, render, see_other

bp = Blueprint("plans", __name__)


def upload_limit() -> int:
    """The bytes a posted plan may have: the file's limit, and its form."""
    return settings.load().max_plan_mb * 1_000_000 + web.FORM_BYTES


web.UPLOAD_LIMITS["plans.create"] = upload_limit


@bp.get("/plans")
def index() -> Any:
    require(current_user, Permission.PLAN_READ)
    return render("plans/index.html", plans=queries.plans(), drafts=queries.drafts())


@bp.get("/plans/new")
def new() -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    return _new_page()


@bp.post("/plans/drafts")
def create() -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    name, data = _posted()
    max_bytes = settings.load().max_plan_mb * 1_000_000
    try:
        row = operations.read_in(current_user, name, data, store=store(), max_bytes=max_bytes)
    except Refused as refusal:
        return make_response(_new_page(request.form, {refusal.field or "": refusal.sentence}), refusal.status)
    return see_other(url_for("plans.draft", draft_id=row.id))


@bp.get("/plans/drafts/<int:draft_id>")
def draft(draft_id: int) -> Any:
    require(current_user, Permission.PLAN_READ)
    row = or_404(queries.draft(draft_id))
    return render("plans/draft.html", draft=summary.read(row), refusal=None)


@bp.post("/plans/drafts/<int:draft_id>/adoption")
def adopt(draft_id: int) -> Any:
    row = or_404(queries.draft(draft_id))
    try:
        plan = operations.adopt(current_user, row)
    except Refused as refusal:
        if refusal.status == 403:  # noqa: PLR2004
            raise
        page = render("plans/draft.html", draft=summary.read(row), refusal=refusal.sentence)
        return make_response(page, refusal.status)
    tell(_("Đã đưa kế hoạch “%(title)s” lên bảng.", title=plan.title))
    return see_other(url_for("board.show", plan=plan.id, unit=""))


def _posted() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename, file.read()
    if "file" not in request.files and "text" not in request.form:
        abort(400)
    return "ke-hoach.txt", request.form.get("text", "").encode()


def _new_page(typed: Any = None, errors: Any = None) -> str:
    return render("plans/new.html", typed=typed or {}, errors=errors or {}, max_mb=settings.load().max_plan_mb)
