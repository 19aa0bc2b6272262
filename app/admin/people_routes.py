"""People and their roles: who is in which unit, a new account with its one-time code, roles, switching off."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Person
from app.accounts.operations import management, throttle
from app.accounts.operations.management import Term
from app.accounts.policy import Giving, roles_to_give
from app.accounts.queries import directory
from app.cards.operations import assignees
from app.core import clock
from app.core.actor import Role
from app.core.errors import Refused
from app.core.policy import Permission, can, require, why_not
from app.organisation.models import Unit
from app.organisation.queries import unit as unit_by_id
from app.organisation.queries import units
from app.web.forms import NONE, Refusal, carry_out, number, read_day
from app.web.responses import or_404

bp = Blueprint("people", __name__)
NOWHERE = 0  # a unit that is nobody's


@bp.get("/people", endpoint="index")
def show_people() -> Any:
    require(current_user, Permission.PEOPLE_SEE)
    listed = directory.by_unit(directory.people())
    standing = [unit for unit in units() if can(current_user, Permission.PEOPLE_SEE, unit.id)]
    sees_all = len(standing) == len(units())
    parts = [(unit, listed.get(unit.id, [])) for unit in standing]
    return render_template(
        "admin/people/index.html",
        parts=[part for part in parts if part[1] or not sees_all],
        empty=[unit for unit, found in parts if not found] if sees_all else [],
        without=listed.get(None, []) if sees_all else [],
        words=directory.ROLE_WORDS,
        count=len({one.id for _unit, found in parts for one, _held in found}),
    )


@bp.get("/people/new", endpoint="new")
def new_person() -> Any:
    require(current_user, Permission.PEOPLE_SEE)
    return _new_page()


@bp.post("/people", endpoint="add")
def add_person() -> Any:
    form = request.form
    try:
        giving = Giving(_role(), number("unit"))
        names = (form.get("username", ""), form.get("name", ""), form.get("title", ""))
        person, code = management.add_person(current_user, names, giving, _term())
    except Refused as refusal:
        require(current_user, Permission.PEOPLE_SEE)
        return _new_page(refusal)
    return _code_page(person, code)


@bp.get("/people/<int:person_id>", endpoint="show")
def show_person(person_id: int) -> Any:
    return _page(person_id)


@bp.post("/people/<int:person_id>/particulars", endpoint="rename")
def rename_person(person_id: int) -> Any:
    def deed(person: Person) -> str:
        form = request.form
        management.rename_person(
            current_user, person, form.get("name", ""), form.get("title", ""), seen_version=number("version")
        )
        return _("Đã lưu họ tên và chức vụ.")

    return _carry_out(person_id, "particulars", deed)


@bp.post("/people/<int:person_id>/roles", endpoint="give_role")
def give_role(person_id: int) -> Any:
    def deed(person: Person) -> str:
        giving = Giving(_role(), number("unit"), person.id)
        management.give_role(current_user, person, giving, _term(), seen_version=number("version"))
        return _("Đã giao vai trò. Người này cần đăng nhập lại.")

    return _carry_out(person_id, "role", deed)


@bp.post("/people/<int:person_id>/role-ends", endpoint="end_role")
def end_role(person_id: int) -> Any:
    def deed(person: Person) -> str:
        management.end_role(current_user, person, number("grant"), read_day("last"), seen_version=number("version"))
        return _("Đã ghi ngày kết thúc vai trò. Người này cần đăng nhập lại.")

    return _carry_out(person_id, f"end-{number('grant')}", deed)


@bp.post("/people/<int:person_id>/state", endpoint="switch")
def switch_person(person_id: int) -> Any:
    on = request.form.get("state") == "on"

    def deed(person: Person) -> str:
        management.switch(current_user, person, on=on, seen_version=number("version"))
        return _("Đã mở lại tài khoản.") if on else _("Đã khóa tài khoản; các phiên làm việc đã kết thúc.")

    return _carry_out(person_id, "state", deed)


@bp.post("/people/<int:person_id>/lock-end", endpoint="end_lock")
def end_lock(person_id: int) -> Any:
    def deed(person: Person) -> str:
        management.end_lock(current_user, person)
        return _("Đã mở tạm khóa; người này đăng nhập lại được ngay.")

    return _carry_out(person_id, "lock", deed)


@bp.post("/people/<int:person_id>/one-time-code", endpoint="renew_code")
def renew_code(person_id: int) -> Any:
    person = or_404(directory.person(person_id))
    try:
        code = management.renew_code(current_user, person, seen_version=number("version"))
    except Refused as refusal:
        return _page(person_id, Refusal(refusal, "code"))
    return _code_page(person, code)


def _carry_out(person_id: int, form_of: str, deed: Any) -> Any:
    """Do it and go back to the page of the person; after a refusal the same page with what was typed."""
    person = or_404(directory.person(person_id))
    to = url_for("people.show", person_id=person_id)
    return carry_out(form_of, lambda: str(deed(person)), to, lambda refused: _page(person_id, refused))


def _page(person_id: int, refused: Refusal = NONE) -> Response:
    person = or_404(directory.person(person_id))
    held = directory.standing(person)
    if not any(can(current_user, Permission.PEOPLE_SEE, grant.unit_id) for grant in held):
        require(current_user, Permission.PEOPLE_SEE, NOWHERE)
    until = throttle.locked_until(throttle.account_key(person.username))
    known = {unit_id: unit_by_id(unit_id) for unit_id in {grant.unit_id for grant in person.grants}}
    html = render_template(
        "admin/people/person.html",
        person=person,
        held=[(grant, known[grant.unit_id], _may_end(person, grant)) for grant in held],
        ended=[(grant, known[grant.unit_id]) for grant in directory.ended(person)],
        words=directory.ROLE_WORDS,
        handing=assignees.work_of(person_id),
        waits_until=f"{clock.local(until):%H:%M}" if until else None,
        locked=why_not(current_user, Permission.PERSON_MANAGE, person),
        units=_units_to_give(),
        roles=_roles(),
        **refused.context,
    )
    return make_response(html, refused.status)


def _new_page(refusal: Refused | None = None) -> Response:
    refused = Refusal(refusal, "new")
    context = refused.context | {"form": request.form if refusal else request.args}  # what a link to this page chose
    html = render_template("admin/people/new.html", units=_units_to_give(), roles=_roles(), **context)
    return make_response(html, refused.status)


def _code_page(person: Person, code: str) -> Response:
    response = make_response(render_template("admin/people/code.html", person=person, code=code))
    response.headers["Cache-Control"] = "no-store"  # shown once
    return response


def _may_end(person: Person, grant: Any) -> bool:
    manages = can(current_user, Permission.PERSON_MANAGE, person)
    return manages and can(current_user, Permission.ROLE_GIVE, Giving(grant.role, grant.unit_id, person.id))


def _units_to_give() -> list[Unit]:
    return [unit for unit in units() if roles_to_give(current_user, unit.id)]


def _roles() -> list[tuple[str, Any]]:
    """The roles that the person may give somewhere."""
    somewhere = {role for unit in _units_to_give() for role in roles_to_give(current_user, unit.id)}
    return [(role.value, words) for role, words in directory.ROLE_WORDS.items() if role in somewhere]


def _role() -> Role:
    chosen = request.form.get("role", "")
    if chosen not in {role.value for role in Role}:
        raise Refused(_("Chọn vai trò."), field="role")
    return Role(chosen)


def _term() -> Term:
    return Term(read_day("first"), read_day("last"))
