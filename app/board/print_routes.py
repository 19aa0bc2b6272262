"""What is taken along from the board: the list of a unit's duties on paper, and a reminder to paste elsewhere."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import force_locale
from flask_login import current_user

from app.board.page_plan import followed, on_board
from app.board.request_filters import chosen_plan, read_filters, read_filters_over, this_day
from app.board.views import assignment_list, worklist
from app.board.views.reminder import reminder_text, to_remind
from app.cards.queries import rows as queries
from app.core.policy import Permission, require
from app.organisation import settings
from app.organisation.queries import coordinating_unit, unit
from app.web.hosts import site
from app.web.responses import or_404

bp = Blueprint("papers", __name__)


@bp.get("/units/<int:unit_id>/duties", endpoint="assigned")
def show_assigned(unit_id: int) -> Any:
    """Danh mục nhiệm vụ giao; an annex unless `alone`, which gives it a letterhead of its own (Nghị định 30/2020)."""
    require(current_user, Permission.BOARD_VIEW)
    alone = request.args.get("alone") == "1"
    if alone:
        require(current_user, Permission.DUTIES_ISSUE)
    found, plan = or_404(unit(unit_id)), or_404(chosen_plan())
    rows = queries.rows(plan.id, unit_id)
    return render_template(
        "board/print/assignment_list.html",
        listed=assignment_list.read(plan, found, rows, worklist.rows_with_part_of([plan.id], {unit_id}), this_day()),
        office=settings.load(),
        alone=alone,
    )


@bp.get("/reminder-text", endpoint="reminder")
def show_reminder() -> Any:
    """The reminder for the duties under the filters of the address: of its plan, of all plans where it names none;
    without any filter, for every unit.
    """
    require(current_user, Permission.BOARD_REMIND)
    names = followed()
    if not names:
        abort(404)
    plan = chosen_plan() if "plan" in request.args else None
    plans = [name for name in on_board() if name.id == plan.id] if plan else names
    plan_ids, today = [name.id for name in plans], this_day()
    filters = read_filters(plan_ids[0]) if len(plans) == 1 else read_filters_over(plan_ids)
    rows = to_remind(current_user, worklist.rows_in_hand(plan_ids), filters, today)
    by_plan = [(name.title, found) for name in plans if (found := [r for r in rows if r.plan_id == name.id])]
    office = coordinating_unit()
    with force_locale("vi"):  # it goes to people of the offices, whatever the sender reads
        text = reminder_text(by_plan, office.short_name if office else "", today, site()) if rows else ""
    return render_template("board/print/reminder.html", text=text, count=len(rows), filters=filters, plans=plans)
