"""The forms in which this office's papers are headed, signed and sent: the office's own words, else the defaults."""

from dataclasses import fields

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.actor import Actor
from app.core.change import STALE, change
from app.core.errors import Refused, Stale
from app.core.policy import Permission
from app.core.vietnamese import clean, fold
from app.extensions import db
from app.organisation.profile_defaults import OFFICE_FORMS, PaperTemplate, Profile, default
from app.organisation.profile_models import PaperProfile

ISSUER_NEEDED = _l("Nhập tên cơ quan ban hành.")
TOO_MANY_LINES = _l("Tối đa %(limit)s dòng.")
TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")


LINES = {"issuing_body": 2, "signer": 3, "recipients": 12}
"""Fields of several lines → the most they may have."""
FIELDS = tuple(f.name for f in fields(Profile) if f.name != "version")
LONGEST = 120  # letters of a line


def load(form: PaperTemplate) -> Profile:
    """The profile of `form` in force."""
    row = db.session.scalar(select(PaperProfile).where(PaperProfile.key == form.value))
    if row is None:
        return default(form)
    return Profile(**{f.name: getattr(row, f.name) for f in fields(Profile)})


def named(words: str) -> PaperTemplate | None:
    """The form that `words` name: its key, or what people call it, with or without accents."""
    said = fold(words)
    return next((form for form in PaperTemplate if said in (form.value, fold(form.words))), None)


def save(actor: Actor, form: PaperTemplate, said: dict[str, str], *, seen_version: int) -> PaperProfile:
    """Set the profile of `form`.

    Raises `Forbidden`; `Stale` when somebody was faster; `Refused`, with its field, for what cannot be printed.
    """
    cleaned = {name: "\n".join(_lines(said.get(name, ""))) for name in FIELDS}
    if form not in OFFICE_FORMS:
        raise ValueError(form)
    with change(actor, Permission.PROFILE_SET, form):
        row = db.session.scalar(select(PaperProfile).where(PaperProfile.key == form.value))
        if (row.version if row else 0) != seen_version:
            raise Stale(STALE)
        _check(cleaned)
        row = row or PaperProfile(key=form.value)
        for name, text in cleaned.items():
            setattr(row, name, text)
        db.session.add(row)
    return row


def _check(said: dict[str, str]) -> None:
    for name in ("issuing_body", "issuer"):
        if not said[name]:
            raise Refused(ISSUER_NEEDED, field=name)
    for name, text in said.items():
        lines = text.split("\n")
        if len(lines) > LINES.get(name, 1):
            raise Refused(TOO_MANY_LINES % {"limit": LINES.get(name, 1)}, field=name)
        if any(len(line) > LONGEST for line in lines):
            raise Refused(TOO_LONG % {"limit": LONGEST}, field=name)


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in clean(text).splitlines()) if line]
