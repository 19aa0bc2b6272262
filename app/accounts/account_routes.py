"""One's own account: roles, password, open sessions."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user

from app.accounts.operations import self_service
from app.accounts.queries import directory
from app.accounts.queries.sessions import actor_by_token
from app.core.errors import Refused
from app.organisation.queries import unit as unit_by_id
from app.web.flash import tell
from app.web.forms import errors_of
from app.web.responses import go, or_404, see_other

bp = Blueprint("account", __name__)


@bp.get("/account", endpoint="show")
def show_account() -> Any:
    return _page()


@bp.post("/account/password", endpoint="change_password")
def change_password() -> Any:
    form = request.form
    try:
        opened = self_service.change_password(
            current_user,
            form.get("now", ""),
            form.get("password", ""),
            form.get("password_again", ""),
            is_sample=current_app.extensions["bdg"].is_sample,
        )
    except Refused as refusal:
        return _page(refusal)
    session.clear()  # a new session, with a token of its own
    login_user(actor_by_token(opened.token))
    tell(_("Đã đổi mật khẩu; các phiên làm việc khác đã kết thúc."))
    return go(url_for("account.show"))


@bp.post("/account/sessions/<int:session_id>/closure", endpoint="close_session")
def close_session(session_id: int) -> Any:
    or_404(next((row for row in self_service.open_sessions(current_user) if row.id == session_id), None))
    self_service.close_session(current_user, session_id)
    tell(_("Đã kết thúc phiên làm việc."))
    return see_other(url_for("account.show", _anchor="phien"))


@bp.post("/account/other-sessions/closure", endpoint="close_others")
def close_other_sessions() -> Any:
    self_service.close_other_sessions(current_user)
    tell(_("Đã kết thúc các phiên làm việc khác."))
    return see_other(url_for("account.show", _anchor="phien"))


def _page(refusal: Refused | None = None) -> Response:
    person = or_404(directory.person(current_user.id))
    held = directory.standing(person)
    html = render_template(
        "accounts/account.html",
        person={"name": person.name, "username": person.username, "session_id": current_user.session_id},
        roles=[(grant, unit_by_id(grant.unit_id)) for grant in held],
        words=directory.ROLE_WORDS,
        sessions=self_service.open_sessions(current_user),
        is_sample=current_app.extensions["bdg"].is_sample,
        refusal=refusal.sentence if refusal else None,
        errors=errors_of(refusal),
    )
    return make_response(html, refusal.status if refusal else 200)
