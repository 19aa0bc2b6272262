"""Kết xuất: what goes out, in which form; the workbooks that went out; how this office's papers are signed."""

from itertools import count
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board import page_plan
from app.board.request_filters import chosen_plan, this_day
from app.board.views.card import Today
from app.cards.queries.rows import leading_units
from app.core import clock
from app.core.days import about, read_day
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, can, require
from app.files.downloads import hand_out, outgoing
from app.files.store import installed_store
from app.organisation import settings
from app.organisation.profile_defaults import ABOUT, OFFICE_FORMS, PaperTemplate
from app.plans import queries as plans
from app.plans.models import Plan
from app.summaries import operations
from app.summaries.models import Export
from app.summaries.operations import ExportOrder
from app.summaries.policy import Scope
from app.summaries.previews import Previews
from app.summaries.queries import progress
from app.summaries.queries.foretold import Foretold, foretold
from app.web.forms import errors_of
from app.web.hosts import site
from app.web.rendering import render, wants_fragment
from app.web.request_values import posted_number
from app.web.responses import or_404, see_other

bp = Blueprint("summaries", __name__)
SHEETS = ("PL1", "PL2", "PL5", "PL6", "PL7")
# A browser that opens a picture by itself lays it out with a style of its own.
_PICTURE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/export")
def show() -> Any:
    require(current_user, Permission.EXPORT)
    plan = chosen_plan()
    if plan is not None and wants_fragment():  # the day or the scope was changed: its figures alone
        return render_template("summaries/_foretold.html", plan=plan, foretold=_foretold(plan, _scope(_units(plan))))
    return _page(plan)


@bp.post("/plans/<int:plan_id>/workbook")
def make(plan_id: int) -> Any:
    plan = or_404(plans.plan(plan_id))
    try:
        export = operations.export_workbook(current_user, plan, _asked(plan), settings.load(), store=installed_store())
    except Refused as refusal:
        if isinstance(refusal, Forbidden):
            raise
        return make_response(_page(plan, refusal), refusal.status)
    _draw(export)
    return see_other(url_for("summaries.made", export_id=export.id))


@bp.get("/exports/<int:export_id>")
def made(export_id: int) -> Any:
    export = or_404(progress.export(export_id))
    require(current_user, Permission.EXPORT, export)
    page_plan.show(export.plan_id)
    return render(
        "summaries/made.html",
        block="preview",
        export=export,
        plan=or_404(plans.plan(export.plan_id)),
        preview=_previews().of(export.sha256),
        sheets=list(zip(count(1), SHEETS, export.pages.split(), strict=False)),
    )


@bp.post("/exports/<int:export_id>/preview")
def draw(export_id: int) -> Any:
    export = or_404(progress.export(export_id))
    require(current_user, Permission.EXPORT, export)
    _draw(export)
    return see_other(url_for("summaries.made", export_id=export.id))


@bp.get("/exports/<int:export_id>/pages/<int:page_id>")
def picture(export_id: int, page_id: int) -> Response:
    export = or_404(progress.export(export_id))
    require(current_user, Permission.EXPORT, export)
    response = Response(or_404(_previews().picture(export.sha256, page_id)), mimetype="image/png")
    response.headers["Content-Security-Policy"] = _PICTURE
    return response


def _previews() -> Previews:
    return Previews(current_app.extensions["bdg"].data / "previews")


def _draw(export: Export) -> None:
    if current_app.config.get("DRAWS_PAGES", True):
        with installed_store().open(export.storage_key) as stored:
            _previews().start(export.sha256, stored.read(), [int(number) for number in export.pages.split()])


@bp.get("/exports/<int:export_id>/file")
def download(export_id: int) -> Response:
    export = or_404(progress.export(export_id))
    going = outgoing(export)
    operations.record_download(current_user, export)
    return hand_out(going, _XLSX)


def _asked(plan: Plan) -> ExportOrder:
    form = request.form.get("form")
    return ExportOrder(
        unit_id=(posted_number("unit") or 0) if request.form.get("unit") else None,
        as_of=read_day(request.form, "as_of", about("as_of", year=plan.year)),
        form=PaperTemplate(form) if form in {known.value for known in PaperTemplate} else None,
        annex=request.form.get("alone") != "1",
        site=site(),
    )


def _page(plan: Plan | None, refusal: Refused | None = None) -> str:
    if plan is not None:
        page_plan.show(plan.id)
    units = _units(plan)
    unit_id = _scope(units)
    return render(
        "summaries/export.html",
        plan=plan,
        plan_year=plan.year if plan else None,
        plans=[(other.id, other.short) for other in page_plan.on_board()],
        units=units,
        unit=str(unit_id or ""),
        form=request.form or request.args,
        errors=errors_of(refusal),
        refusal=refusal.sentence if refusal else None,
        forms=[(form.value, _(form.words), ABOUT[form]) for form in _forms(plan, unit_id)],
        foretold=_foretold(plan, unit_id) if plan else None,
        exports=_exports(plan),
    )


def _scope(units: list[tuple[int | str, str]]) -> int | None:
    """The unit that is chosen among `units`, else the first of them; None: all of them together."""
    chosen = request.form.get("unit", request.args.get("unit"))
    scope = chosen if chosen in {str(unit_id) for unit_id, _name in units} else str(units[0][0]) if units else ""
    return int(scope) if scope else None


def _foretold(plan: Plan, unit_id: int | None) -> Foretold | None:
    """The figures of the day that is chosen, or of now; None where there are none of that day."""
    try:
        asked = request.form or request.args
        day = read_day(asked, "as_of", about("as_of", year=plan.year)) or clock.today()
        operations.check_day(plan, day)
    except Refused:
        return None
    return foretold(plan.id, unit_id, Today(day, this_day().settings))


def _forms(plan: Plan | None, unit_id: int | None) -> list[PaperTemplate]:
    """The forms that the person may use: those of UBND, that of the one unit that is chosen."""
    scopes = [Scope(plan.id if plan else 0, unit_id, form) for form in PaperTemplate if form in OFFICE_FORMS or unit_id]
    return [scope.form for scope in scopes if can(current_user, Permission.EXPORT_FORM, scope)]


def _units(plan: Plan | None) -> list[tuple[int | str, str]]:
    """The scopes that the person may export: all units together first, where that is one of them."""
    if plan is None:
        return []
    every = can(current_user, Permission.EXPORT, Scope(plan.id, None))
    units: list[tuple[int | str, str]] = [("", _("Tất cả đơn vị"))] if every else []
    for unit in leading_units(plan.id):
        if can(current_user, Permission.EXPORT, Scope(plan.id, unit.id)):
            units.append((unit.id, unit.name))
    return units


def _exports(plan: Plan | None) -> list[Any]:
    listed = progress.exports(plan.id) if plan else []
    return [export for export in listed if can(current_user, Permission.EXPORT, export)]
