"""Sổ vụ việc đột xuất: its page, its lines, its workbook. 404 for anyone without the right."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.queries.unit_members import colleagues
from app.core.errors import Forbidden, Refused, Stale
from app.core.policy import Permission, can, require
from app.extensions import db
from app.incidents import forms, operations, queries
from app.incidents import views as faces
from app.incidents.models import Authority, IncidentKeeper, IncidentLine
from app.incidents.policy import own_units, reads_all
from app.organisation.queries import unit, units
from app.web.flash import tell
from app.web.forms import errors_of
from app.web.rendering import render
from app.web.request_values import posted_number
from app.web.responses import attachment, or_404, see_other

bp = Blueprint("incidents", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/incidents")
def show() -> Any:
    _admitted()
    operations.record_opening(current_user)
    return _page()


@bp.post("/incidents")
def add() -> Any:
    _admitted()
    return _carry_out(
        "line",
        lambda: operations.add_line(current_user, _unit_id(), forms.read(request.form)),
        _("Đã ghi một dòng vào sổ."),
    )


@bp.get("/incidents/<int:line_id>")
def line(line_id: int) -> Any:
    found = or_404(queries.line(current_user, line_id))
    operations.record_line_opening(current_user, found)
    return _line_page(or_404(queries.line(current_user, line_id)))


@bp.post("/incidents/<int:line_id>/correction")
def correct(line_id: int) -> Any:
    found = or_404(queries.line(current_user, line_id))
    try:
        made = operations.correct_line(current_user, found, forms.read(request.form), seen_version=_version())
        made_id = made.id
    except Refused as refusal:
        return _line_refused(line_id, refusal)
    tell(_("Đã đính chính. Nội dung trước khi đính chính vẫn còn trong sổ."))
    return see_other(url_for("incidents.line", line_id=made_id))


@bp.post("/incidents/<int:line_id>/withdrawal")
def withdraw(line_id: int) -> Any:
    found = or_404(queries.line(current_user, line_id))
    taken = request.form.get("restore") != "1"
    try:
        operations.set_withdrawn(current_user, found, taken, seen_version=_version())
    except Refused as refusal:
        return _line_refused(line_id, refusal)
    tell(_("Đã rút một dòng khỏi sổ.") if taken else _("Đã đưa một dòng trở lại sổ."))
    return see_other(url_for("incidents.show"))


@bp.get("/incidents/workbook")
def workbook() -> Any:
    """The true figures for the competent levels; for a unit its own lines, and of the others what it may know."""
    _admitted()
    year, every = faces.chosen_year(), can(current_user, Permission.INCIDENT_EXPORT)
    operations.record_export(current_user, year, every=every)
    data = faces.workbook(_own(), year, every=every)
    response: Response = attachment(f"so-vu-viec-dot-xuat-{year}.xlsx", len(data), _XLSX)
    if request.method == "GET":
        response.set_data(data)
    return response


@bp.post("/incidents/keepers")
def name_keeper() -> Any:
    _admitted()
    chosen = posted_number("person")
    return _carry_out(
        "keeper",
        lambda: operations.name_keeper(current_user, _unit_id(), chosen),
        _("Đã phân công cán bộ ghi sổ."),
    )


@bp.post("/incidents/keepers/<int:keeper_id>/end")
def end_keeper(keeper_id: int) -> Any:
    _admitted()
    keeper = or_404(db.session.get(IncidentKeeper, keeper_id))
    return _carry_out("keeper", lambda: operations.end_keeper(current_user, keeper), _("Đã thôi phân công ghi sổ."))


@bp.post("/incidents/authorities")
def add_authority() -> Any:
    _admitted()
    require(current_user, Permission.INCIDENT_AUTHORITIES)
    name = request.form.get("name", "")
    return _carry_out(
        "authority", lambda: operations.add_authority(current_user, name), _("Đã thêm cơ quan tiếp nhận.")
    )


@bp.post("/incidents/authorities/<int:authority_id>/end")
def end_authority(authority_id: int) -> Any:
    _admitted()
    or_404(db.session.get(Authority, authority_id))
    operations.archive_authority(current_user, authority_id)
    tell(_("Đã bỏ cơ quan khỏi danh mục; các dòng đã ghi giữ nguyên."))
    return see_other(url_for("incidents.show"))


def _carry_out(form_of: str, deed: Callable[[], Any], told: str) -> Any:
    """Do what the form of that name asks, say so on the page; or the page again with why not."""
    try:
        deed()
    except Refused as refusal:
        return _refused(refusal, form_of)
    tell(told)
    return see_other(url_for("incidents.show"))


def _admitted() -> None:
    """The register is not there for those who may not open it, whatever the method."""
    if not can(current_user, Permission.INCIDENT_SEE, queries.register(current_user)):
        abort(404)


def _own() -> frozenset[int]:
    return own_units(current_user, queries.keeping(current_user))


def _unit_id() -> int | None:
    """The unit of the form; where none is said, the only one that is the person's own."""
    said, own = posted_number("unit"), _own()
    if said is not None:
        return said
    return next(iter(own)) if len(own) == 1 and not reads_all(current_user) else None


def _version() -> int:
    seen = posted_number("version")
    return seen if seen is not None else abort(400)


def _refused(refusal: Refused, form_of: str) -> Any:
    """The page again, with the sentence and what was typed. A unit that is not theirs is told nothing."""
    if isinstance(refusal, Forbidden) and not reads_all(current_user):
        abort(404)
    if isinstance(refusal, Forbidden):
        raise refusal
    return make_response(_page(refusal, form_of), refusal.status)


def _line_refused(line_id: int, refusal: Refused) -> Any:
    if isinstance(refusal, Forbidden | Stale):
        raise refusal
    return make_response(_line_page(or_404(queries.line(current_user, line_id)), refusal), refusal.status)


def _page(refusal: Refused | None = None, form_of: str = "") -> str:
    year, every, own = faces.chosen_year(), reads_all(current_user), _own()
    scope = None if every else own
    mine = [found for found in map(unit, sorted(own)) if found is not None]
    headed = queries.headed(current_user)
    return render(
        "incidents/index.html",
        year=year,
        years=[(choice, choice) for choice in faces.years()],
        every=every,
        lines=queries.lines(scope, year),
        withdrawn=queries.withdrawn(scope, year),
        totals=faces.totals(own, year, every=every),
        units=units() if can(current_user, Permission.INCIDENT_WRITE, queries.register(current_user)) else mine,
        authorities=[(found.id, found.name) for found in queries.authorities()],
        keepers=queries.keepers(headed),
        named_by=[(u, colleagues(u.id)) for u in mine if u.id in headed],
        refusal=refusal.sentence if refusal else None,
        form_of=form_of,
        form=request.form if refusal else {},
        errors=errors_of(refusal),
    )


def _line_page(found: IncidentLine, refusal: Refused | None = None) -> str:
    return render(
        "incidents/line.html",
        line=found,
        earlier=queries.earlier(found),
        may_write=can(current_user, Permission.INCIDENT_WRITE, queries.register(current_user, found.unit_id)),
        authorities=[(body.id, body.name) for body in queries.authorities()],
        typed=request.form if refusal else faces.typed(found),
        refusal=refusal.sentence if refusal else None,
        errors=errors_of(refusal),
    )
