"""One content of a visit at a time; the same address takes what a device kept while it had no connection.

A form is answered with a page. Who asks for `application/json` is answered with data, and the status says what became
of the sending (the promise of a sending stands in `app/inspections/visits/operations/findings.py`):

- 201 `{"outcome": "saved", "version": n}`: it is written; 200 `{"outcome": "repeated", …}`: it was, when it first came;
- 409 `{"outcome": "overtaken", "sentence", "theirs": {version, remark, figures, rating, documents_seen, empty_reason,
  by, at}}`: nothing was written, this is what stands there;
- 422 `{"outcome": "refused", "sentence", "field"}`, 403 `{"outcome": "forbidden", …}`: it will not be written as it is;
- 503: busy, send the same again later. 401: the session ended; sign in, then send the same again. 404: no such visit.

Every answer of the product has an `X-Request-Id` that begins with "BDG-"; one without it is somebody else's. GET with
`application/json` gives the content as it stands, with a fresh `csrf_token` for the sending.
"""

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, make_response, render_template, request, url_for
from flask_babel import format_percent
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.page_owner import form_token
from app.board import page_plan
from app.core import clock
from app.core.errors import Refused
from app.core.policy import Permission, can
from app.inspections import queries, words
from app.inspections.models import ChecklistContent
from app.inspections.shared import bp, new_key, refused_data, wants_data
from app.inspections.visits.models import InspectionVisit, Rating, VisitFinding
from app.inspections.visits.operations.findings import Overtaken, Sending, barrier, record_content
from app.web.assets import load
from app.web.flash import tell
from app.web.forms import NONE, Refusal, choice, line, number, paragraphs
from app.web.responses import or_404, see_other

_SEXES = ("total", "male", "female")


@bp.get("/visits/worker", endpoint="worker")
def worker() -> Response:
    """The script that keeps pages of visits on a device; it sees every page, and so who signs in and out."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return Response(load("js/visit-worker.js").plain, mimetype="text/javascript", headers=headers)


@bp.get("/visits/<int:visit_id>/contents/<int:content_id>", endpoint="content")
def show_content(visit_id: int, content_id: int) -> Any:
    if not wants_data():
        return _page(visit_id, content_id, NONE)
    visit, content = _found(visit_id, content_id)
    finding = next((f for f in visit.findings if f.content_id == content.id), None)
    return jsonify({"content_id": content.id, "csrf_token": form_token()} | _data(finding))


@bp.post("/visits/<int:visit_id>/contents/<int:content_id>", endpoint="record")
def record(visit_id: int, content_id: int) -> Any:
    visit, content = _found(visit_id, content_id)
    try:
        receipt = record_content(current_user, visit, content_id, _sending(content))
    except Overtaken as overtaken:
        return _overtaken(visit_id, content_id, overtaken)
    except Refused as refusal:
        return _refused(visit_id, content_id, refusal)
    if wants_data():
        said = {"outcome": "repeated" if receipt.repeated else "saved", "version": receipt.version}
        return make_response(jsonify(said), HTTPStatus.OK if receipt.repeated else HTTPStatus.CREATED)
    tell(_("Đã lưu “%(title)s”.", title=content.title))
    return see_other(_next(visit_id, content_id))


def _found(visit_id: int, content_id: int) -> tuple[InspectionVisit, ChecklistContent]:
    """A visit whose findings the person may read, and one of its contents; else 404."""
    visit = or_404(queries.visit(current_user, visit_id))
    content = queries.content(visit.checklist_version_id, content_id)
    or_404(True if can(current_user, Permission.VISIT_READ, visit) else None)
    return visit, or_404(content)


def _sending(content: ChecklistContent) -> Sending:
    form = request.form
    figures = {f.key: {sex: form.get(f"{f.key}-{sex}", "") for sex in _SEXES} for f in content.figures}
    return Sending(
        client_key=line("client_key"),
        seen_version=number("version"),
        remark=paragraphs("remark"),
        figures=figures,
        rating=choice(Rating, form.get("rating")),
        documents_seen=paragraphs("documents_seen"),
        empty_reason=paragraphs("empty_reason"),
    )


def _next(visit_id: int, content_id: int) -> str:
    """Where the button leads: to a neighbour, or (without one) to the visit."""
    to = number("go")
    if request.form.get("stay"):
        to = content_id
    if to:
        return url_for("inspections.content", visit_id=visit_id, content_id=to)
    return url_for("inspections.visit", visit_id=visit_id)


def _overtaken(visit_id: int, content_id: int, overtaken: Overtaken) -> Any:
    if wants_data():
        return refused_data(overtaken, theirs=_data(overtaken.finding))
    return _page(visit_id, content_id, Refusal(overtaken, "content"))


def _refused(visit_id: int, content_id: int, refusal: Refused) -> Any:
    return refused_data(refusal) if wants_data() else _page(visit_id, content_id, Refusal(refusal, "content"))


def _page(visit_id: int, content_id: int, refused: Refusal) -> Response:
    visit, content = _found(visit_id, content_id)
    page_plan.show(visit.round.plan_id)
    contents = visit.checklist_version.contents
    at = next(place for place, one in enumerate(contents) if one.id == content.id)
    finding = next((f for f in visit.findings if f.content_id == content.id), None)
    report = queries.self_report(visit_id)
    reads_report = report is not None and can(current_user, Permission.REPORT_READ, report)
    records, barred = can(current_user, Permission.VISIT_RECORD, visit), barrier(visit)
    html = render_template(
        "inspections/content.html",
        visit=visit,
        content=content,
        contents=contents,
        at=at,
        finding=finding,
        files=[f for f in visit.files if f.content_id == content.id and f.withdrawn_at is None],
        answer=report.answers.get(str(content.id)) if report and reads_report else None,
        writes=bool(refused.refusal) or (records and barred is None),  # what was refused stands in its form
        barred=barred if records and not refused.refusal else None,
        typed=_typed(content, finding, refused),
        words=words,
        client_key=new_key(),
        **refused.context,
    )
    return make_response(html, refused.status)


def _typed(content: ChecklistContent, finding: VisitFinding | None, refused: Refusal) -> dict[str, str]:
    """What stands in the fields: what was typed, else what is kept."""
    if refused.refusal:
        return dict(request.form)
    if finding is None:
        return {}
    kept = {
        "remark": finding.remark,
        "documents_seen": finding.documents_seen,
        "empty_reason": finding.empty_reason,
        "rating": finding.rating.value if finding.rating else "",
    }
    for figure in content.figures:
        for sex, value in finding.figures.get(figure.key, {}).items():
            kept[f"{figure.key}-{sex}"] = "" if value is None else f"{value}".replace(".", ",")
    return kept


def _data(finding: VisitFinding | None) -> dict[str, Any]:
    if finding is None:
        return {"version": 0}
    return {
        "version": finding.version,
        "remark": finding.remark,
        "figures": finding.figures,
        "rating": finding.rating.value if finding.rating else None,
        "documents_seen": finding.documents_seen,
        "empty_reason": finding.empty_reason,
        "by": finding.recorded_by_name,
        "at": clock.local(finding.recorded_at).isoformat(timespec="minutes"),
    }


def rate(numbers: dict[str, Any]) -> str:
    """The share of women in a figure, 98,62%; a dash where it cannot be told."""
    women, total = numbers.get("female"), numbers.get("total")
    return "–" if women is None or not total else format_percent(women / total, "0.##%")


bp.app_template_filter("rate")(rate)
