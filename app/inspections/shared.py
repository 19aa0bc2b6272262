"""What the pages of inspections share: one blueprint, posted choices, and a refusal that keeps what was typed."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, make_response, request

from app.core.errors import Forbidden, Refused, Stale
from app.core.vietnamese import clean, clean_line
from app.evidence.particulars import Incoming
from app.files import upkeep
from app.files.store import MEGABYTE
from app.organisation import settings
from app.web.flash import tell
from app.web.rendering import wants_fragment
from app.web.responses import see_other

bp = Blueprint("inspections", __name__)
Choice = TypeVar("Choice", bound=StrEnum)
_FIELDS_BYTES = 1_000_000
_LONGEST_KEY = 64


@dataclass(frozen=True)
class Refusal:
    """A form that came back: its sentence, which form it is, and what was typed."""

    refusal: Refused | None = None
    form_of: str | None = None

    @property
    def context(self) -> dict[str, Any]:
        """As the templates read it."""
        error = self.refusal
        return {
            "refusal": error.sentence if error else None,
            "stale": isinstance(error, Stale),
            "errors": {error.field: error.sentence} if error and error.field else {},
            "form": request.form if error else {},
            "form_of": self.form_of,
        }

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 200


NONE = Refusal()


def carry_out(
    form_of: str,
    deed: Callable[[], str],
    to: str,
    page: Callable[[Refusal], Any],
    standing: Callable[[], dict[str, Any]] = dict,
) -> Any:
    """Do it, say so and go `to`; a refusal shows `page` again with what was typed.

    A device is answered with data instead: what became of its sending, and what is `standing` now.
    """
    try:
        told = deed()
    except Refused as refusal:
        if wants_data():
            return refused_data(refusal)
        if wants_fragment():
            raise
        return page(Refusal(refusal, form_of))
    if wants_data():
        return make_response(jsonify({"outcome": "saved"} | standing()), HTTPStatus.CREATED)
    tell(told)
    return see_other(to)


def wants_data() -> bool:
    """Whether a device asks, which sends what it kept."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def refused_data(refusal: Refused, **more: Any) -> Response:
    """A refusal as a device reads it, with its status."""
    outcome = {Forbidden: "forbidden", Stale: "overtaken"}
    name = next((name for kind, name in outcome.items() if isinstance(refusal, kind)), "refused")
    said = {"outcome": name, "sentence": str(refusal.sentence), "field": refusal.field}
    return make_response(jsonify(said | more), refusal.status)


def line(name: str) -> str:
    """One line of a form."""
    return clean_line(request.form.get(name, ""))


def paragraphs(name: str) -> str:
    """A longer text of a form."""
    return clean(request.form.get(name, ""))


def choice(kind: type[Choice], value: str | None) -> Choice | None:
    """The member of `kind` that a form or an address names."""
    return kind(value) if value in {member.value for member in kind} else None


def posted_file() -> Incoming | None:
    """The one file of a form, if any was chosen."""
    upload = request.files.get("files")
    return Incoming(upload.filename, upload.stream) if upload and upload.filename else None


def new_key() -> str:
    """A key under which one sending is known, however often it comes."""
    return secrets.token_hex(16)


def sending_key() -> str | None:
    """The key of the sending that is posted, if it has one."""
    return line("client_key")[:_LONGEST_KEY] or None


def file_limit() -> int:
    return settings.load().max_file_mb * MEGABYTE


def form_limit() -> int:
    """The bytes of a form with one file."""
    return file_limit() + _FIELDS_BYTES


store = upkeep.store
