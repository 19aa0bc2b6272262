"""Chữ viết tắt: the ways of writing that stand for each other when people search."""

from typing import Any

from flask import Blueprint, current_app, make_response, request, url_for
from flask_login import current_user

from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, require
from app.organisation.operations import settings
from app.search import operations
from app.web.forms import errors_of
from app.web.rendering import render
from app.web.request_values import posted_number
from app.web.responses import see_other

bp = Blueprint("abbreviations", __name__)


@bp.get("/abbreviations")
def show() -> Any:
    return _page()


@bp.post("/abbreviations")
def save() -> Any:
    require(current_user, Permission.SETTINGS_MANAGE)
    text = operations.shipped_lines() if request.form.get("shipped") else request.form.get("list", "")
    try:
        operations.keep(current_user, text, seen_version=posted_number("version") or 0)
    except Forbidden:
        raise
    except Refused as refusal:
        return make_response(_page(refusal), refusal.status)
    return see_other(url_for("abbreviations.show", saved=1))


def _page(refusal: Refused | None = None) -> str:
    require(current_user, Permission.SETTINGS_MANAGE)
    return render(
        "search/abbreviations.html",
        version=settings.version(),
        typed=request.form
        if refusal
        else {"list": operations.lines(operations.own_file(current_app.extensions["bdg"].data))},
        errors=errors_of(refusal),
        refusal=refusal.sentence if refusal else None,
        saved=bool(request.args.get("saved")),
    )
