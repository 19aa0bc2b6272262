"""Kết xuất: what goes out, in which form; the workbooks that went out; how this office's papers are signed."""

from itertools import count
from typing import Any

from flask import Blueprint, Response, current_app, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board.arrangement import totals
from app.board.queries import leading_units
from app.board.viewing import chosen_plan, this_day
from app.core import clock
from app.core.days import about, read_day
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, can, require
from app.files import store
from app.organisation import settings
from app.organisation.profile_defaults import ABOUT, OFFICE_FORMS, Form
from app.plans import queries as plans
from app.plans.models import Plan
from app.summaries import operations, queries
from app.summaries.models import Export
from app.summaries.operations import Asked
from app.summaries.policy import Scope
from app.summaries.previews import Previews
from app.web import attachment, or_404, render, row_id, see_other

bp = Blueprint("summaries", __name__)
SHEETS = ("PL1", "PL2", "PL5", "PL6", "PL7")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/export")
def show() -> Any:
    require(current_user, Permission.EXPORT)
    return _page(chosen_plan())


@bp.post("/plans/<int:plan_id>/workbook")
def make(plan_id: int) -> Any:
    plan = or_404(plans.plan(plan_id))
    try:
        export = operations.export_workbook(current_user, plan, _asked(plan), settings.load(), store=store())
    except Refused as refusal:
        if isinstance(refusal, Forbidden):
            raise
        return make_response(_page(plan, refusal), refusal.status)
    _draw(export)
    return see_other(url_for("summaries.made", export_id=export.id))


@bp.get("/exports/<int:export_id>")
def made(export_id: int) -> Any:
    export = or_404(queries.export(export_id))
    require(current_user, Permission.EXPORT, export)
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
    export = or_404(queries.export(export_id))
    require(current_user, Permission.EXPORT, export)
    _draw(export)
    return see_other(url_for("summaries.made", export_id=export.id))


@bp.get("/exports/<int:export_id>/pages/<int:page_id>")
def picture(export_id: int, page_id: int) -> Response:
    export = or_404(queries.export(export_id))
    require(current_user, Permission.EXPORT, export)
    return Response(or_404(_previews().picture(export.sha256, page_id)), mimetype="image/png")


def _previews() -> Previews:
    return Previews(current_app.extensions["bdg"].data / "previews")


def _draw(export: Export) -> None:
    if current_app.config.get("DRAWS_PAGES", True):
        with store().open(export.storage_key) as stored:
            _previews().start(export.sha256, stored.read(), [int(number) for number in export.pages.split()])


@bp.get("/exports/<int:export_id>/file")
def download(export_id: int) -> Response:
    export = or_404(queries.export(export_id))
    key, name, size = export.storage_key, export.name, export.size
    operations.record_download(current_user, export)
    response = attachment(name, size, _XLSX)
    if request.method == "GET":
        with store().open(key) as stream:
            response.set_data(stream.read())
    return response


def _asked(plan: Plan) -> Asked:
    form = request.form.get("form")
    return Asked(
        unit_id=row_id(request.form["unit"]) if request.form.get("unit", "").isdecimal() else None,
        as_of=read_day(request.form, "as_of", about("as_of", year=plan.year)),
        form=Form(form) if form in {known.value for known in Form} else None,
        annex=request.form.get("alone") != "1",
        site=request.url_root,
    )


def _page(plan: Plan | None, refusal: Refused | None = None) -> str:
    units, every = _units(plan)
    chosen = request.form.get("unit", request.args.get("unit"))
    scope = chosen if chosen in {str(unit_id) for unit_id, _name in units} else str(units[0][0]) if units else ""
    unit_id = int(scope) if scope else None
    return render(
        "summaries/export.html",
        plan=plan,
        plan_year=plan.year if plan else None,
        plans=[(other.id, other.title) for other in plans.plans()],
        units=units,
        unit=scope,
        form=request.form,
        errors={refusal.field: refusal.sentence} if refusal and refusal.field else {},
        refusal=refusal.sentence if refusal else None,
        forms=[(form.value, _(form.words), ABOUT[form]) for form in (OFFICE_FORMS if every else (Form.UNIT,))],
        totals=totals(queries.rows_of(plan.id, unit_id, clock.today()), this_day()) if plan else None,
        exports=_exports(plan),
    )


def _units(plan: Plan | None) -> tuple[list[tuple[int | str, str]], bool]:
    """The scopes that the person may export, and whether all units together are one of them."""
    if plan is None:
        return [], False
    every = can(current_user, Permission.EXPORT, Scope(plan.id, None))
    units: list[tuple[int | str, str]] = [("", _("Tất cả đơn vị"))] if every else []
    for unit in leading_units(plan.id):
        if can(current_user, Permission.EXPORT, Scope(plan.id, unit.id)):
            units.append((unit.id, unit.name))
    return units, every


def _exports(plan: Plan | None) -> list[Any]:
    listed = queries.exports(plan.id) if plan else []
    return [export for export in listed if can(current_user, Permission.EXPORT, export)]
