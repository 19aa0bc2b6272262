"""Results so far from Excel: the template, a file that is looked at, and the press that enters all of it."""

from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from app.board import page_plan
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, require
from app.extensions import db
from app.intake import forms
from app.intake.models import ResultsImport
from app.intake.operations import results
from app.organisation import settings
from app.plans import queries
from app.web import front_door
from app.web.flash import tell
from app.web.forms import errors_of
from app.web.rendering import render
from app.web.responses import attachment, or_404, see_other

bp = Blueprint("results", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _form_limit() -> int:
    """The bytes that a posted workbook may have, with its form."""
    return settings.load().max_plan_mb * 1_000_000 + front_door.FORM_BYTES


@bp.get("/plans/<int:plan_id>/results")
def new(plan_id: int) -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    return _new_page(plan_id)


@bp.get("/plans/<int:plan_id>/results-template")
def template(plan_id: int) -> Response:
    require(current_user, Permission.PLAN_INTAKE)
    plan = or_404(queries.plan(plan_id))
    name, data = f"ket-qua-{plan.year}.xlsx", results.template(plan)
    response = attachment(name, len(data), _XLSX)
    response.set_data(data)
    return response


@bp.post("/plans/<int:plan_id>/results")
@front_door.takes_files(_form_limit)
def keep(plan_id: int) -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    plan = or_404(queries.plan(plan_id))
    file = request.files.get("file")
    name, data = (file.filename or "", file.read()) if file is not None else ("", b"")
    try:
        basis = forms.amended_by()
        row = results.keep(current_user, plan, name, data, basis.number, basis.issued_on)
    except Forbidden:
        raise
    except Refused as refusal:
        return _new_page(plan_id, refusal)
    return see_other(url_for("results.show", import_id=row.id))


@bp.get("/results-imports/<int:import_id>")
def show(import_id: int) -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    return _preview_page(import_id)


@bp.post("/results-imports/<int:import_id>/adoption")
def apply(import_id: int) -> Any:
    require(current_user, Permission.PLAN_INTAKE)
    row = or_404(db.session.get(ResultsImport, import_id))
    try:
        number = results.apply(current_user, row)
    except Forbidden:
        raise
    except Refused as refusal:
        return _preview_page(import_id, refusal)
    tell(
        ngettext(
            "Đã ghi kết quả của %(num)s nhiệm vụ vào bảng.", "Đã ghi kết quả của %(num)s nhiệm vụ vào bảng.", number
        )
    )
    return see_other(url_for("board.show", plan=row.plan_id, unit=""))


def _new_page(plan_id: int, refusal: Refused | None = None) -> Any:
    page_plan.show(plan_id)
    html = render(
        "intake/results.html",
        plan=or_404(queries.plan(plan_id)),
        imports=results.of_plan(plan_id),
        form=request.form,
        errors=errors_of(refusal),
        refusal=refusal.sentence if refusal else None,
        max_mb=settings.load().max_plan_mb,
    )
    return make_response(html, refusal.status if refusal else 200)


def _preview_page(import_id: int, refusal: Refused | None = None) -> Any:
    row = or_404(db.session.get(ResultsImport, import_id))
    page_plan.show(row.plan_id)
    preview = results.preview(current_user, row) if row.applied_on is None else None
    html = render(
        "intake/results_preview.html",
        row=row,
        plan=or_404(queries.plan(row.plan_id)),
        preview=preview,
        counts=results.counts(preview.results) if preview else [],
        most=results.MOST_SHOWN,
        refusal=refusal.sentence if refusal else None,
    )
    return make_response(html, refusal.status if refusal else 200)
