"""Signing in and out, and the page that makes the first administrator."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from app.accounts import first_admin as first
from app.accounts import operations, queries
from app.core.errors import Refused
from app.extensions import login
from app.sample_accounts import listed
from app.web import go, see_other

bp = Blueprint("accounts", __name__)
UNATTENDED = frozenset({"live.board", "live.card"})  # an open page asks by itself: that is nobody using the session


login.user_loader(queries.actor_by_token)


@bp.before_app_request
def note_use() -> None:
    if request.endpoint in UNATTENDED:
        return
    if current_user.is_authenticated and current_user.session_id is not None:
        operations.touch(current_user)


@bp.get("/login")
def sign_in() -> Any:
    if current_user.is_authenticated:
        return go(_safe(request.args.get("next")))
    return _sign_in_page(next_url=request.args.get("next", ""))


@bp.post("/login")
def open_session() -> Any:
    username, next_url = request.form.get("username", ""), request.form.get("next", "")
    try:
        opened = operations.sign_in(
            username,
            request.form.get("password", ""),
            request.remote_addr or "",
            is_sample=current_app.extensions["bdg"].is_sample,
        )
    except Refused as refusal:
        return _sign_in_page(next_url=next_url, error=str(refusal), username=username), 422
    session.clear()  # a new session for a new person: nothing of the old one, its CSRF token least of all
    login_user(queries.actor_by_token(opened.token))
    return go(_safe(next_url))


@bp.post("/logout")
def sign_out() -> Any:
    operations.sign_out(current_user)
    logout_user()
    session.clear()
    return see_other(url_for("accounts.sign_in"))


@bp.get("/first-administrator")
def first_admin() -> Any:
    first.require_open(current_app.extensions["bdg"].data)
    return _first_page(code=request.args.get("code", ""))


@bp.post("/first-administrator")
def make_first_admin() -> Any:
    folder, form = current_app.extensions["bdg"].data, request.form
    first.require_open(folder)
    try:
        first.create(
            folder,
            code=form.get("code", ""),
            username=form.get("username", ""),
            name=form.get("name", ""),
            password=form.get("password", ""),
            again=form.get("password_again", ""),
        )
    except Refused as refusal:
        return _first_page(code=form.get("code", ""), typed=form, errors={refusal.field or "": str(refusal)}), 422
    return go(url_for("accounts.sign_in"))


def _sign_in_page(*, next_url: str, error: str | None = None, username: str = "") -> str:
    accounts = listed() if current_app.extensions["bdg"].is_sample else []
    return render_template(
        "accounts/sign_in.html", next=next_url, error=error, username=username, sample_accounts=accounts
    )


def _first_page(*, code: str, typed: Any = None, errors: Any = None) -> str:
    return render_template("accounts/first_admin.html", code=code, typed=typed or {}, errors=errors or {})


def _safe(target: str | None) -> str:
    """`target` if it is a path of this site, else the home page: no sending people elsewhere after sign-in."""
    parts = urlsplit(target or "")
    inside = target and not parts.scheme and not parts.netloc and target.startswith("/") and target[1:2] not in "/\\"
    return target if inside and target else url_for("home.show")
