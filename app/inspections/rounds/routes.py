"""Rounds of inspection: the list, one round with its team and calendar, and the units picked for it."""

from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.queries.directory import people, standing
from app.board import page_plan
from app.board.request_filters import this_day
from app.core.errors import Refused
from app.core.numbers import row_id, whole
from app.core.policy import Permission, require
from app.inspections import queries, words
from app.inspections.models import InspectionType, MemberDuty, RoundStatus
from app.inspections.rounds import operations as rounds
from app.inspections.rounds import views
from app.inspections.rounds.operations import Joining, Planned
from app.inspections.rounds.responses import round_choices, round_page
from app.inspections.rounds.views import SHOWN, Show
from app.inspections.shared import bp, carry_out
from app.inspections.visits.operations import visits
from app.organisation.models import UnitKind
from app.organisation.words import UNIT_KIND_WORDS
from app.plans import queries as plans
from app.plans.models import Plan
from app.web.flash import tell
from app.web.forms import NONE, Refusal, choice, line, number, paragraphs, read_day
from app.web.request_values import posted_number
from app.web.responses import or_404, see_other


@bp.get("/inspections", endpoint="index")
def show_rounds() -> Any:
    require(current_user, Permission.INSPECTIONS)
    found = queries.rounds(current_user)
    every = queries.visits([r.id for r in found])
    return render_template(
        "inspections/index.html",
        rounds=[(r, [v for v in every if v.round_id == r.id]) for r in found],
        own=queries.visits_to(current_user, current_user.unit_ids),
        words=words,
    )


@bp.get("/inspections/new", endpoint="new")
def new_round() -> Any:
    return _new_page(NONE)


@bp.post("/inspections", endpoint="add")
def add_round() -> Any:
    try:
        made = rounds.plan_round(current_user, _checked_plan(), _planned())
    except Refused as refusal:
        return _new_page(Refusal(refusal, "round"))
    tell(_("Đã lập đợt kiểm tra. Tiếp theo: chọn thành viên đoàn và đơn vị."))
    return see_other(url_for("inspections.round", round_id=made.id))


@bp.get("/inspections/<int:round_id>", endpoint="round")
def show_round(round_id: int) -> Any:
    return round_page(round_id, NONE)


@bp.post("/inspections/<int:round_id>", endpoint="edit")
def edit_round(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))

    def deed() -> str:
        kept = rounds.edit_round(current_user, around, _planned(), seen_version=number("version"))
        if kept:
            return _("Đã lưu. %(n)s cuộc đã bắt đầu vẫn giữ nội dung kiểm tra cũ.", n=kept)
        return _("Đã lưu đợt kiểm tra.")

    return _carry_out(round_id, "round", deed)


@bp.post("/inspections/<int:round_id>/members", endpoint="members")
def change_members(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))

    def deed() -> str:
        if (leaving := number("remove")) > 0:
            rounds.remove_member(current_user, around, leaving, seen_version=number("version"))
            return _("Đã đưa ra khỏi đoàn.")
        rounds.add_member(current_user, around, _joining(), seen_version=number("version"))
        return _("Đã thêm thành viên đoàn.")

    return _carry_out(round_id, "member", deed)


@bp.post("/inspections/<int:round_id>/state", endpoint="set_status")
def set_status(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))
    to = choice(RoundStatus, request.form.get("to")) or abort(400)

    def deed() -> str:
        rounds.set_status(current_user, around, to, seen_version=number("version"))
        return _("Đợt kiểm tra: %(state)s.", state=str(words.ROUND_STATUS[to]).lower())

    return _carry_out(round_id, "state", deed)


@bp.get("/inspections/<int:round_id>/units", endpoint="units")
def pick_units(round_id: int) -> Any:
    return _units_page(round_id, NONE)


@bp.post("/inspections/<int:round_id>/visits", endpoint="add_visits")
def add_visits(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))

    def deed() -> str:
        chosen = [row_id(value) or 0 for value in request.form.getlist("units")]
        added = visits.add_visits(current_user, around, chosen, seen_version=number("version"))
        return ngettext("Đã đưa %(num)s đơn vị vào đợt kiểm tra.", "Đã đưa %(num)s đơn vị vào đợt kiểm tra.", added)

    to = url_for("inspections.round", round_id=round_id, _anchor="lich")
    return carry_out("units", deed, to, lambda refused: _units_page(round_id, refused))


def _carry_out(round_id: int, form_of: str, deed: Any) -> Any:
    to = url_for("inspections.round", round_id=round_id)
    return carry_out(form_of, deed, to, lambda refused: round_page(round_id, refused))


def _planned() -> Planned:
    days = whole(line("report_due_days"))
    return Planned(
        name=line("name"),
        form=choice(InspectionType, request.form.get("form")),
        period_from=read_day("period_from"),
        period_to=read_day("period_to"),
        checklist_version_id=number("checklist"),
        basis=paragraphs("basis"),
        plan_number=line("plan_number") or None,
        plan_on=read_day("plan_on"),
        plan_signer=line("plan_signer") or None,
        decision_number=line("decision_number") or None,
        decision_on=read_day("decision_on"),
        report_due_days=-1 if days is None else days,
    )


def _checked_plan() -> Plan | None:
    """The plan that the form names; the only one where it names none."""
    if (chosen := posted_number("plan")) is not None:
        return plans.plan(chosen)
    names = page_plan.on_board()
    return plans.plan(names[0].id) if len(names) == 1 else None


def _joining() -> Joining:
    person_id = number("person") or None
    unit_id = number("unit") or None
    if person_id and unit_id is None:
        held = next((standing(p) for p in people() if p.id == person_id), [])
        unit_id = held[0].unit_id if held else None
    duty = choice(MemberDuty, request.form.get("duty")) or MemberDuty.MEMBER
    return Joining(person_id, line("name"), duty, line("position_words"), unit_id)


def _new_page(refused: Refusal) -> Response:
    require(current_user, Permission.ROUND_PLAN)
    every = [(plan.id, plan.short) for plan in page_plan.on_board()]
    html = render_template("inspections/new.html", plans=every, **round_choices(), **refused.context)
    return make_response(html, refused.status)


def _units_page(round_id: int, refused: Refusal) -> Response:
    around = or_404(queries.inspection_round(current_user, round_id))
    require(current_user, Permission.ROUND_PLAN, around)
    page_plan.show(around.plan_id)
    kind, show = choice(UnitKind, request.values.get("kind")), choice(Show, request.values.get("show")) or Show.ALL
    html = render_template(
        "inspections/units.html",
        round=around,
        found=views.candidates(around.plan_id, round_id, this_day(), kind, show),
        kinds=[(k.value, w) for k, w in UNIT_KIND_WORDS.items()],
        shown=[(s.value, w) for s, w in SHOWN.items()],
        kind=kind.value if kind else "",
        show=show.value,
        picked=request.form.getlist("units"),
        **refused.context,
    )
    return make_response(html, refused.status)
