"""What is to be put right: drafted, concluded, withdrawn, looked at again; and all inspections at once."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board.request_filters import this_day
from app.core.days import PAST, about
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.files.downloads import hand_out, outgoing
from app.files.store import installed_store
from app.inspections import queries
from app.inspections.models import InspectionRound
from app.inspections.papers import operations as documents
from app.inspections.recommendations import queries as remedy_queries
from app.inspections.recommendations.models import Recheck
from app.inspections.recommendations.operations import conclusions, rechecks, recommendations, withdrawing
from app.inspections.recommendations.operations.conclusions import ConclusionInput, IssuedConclusion
from app.inspections.recommendations.operations.rechecks import RecheckInput
from app.inspections.recommendations.operations.recommendations import Draft
from app.inspections.recommendations.operations.withdrawing import Document
from app.inspections.recommendations.views import survey
from app.inspections.recommendations.words import RECHECK_WORDS, STATE_WORDS
from app.inspections.rounds.responses import round_page
from app.inspections.shared import bp, carry_out, file_limit, form_limit, posted_file, sending_key
from app.inspections.visits.responses import visit_page
from app.plans.models import DueLevel
from app.web.forms import Refusal, choice, line, number, paragraphs, read_day
from app.web.front_door import takes_files
from app.web.request_values import queried_number
from app.web.responses import or_404


@bp.post("/visits/<int:visit_id>/recommendations", endpoint="ask")
def ask(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))

    def deed() -> str:
        recommendations.ask(current_user, visit, _draft(), sending_key())
        return _("Đã lưu dự thảo kiến nghị.")

    return _on_visit(visit_id, "ask", deed)


@bp.post("/recommendations/<int:asked_id>", endpoint="edit_recommendation")
def edit(asked_id: int) -> Any:
    asked = or_404(remedy_queries.recommendation(current_user, asked_id))
    seen, visit_id = number("version"), asked.visit_id

    def deed() -> str:
        if request.form.get("deed") == "withdraw":
            recommendations.withdraw(current_user, asked, paragraphs("reason"), seen_version=seen)
            return _("Đã rút dự thảo kiến nghị; nội dung vẫn được lưu.")
        recommendations.edit(current_user, asked, _draft(), seen_version=seen)
        return _("Đã lưu dự thảo kiến nghị.")

    return _on_visit(visit_id, f"asked-{asked_id}", deed)


@bp.post("/visits/<int:visit_id>/conclusion", endpoint="conclude")
@takes_files(form_limit)
def conclude(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))
    around = visit.round
    return _on_visit(visit_id, "conclude", lambda: _told(_issue(around, visit_id)))


@bp.post("/inspections/<int:round_id>/conclusion", endpoint="conclude_round")
@takes_files(form_limit)
def conclude_round(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))
    to = url_for("inspections.round", round_id=round_id)
    return carry_out("conclude", lambda: _told(_issue(around, None)), to, lambda refused: round_page(round_id, refused))


@bp.post("/conclusions/<int:conclusion_id>/withdrawal", endpoint="withdraw_conclusion")
def withdraw_conclusion(conclusion_id: int) -> Any:
    conclusion = or_404(remedy_queries.conclusion(current_user, conclusion_id))
    visit_id, round_id = conclusion.visit_id, conclusion.round_id

    def deed() -> str:
        said = Document(line("number"), read_day("issued_on"), line("reason"))
        dropped = withdrawing.withdraw_conclusion(current_user, conclusion, said, seen_version=number("version"))
        return _("Đã ghi thu hồi kết luận: %(n)s kiến nghị được đưa ra khỏi bảng và trở lại dự thảo.", n=dropped)

    form_of = f"conclusion-{conclusion_id}"
    if visit_id is not None:
        return _on_visit(visit_id, form_of, deed)
    to = url_for("inspections.round", round_id=round_id)
    return carry_out(form_of, deed, to, lambda refused: round_page(round_id, refused))


@bp.get("/conclusions/<int:conclusion_id>/file", endpoint="conclusion_file")
def conclusion_file(conclusion_id: int) -> Any:
    conclusion = or_404(remedy_queries.conclusion(current_user, conclusion_id))
    going = outgoing(conclusion)
    documents.record_conclusion(current_user, conclusion, remedy_queries.units_told(conclusion))
    return hand_out(going)


@bp.post("/recommendations/<int:asked_id>/recheck", endpoint="recheck")
def recheck(asked_id: int) -> Any:
    asked = or_404(remedy_queries.recommendation(current_user, asked_id))
    seen, visit_id = number("version"), asked.visit_id

    def deed() -> str:
        said = RecheckInput(
            read_day("day", about(side=PAST)), choice(Recheck, request.form.get("result")), paragraphs("note")
        )
        rechecks.recheck(current_user, asked, said, seen_version=seen)
        return _("Đã lưu kết quả phúc tra.")

    return _on_visit(visit_id, f"recheck-{asked_id}", deed)


@bp.get("/inspections/overview", endpoint="survey")
def show_survey() -> Any:
    """Of all plans, or of the year that the address names; `content` and `state` open the rows behind one figure."""
    require(current_user, Permission.INSPECTIONS_SURVEY)
    year = queried_number("year")
    content = clean_line(request.args.get("content", ""))
    state = request.args.get("state", "")
    found = survey.survey(this_day(), year)
    return render_template(
        "inspections/survey.html",
        survey=found,
        rows=found.chosen(content, state if state in STATE_WORDS else ""),
        content=content,
        state=state,
        year=year or "",
        years=[("", _("Tất cả các năm")), *((each, each) for each in found.years)],
        states=list(STATE_WORDS.items()),
        state_words=STATE_WORDS,
        recheck_words=RECHECK_WORDS,
    )


def _draft() -> Draft:
    return Draft(
        content_id=number("content_id") or None,
        shortcoming=paragraphs("shortcoming"),
        demand=paragraphs("demand"),
        unit_id=number("unit_id"),
        due_on=read_day("due_on"),
    )


def _issue(around: InspectionRound, visit_id: int | None) -> IssuedConclusion:
    said = ConclusionInput(
        number=line("number"),
        issued_on=read_day("issued_on"),
        signer=line("signer"),
        issuer=line("issuer"),
        due_level=choice(DueLevel, request.form.get("due_level")) or DueLevel.UBND,
    )
    return conclusions.issue(
        current_user, around, visit_id, said, posted_file(), store=installed_store(), limit_bytes=file_limit()
    )


def _told(issued: IssuedConclusion) -> str:
    first = _("Đã ghi thông báo kết luận: %(n)s kiến nghị được đưa lên bảng.", n=issued.made)
    return " ".join([first, *issued.told])


def _on_visit(visit_id: int, form_of: str, deed: Callable[[], str]) -> Any:
    to = url_for("inspections.visit", visit_id=visit_id, _anchor="kien-nghi")

    def page(refused: Refusal) -> Any:
        return visit_page(visit_id, refused)

    return carry_out(form_of, deed, to, page)
