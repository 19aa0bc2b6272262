"""What was typed and could not be taken is offered again: after signing in anew, to the person who typed it."""

from typing import Any

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts import page_owner
from app.accounts.page_owner import UnsentForm
from app.accounts.sample_accounts import listed
from app.core import clock
from app.core.change import request_id
from app.web.echo import is_typed, label, typed
from app.web.front_door import upload_limit
from app.web.page_addresses import match_address, page_address, page_of
from app.web.rendering import wants_fragment
from app.web.request_values import parts_of


def sign_in_page(status: int = 200, *, next_url: str = "", error: str | None = None, username: str = "") -> Response:
    """The sign-in page; with the form that waits behind it, if one was sent along."""
    sealed = request.form.get("kept", "")
    kept = page_owner.unseal(sealed)
    context = {
        "next": next_url or request.form.get("next", ""),
        "error": error,
        "username": username,
        "kept": sealed if kept else "",
        "typed": _words(kept) if kept else [],
        "sample_accounts": listed() if current_app.extensions["bdg"].is_sample else [],
    }
    return make_response(render_template("accounts/sign_in.html", **context), status)


def signed_out(sentence: str, status: int) -> Response:
    """The answer to a form of a person who is not, or not any more, the one signed in: the sentence, what was typed,
    and the way to sign in and go on with it. For htmx a notice, as the page with what was typed still stands.
    """
    if wants_fragment():
        return _notice(sentence, status)
    owner = page_owner.owner()
    context = {
        "sentence": sentence,
        "typed": _entered(),
        "kept": page_owner.seal(),
        "next": page_address(),
        "who": page_owner.name_of(owner) if owner else "",
        "reference": request_id.get(),
        "now": clock.now(),
    }
    return make_response(render_template("layout/errors/signed_out.html", **context), status)


def offer(kept: UnsentForm) -> Response:
    """The form that waited for its person to sign in again."""
    return again(kept, _("Đã đăng nhập lại."))


def again(kept: UnsentForm, sentence: str, status: int = 200) -> Response:
    """The form in `kept` with all that it said, for the person whose it is, to be sent once more."""
    path = parts_of(kept.action).path
    answered = match_address(path, "POST")  # None where an upgrade has taken the address away meanwhile
    context = {
        "sentence": sentence,
        "action": kept.action,
        "carried": [(name, value) for name, value in kept.fields if not is_typed(name)],
        "entered": [(name, label(name), value) for name, value in kept.fields if is_typed(name)],
        "takes_files": upload_limit(current_app, answered[0] if answered else None) is not None,
        "address": page_of(path),
    }
    return make_response(render_template("layout/errors/again.html", **context), status)


def _notice(sentence: str, status: int) -> Response:
    owner = page_owner.owner()
    url = url_for("accounts.sign_in", next=page_address(), switch=page_owner.mark_of(owner) if owner else None)
    response = make_response(render_template("layout/_sign_in_again.html", sentence=sentence, url=url), status)
    response.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    return response


def signed_out_words() -> str:
    """What is said where a session has ended; by name where the page tells whose it was."""
    owner = page_owner.owner()
    name = page_owner.name_of(owner) if owner else ""
    if name:
        return _("Phiên làm việc của %(name)s đã kết thúc; thao tác chưa được ghi. Hãy đăng nhập lại.", name=name)
    return _("Phiên làm việc đã kết thúc; thao tác chưa được ghi. Hãy đăng nhập lại.")


def another_words(another: page_owner.Another) -> str:
    """What is said to who sends a form of somebody else's page."""
    return _(
        "Trang này của %(theirs)s; đang đăng nhập là %(mine)s. Thao tác chưa được ghi.",
        theirs=another.theirs or _("người khác"),
        mine=another.mine,
    )


def _entered() -> list[tuple[Any, str]]:
    try:
        return typed(request.form)
    except RequestEntityTooLarge:
        return []


def _words(kept: UnsentForm) -> list[tuple[Any, str]]:
    return typed(MultiDict(kept.fields))
