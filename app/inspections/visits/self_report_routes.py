"""Báo cáo tự kiểm tra: the unit writes and sends it; the team reads it once it was sent."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board import page_plan
from app.core import clock
from app.core.policy import Permission, can, require
from app.core.vietnamese import clean
from app.files.downloads import hand_out, outgoing
from app.files.store import installed_store
from app.inspections import queries
from app.inspections.shared import bp, carry_out, file_limit, form_limit, posted_file
from app.inspections.visits.models import InspectionVisit, SelfReport
from app.inspections.visits.operations import self_reports
from app.inspections.visits.operations.self_reports import Answers, SignedReport
from app.web.forms import NONE, Refusal, line, number, read_day
from app.web.front_door import takes_files
from app.web.responses import or_404

_SEXES = ("total", "male", "female")


@bp.get("/visits/<int:visit_id>/report", endpoint="report")
def show_report(visit_id: int) -> Any:
    return _page(visit_id, NONE)


@bp.post("/visits/<int:visit_id>/report", endpoint="write_report")
@takes_files(form_limit)
def write_report(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))
    sends = request.form.get("deed") == "send"

    def deed() -> str:
        permission = Permission.REPORT_SEND if sends else Permission.REPORT_WRITE
        require(current_user, permission, visit)
        answers, seen = _answers(visit), number("version")
        if not sends:
            self_reports.write_report(current_user, visit, answers, seen_version=seen)
            return _("Đã lưu dự thảo báo cáo tự kiểm tra.")
        letter = SignedReport(line("number"), read_day("issued_on"), read_day("sent_on"), line("signer"), posted_file())
        self_reports.send_report(
            current_user, visit, answers, letter, seen_version=seen, store=installed_store(), limit_bytes=file_limit()
        )
        return _("Đã gửi báo cáo tự kiểm tra.")

    to = url_for("inspections.report", visit_id=visit_id)
    return carry_out("report", deed, to, lambda refused: _page(visit_id, refused))


@bp.get("/self-reports/<int:report_id>/file", endpoint="report_file")
def download(report_id: int) -> Any:
    report = or_404(queries.own_report(current_user, report_id))
    going = outgoing(report)
    self_reports.record_download(current_user, report)
    return hand_out(going)


def _page(visit_id: int, refused: Refusal) -> Response:
    visit = or_404(queries.visit(current_user, visit_id))
    report = queries.self_report(visit_id)
    writes = can(current_user, Permission.REPORT_WRITE, visit)
    if not writes:
        if refused.refusal:
            raise refused.refusal
        require(current_user, Permission.REPORT_READ, or_404(report))
    page_plan.show(visit.round.plan_id)
    open_, barred = writes and (report is None or not report.has_file), self_reports.barrier(visit)
    html = render_template(
        "inspections/report.html",
        visit=visit,
        report=report,
        writes=bool(refused.refusal) or (open_ and barred is None),  # what was refused stands in its form
        barred=barred if open_ and not refused.refusal else None,
        sends=can(current_user, Permission.REPORT_SEND, visit),
        due=self_reports.due_on(visit),
        today=clock.today(),
        typed=_typed(visit, report, refused),
        suggested=report is None and not refused.refusal,
        max_mb=file_limit() // 1_000_000,
        **refused.context,
    )
    return make_response(html, refused.status)


def _answers(visit: InspectionVisit) -> Answers:
    form, found = request.form, {}
    for content in visit.checklist_version.contents:
        figures = {f.key: {sex: form.get(f"{content.id}-{f.key}-{sex}", "") for sex in _SEXES} for f in content.figures}
        found[content.id] = (clean(form.get(f"text-{content.id}", "")), figures)
    return found


def _typed(visit: InspectionVisit, report: SelfReport | None, refused: Refusal) -> dict[str, Any]:
    """What stands in the fields: what was typed, what is kept, else what the unit's duties suggest."""
    if refused.refusal:
        return dict(request.form)
    if report is None:
        return {f"text-{content_id}": text for content_id, text in self_reports.suggested(visit).items()}
    kept = {}
    for content_id, said in report.answers.items():
        kept[f"text-{content_id}"] = said["text"]
        for key, figure in said["figures"].items():
            kept |= {f"{content_id}-{key}-{sex}": "" if n is None else str(n) for sex, n in figure.items()}
    return kept


bp.app_template_filter("report_barrier")(self_reports.barrier)
