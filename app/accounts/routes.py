"""Signing in and out, and the page that makes the first administrator."""

import logging
from typing import Any

from flask import Blueprint, current_app, g, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from app.accounts import devices
from app.accounts.operations import first_admin as first
from app.accounts.operations import one_time_codes
from app.accounts.operations import sign_in as operations
from app.accounts.page_owner import form_token, kept_for, mark
from app.accounts.queries import sessions
from app.accounts.sent_again import offer, sign_in_page
from app.core.actor import Actor
from app.core.database import DatabaseTrouble
from app.core.errors import Busy, Refused
from app.core.vietnamese import clean_line
from app.extensions import login
from app.web.request_values import parts_of
from app.web.responses import go, see_other

bp = Blueprint("accounts", __name__)
_log = logging.getLogger("bdg.accounts")
# What an open page asks by itself: that is nobody using the session.
UNATTENDED = frozenset({"live.board", "live.card", "accounts.current_session"})


def person_behind(token: str) -> Actor | None:
    """The person of a session; nobody on the error page of a database that has just failed to tell."""
    if g.get("people_unreadable"):
        return None
    try:
        return sessions.actor_by_token(token)
    except DatabaseTrouble:
        g.people_unreadable = True
        raise


login.user_loader(person_behind)


@bp.before_app_request
def note_use() -> None:
    if request.endpoint in UNATTENDED or not current_user.is_authenticated or current_user.session_id is None:
        return
    try:
        operations.touch(current_user)
    except Busy:
        _log.warning("the use of a session could not be noted")  # reading goes on while nothing can be written


@bp.get("/sessions/current")
def current_session() -> Any:
    """Who is signed in here and the token for their forms: an open page asks before it sends again what did not go."""
    return {"person": mark(), "name": current_user.name, "csrf_token": form_token()}


@bp.get("/login")
def sign_in() -> Any:
    if current_user.is_authenticated and request.args.get("switch") in (None, mark()):
        return go(_safe(request.args.get("next")))
    return sign_in_page(next_url=request.args.get("next", ""), username=request.args.get("username", ""))


@bp.post("/login")
def open_session() -> Any:
    username, next_url = clean_line(request.form.get("username", "")), clean_line(request.form.get("next", ""))
    try:
        opened = operations.sign_in(
            username,
            request.form.get("password", ""),
            request.remote_addr or "",
            is_sample=current_app.extensions["bdg"].is_sample,
            devices=devices.known(),
        )
    except Refused as refusal:
        return sign_in_page(refusal.status, next_url=next_url, error=str(refusal), username=username)
    if current_user.is_authenticated:
        operations.sign_out(current_user)
    session.clear()  # a new session for a new person: nothing of the old one, its CSRF token least of all
    login_user(sessions.actor_by_token(opened.token))
    kept = kept_for(current_user, request.form.get("kept", ""))
    return devices.keep(offer(kept) if kept is not None else go(_safe(next_url)), opened.person_id)


@bp.post("/logout")
def sign_out() -> Any:
    operations.sign_out(current_user)
    logout_user()
    session.clear()
    response = see_other(url_for("accounts.sign_in"))
    # Pages leave the browser's caches; "storage" would take along what a person has written and not sent yet.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


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
        return _first_page(
            code=form.get("code", ""), typed=form, errors={refusal.field or "": str(refusal)}
        ), refusal.status
    return go(url_for("accounts.sign_in"))


@bp.get("/one-time-code")
def one_time() -> Any:
    return _one_time_page(request.args)


@bp.post("/one-time-code")
def redeem() -> Any:
    form = request.form
    try:
        person_id = one_time_codes.redeem(
            form.get("username", ""),
            form.get("code", ""),
            form.get("password", ""),
            form.get("password_again", ""),
            request.remote_addr or "",
        )
    except Refused as refusal:
        return _one_time_page(form, refusal), refusal.status
    to = url_for("accounts.sign_in", username=clean_line(form.get("username", "")).lower())
    return devices.keep(go(to), person_id)


def _one_time_page(typed: Any, refusal: Refused | None = None) -> str:
    errors = {refusal.field or "": str(refusal)} if refusal else {}
    return render_template("accounts/one_time.html", typed=typed, errors=errors)


def _first_page(*, code: str, typed: Any = None, errors: Any = None) -> str:
    return render_template("accounts/first_admin.html", code=code, typed=typed or {}, errors=errors or {})


def _safe(target: str | None) -> str:
    """`target` if it is a path of this site, else the home page: no sending people elsewhere after sign-in."""
    parts = parts_of(target)
    inside = target and not parts.scheme and not parts.netloc and target.startswith("/") and target[1:2] not in "/\\"
    return target if inside and target and target.isprintable() else url_for("home.show")
