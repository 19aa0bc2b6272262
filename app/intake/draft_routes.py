"""The review of a draft: each press is one step, answered by the page at the duty that it was about."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import Forbidden, Refused, Stale
from app.core.policy import Permission, require
from app.intake import forms, views
from app.intake.models import DraftDuty
from app.intake.operations import adding, comparing, deciding, editing, steps
from app.intake.queries import drafts
from app.intake.responses import draft_page
from app.plans import queries
from app.plans.models import PlanDraft
from app.web.flash import tell
from app.web.request_values import posted_number, queried_number
from app.web.responses import or_404, see_other

bp = Blueprint("drafts", __name__)
BASE = "/plans/drafts/<int:draft_id>"


@bp.post(f"{BASE}/duties")
def add(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> DraftDuty:
        leftover_id = posted_number("leftover")
        return adding.add(current_user, row, request.form.get("clause", ""), leftover_id)

    return _do(draft_id, deed, then=lambda duty: _at(draft_id, duty.id, editing_it=True), form_of="add")


@bp.post(f"{BASE}/contents")
def give(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> list[DraftDuty]:
        to = forms.chosen_units("give", others=deciding.unknown_names(row, lead_only=True))
        return adding.give(current_user, row, request.form.getlist("contents"), to)

    return _do(draft_id, deed, then=lambda made: _at(draft_id, made[0].id), form_of="give")


@bp.post(f"{BASE}/duties/<int:duty_id>")
def edit(draft_id: int, duty_id: int) -> Any:
    def deed(row: PlanDraft, duty: DraftDuty, seen: int) -> None:
        editing.edit(current_user, row, duty, forms.edit_form(deciding.reading(row).year), seen_version=seen)

    return _do_on(draft_id, duty_id, deed)


@bp.post(f"{BASE}/duties/<int:duty_id>/parts")
def split(draft_id: int, duty_id: int) -> Any:
    def deed(row: PlanDraft, duty: DraftDuty, seen: int) -> None:
        parts = list(duty.splits) if request.form.get("suggested") else forms.parts()
        editing.split(current_user, row, duty, parts, seen_version=seen)

    return _do_on(draft_id, duty_id, deed)


@bp.post(f"{BASE}/duties/<int:duty_id>/merging")
def merge(draft_id: int, duty_id: int) -> Any:
    def deed(row: PlanDraft, duty: DraftDuty, seen: int) -> int:
        return editing.merge(current_user, row, duty, seen_version=seen).id

    return _do_on(draft_id, duty_id, deed)


@bp.post(f"{BASE}/duties/<int:duty_id>/inclusion")
def include(draft_id: int, duty_id: int) -> Any:
    def deed(row: PlanDraft, duty: DraftDuty, seen: int) -> None:
        editing.include(current_user, row, duty, request.form.get("included") == "1", seen_version=seen)

    return _do_on(draft_id, duty_id, deed)


@bp.post(f"{BASE}/names")
def name(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> None:
        name = request.form.get("name", "")
        if request.form.get("all"):
            deciding.all_names_new(current_user, row)
        elif request.form.get("spread"):
            to = forms.chosen_units("group", others=deciding.unknown_names(row, lead_only=True))
            deciding.spread_name(current_user, row, name, to)
        else:
            deciding.decide_name(current_user, row, name, posted_number("unit"))

    return _do(draft_id, deed, then=lambda _done: _at(draft_id, anchor="can-xu-ly"), form_of="names")


@bp.post(f"{BASE}/leftovers")
def deal(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> None:
        deciding.deal_with(current_user, row, posted_number("leftover"))

    return _do(draft_id, deed, then=lambda _done: _at(draft_id, anchor="can-xu-ly"))


@bp.post(f"{BASE}/head")
def head(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> None:
        said, year = forms.head()
        deciding.set_head(current_user, row, said, year, seen_step=posted_number("step") or 0)

    return _do(draft_id, deed, then=lambda _done: _at(draft_id, anchor="van-ban"), form_of="head")


@bp.post(f"{BASE}/base")
def treat_as_new(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> None:
        seen_step = posted_number("step") or 0
        comparing.treat_as_new(current_user, row, seen_step=seen_step)

    return _do(draft_id, deed, then=lambda _done: _at(draft_id, anchor="can-xu-ly"))


@bp.post(f"{BASE}/undo")
def undo(draft_id: int) -> Any:
    def deed(row: PlanDraft) -> Any:
        return steps.undo(current_user, row, seen_step=posted_number("step") or 0)

    def then(last: Any) -> str:
        tell(_("Đã hoàn tác: %(what)s.", what=views.step_face(last).words), icon="undo-2")
        return _at(draft_id, last.duty_id)

    return _do(draft_id, deed, then=then)


@bp.get(f"{BASE}/changes")
def changes(draft_id: int) -> Any:
    """Who did what to the draft since its page was made; 204 where nobody else did anything."""
    require(current_user, Permission.PLAN_READ)
    or_404(queries.draft(draft_id))
    since = queried_number("since") or 0
    step = drafts.last_step_by_others(draft_id, since, current_user.id)
    answer = Response(status=204)
    if step is not None:
        face = views.step_face(step)
        words = _("%(who)s vừa thao tác trên bản nhập này: %(what)s.", who=face.who, what=face.words)
        answer = make_response(render_template("duty_page/_changed.html", words=words))
    answer.headers["X-Since"] = str(drafts.last_step_id(draft_id))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _do(
    draft_id: int, deed: Callable[[PlanDraft], Any], *, then: Callable[[Any], str], form_of: str | None = None
) -> Any:
    """Carry out a step on the whole draft; a refusal shows the page with what was typed."""
    row = or_404(queries.draft(draft_id))
    try:
        done = deed(row)
    except Forbidden:
        raise
    except Refused as refusal:
        return draft_page(or_404(queries.draft(draft_id)), refusal=refusal, form_of=form_of)
    return see_other(then(done))


def _do_on(draft_id: int, duty_id: int, deed: Callable[[PlanDraft, DraftDuty, int], Any]) -> Any:
    """Carry out a step on one duty. Where somebody was faster: who, what and when, with what was typed kept."""
    row, duty = or_404(queries.draft(draft_id)), or_404(drafts.duty(draft_id, duty_id))
    seen = posted_number("version")
    if seen is None:
        require(current_user, Permission.PLAN_INTAKE)
        abort(400)
    try:
        shown_id = deed(row, duty, seen) or duty_id
    except Forbidden:
        raise
    except Refused as refusal:
        faster = drafts.last_step_on(duty_id) if isinstance(refusal, Stale) else None
        typed = "kind" in request.form or "parts" in request.form
        return draft_page(
            or_404(queries.draft(draft_id)), refusal=refusal, editing_id=duty_id if typed else None, faster=faster
        )
    return see_other(_at(draft_id, shown_id))


def _at(draft_id: int, duty_id: int | None = None, *, anchor: str | None = None, editing_it: bool = False) -> str:
    anchor = anchor or (f"nv-{duty_id}" if duty_id else None)
    return url_for("plans.draft", draft_id=draft_id, duty=duty_id if editing_it else None, _anchor=anchor)
