"""Mẫu trình ký: how this office's papers are headed, signed and sent, form by form."""

from typing import Any

from flask import Blueprint, abort, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import Forbidden, Refused, Stale
from app.core.policy import Permission, require
from app.organisation.operations import profiles
from app.organisation.profile_defaults import ABOUT, OFFICE_FORMS, PaperTemplate
from app.web.rendering import render
from app.web.request_values import posted_number
from app.web.responses import see_other

bp = Blueprint("profiles", __name__)


@bp.get("/export/profiles")
def show() -> Any:
    require(current_user, Permission.PROFILE_SET)
    return _page()


@bp.post("/export/profiles")
def save() -> Any:
    require(current_user, Permission.PROFILE_SET)
    key, seen = request.form.get("form"), posted_number("version")
    if key not in {form.value for form in OFFICE_FORMS} or seen is None:
        abort(400)
    try:
        profiles.save(current_user, PaperTemplate(key), dict(request.form), seen_version=seen)
    except Refused as refusal:
        if isinstance(refusal, Forbidden):
            raise
        return make_response(_page(refusal), refusal.status)
    return see_other(url_for("profiles.show", saved=key))


def _page(refusal: Refused | None = None) -> str:
    """Both forms; the refused one as it was typed, on the version that now stands where somebody was faster."""
    parts = []
    for form in OFFICE_FORMS:
        known = profiles.load(form)
        refused = refusal is not None and request.form.get("form") == form.value
        typed: Any = {name: getattr(known, name) for name in profiles.FIELDS}
        version = known.version if not refused or isinstance(refusal, Stale) else posted_number("version")
        parts.append(
            {
                "key": form.value,
                "name": _(form.words),
                "about": ABOUT[form],
                "version": version,
                "typed": request.form if refused else typed,
                "errors": {refusal.field: refusal.sentence} if refused and refusal and refusal.field else {},
                "refusal": refusal.sentence if refused and refusal else None,
                "saved": request.args.get("saved") == form.value,
            }
        )
    return render("summaries/profiles.html", parts=parts)
