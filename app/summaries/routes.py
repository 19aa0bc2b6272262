"""Kết xuất: the page that says what goes out, and the workbook."""

import io
from typing import Any

from flask import Blueprint, request, send_file
from flask_babel import gettext as _
from flask_login import current_user

from app.board.board import totals
from app.board.queries import leading_units, rows
from app.board.viewing import chosen_plan, this_day
from app.core.policy import Permission, can, require
from app.plans import queries as plans
from app.summaries.policy import Scope
from app.web import or_404, render

bp = Blueprint("summaries", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/export")
def show() -> Any:
    require(current_user, Permission.EXPORT)
    plan = chosen_plan()
    units = leading_units(plan.id) if plan else []
    allowed = [u for u in units if can(current_user, Permission.EXPORT, Scope(plan.id if plan else 0, u.id))]
    every = plan is not None and can(current_user, Permission.EXPORT, Scope(plan.id, None))
    chosen = request.args.get("unit", type=int)
    scope = chosen if chosen in {u.id for u in allowed} else None if every or not allowed else allowed[0].id
    return render(
        "summaries/export.html",
        plan=plan,
        units=[*([("", _("Tất cả đơn vị"))] if every else []), *((u.id, u.name) for u in allowed)],
        unit=scope or "",
        totals=totals(rows(plan.id, scope), this_day()) if plan else None,
    )


@bp.get("/plans/<int:plan_id>/workbook")
def workbook(plan_id: int) -> Any:
    from app.summaries import operations  # late: the library for workbooks is large, and few requests need it

    plan = or_404(plans.plan(plan_id))
    unit_id = request.args.get("unit", type=int)
    if unit_id is not None and unit_id not in {unit.id for unit in leading_units(plan_id)}:
        or_404(None)
    made = operations.export_workbook(current_user, plan, unit_id, this_day())
    return send_file(io.BytesIO(made.data), _XLSX, as_attachment=True, download_name=made.name)
