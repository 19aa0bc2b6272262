"""What the pages of inspections share: one blueprint, the answers to a device, and the one file of a form."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from app.core.errors import Forbidden, Refused, Stale
from app.files.store import MEGABYTE, Incoming
from app.organisation import settings
from app.web import forms
from app.web.forms import Refusal, line

bp = Blueprint("inspections", __name__)
_FIELDS_BYTES = 1_000_000
_LONGEST_KEY = 64


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
    if not wants_data():
        return forms.carry_out(form_of, deed, to, page)
    try:
        deed()
    except Refused as refusal:
        return refused_data(refusal)
    return make_response(jsonify({"outcome": "saved"} | standing()), HTTPStatus.CREATED)


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
