"""Whose page a form comes from: what one person's page sends is never written as another's.

Every token in a page carries a mark of the person for whom the page was made, signed with the installation's key. A
browser knows one person at a time, its tabs do not: a form of the first person's page, sent after a second one has
signed in, is refused with both names. What was typed is in the answer and, sealed for the first person alone, goes
through the sign-in and is offered again after it. The same becomes of a form whose session has ended.

A script that sends what was kept says whose it is in the field `page_of` or the header `X-Page-Of`, with the mark as
it stood in the page (`data-page-of` of the body).
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, Signer, URLSafeTimedSerializer
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts.queries.sessions import ABSOLUTE, names_of
from app.extensions import Protect
from app.web.echo import fields, typed

FIELD, HEADER = "page_of", "X-Page-Of"
OTHERS = "X-Signed-In-As-Another"  # by this an answer tells a script that somebody else is signed in
SIGNS_IN = "accounts.open_session"


class Another(Exception):
    """The form is of one person's page and another one is signed in."""

    def __init__(self, theirs: str, mine: str) -> None:
        super().__init__(theirs, mine)
        self.theirs, self.mine = theirs, mine


@dataclass(frozen=True)
class UnsentForm:
    """A form that was not carried out: whose page it was on, its address with the query, what its fields said."""

    person_id: int
    action: str
    fields: list[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Check every form and every region asked for, before its token is checked."""
    app.before_request(check)


def init_templates(app: Flask) -> None:
    """Give templates `page_of` and `csrf_token`: after the extension that checks tokens, which would write its own."""
    app.jinja_env.globals.update(page_of=mark)
    app.context_processor(lambda: {"csrf_token": form_token})


def form_token() -> str:
    """What stands in the hidden field of every form: the token of the session and the mark of the person."""
    return f"{generate_csrf()}{Protect.BETWEEN}{mark()}" if mark() else str(generate_csrf())


def mark() -> str:
    """The signed mark of the person signed in, "" for a stranger."""
    return mark_of(current_user.id) if current_user and current_user.is_authenticated else ""


def mark_of(person_id: int) -> str:
    """The signed mark of a person."""
    return _signer().sign(str(person_id)).decode()


def owner() -> int | None:
    """The person whose page this request comes from; None where it does not say so, or not truly."""
    told = request.headers.get(HEADER, "")
    if request.method == "POST":
        form = request.form
        told = form.get(FIELD) or form.get("csrf_token", "").partition(Protect.BETWEEN)[2] or told
    try:
        return int(_signer().unsign(told)) if told else None
    except (BadData, ValueError):
        return None


def check() -> None:
    """Raise `Another` where the request is of another person's page than of the one signed in. Signing in is free."""
    if not current_user.is_authenticated or request.endpoint == SIGNS_IN:
        return
    whose = owner()
    if whose is not None and whose != current_user.id:
        raise Another(name_of(whose), current_user.name)


def name_of(person_id: int) -> str:
    """The name of a person, "" for an account that is no more."""
    return names_of({person_id}).get(person_id, "")


def seal() -> str:
    """The form of this request, sealed for the person whose page it is on; "" where nothing was typed or it is
    nobody's.
    """
    kept = sent()
    if kept is None or not typed(request.form):
        return ""
    return str(_sealer().dumps([kept.person_id, kept.action, kept.fields]))


def sent() -> UnsentForm | None:
    """The form of this request as it came; None where it does not say whose page it is on, or is too large to read."""
    try:
        whose = owner()
        return UnsentForm(whose, request.full_path.rstrip("?"), fields(request.form)) if whose is not None else None
    except RequestEntityTooLarge:
        return None


def unseal(sealed: str) -> UnsentForm | None:
    """What `seal` closed; None for anything else, or from before the longest session."""
    try:
        whose, action, entered = _sealer().loads(sealed, max_age=int(ABSOLUTE.total_seconds()))
    except (BadData, ValueError):
        return None
    return UnsentForm(whose, action, [(name, value) for name, value in entered])


def kept_for(person: Any, sealed: str) -> UnsentForm | None:
    """The form in `sealed`, if it is of a page of `person`."""
    kept = unseal(sealed)
    return kept if kept is not None and kept.person_id == person.id else None


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="bdg.page-of", sep=".")


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="bdg.kept-form")
