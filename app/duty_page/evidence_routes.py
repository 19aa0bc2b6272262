"""Documents come in by one form, with a script or without, are reviewed; files go out, as attachments only."""

import logging
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.cards.queries import rows as board
from app.core.errors import Busy, Refused
from app.core.policy import Permission, require
from app.core.vietnamese import clean, clean_line
from app.duty_page.responses import show_page
from app.evidence import forms, operations, queries
from app.evidence.models import Evidence, Review
from app.evidence.particulars import MAX_FILES
from app.files.downloads import hand_out, outgoing
from app.files.store import MEGABYTE, installed_store
from app.organisation import settings
from app.web.flash import tell
from app.web.front_door import takes_files
from app.web.rendering import wants_fragment
from app.web.request_values import posted_number
from app.web.responses import or_404, see_other

bp = Blueprint("evidence", __name__)
_FIELDS_BYTES = 1_000_000
_KEY_LENGTH = 64
_log = logging.getLogger("bdg.evidence")


def _file_limit() -> int:
    return settings.load().max_file_mb * MEGABYTE


def _form_limit() -> int:
    return _file_limit() * MAX_FILES + _FIELDS_BYTES


@bp.post("/cards/<int:card_id>/evidence")
@takes_files(_form_limit)
def add(card_id: int) -> Any:
    card = or_404(board.card(current_user, card_id))
    try:
        require(current_user, Permission.EVIDENCE_ADD, card)
        posted = forms.read(request.form, request.files.getlist("files"), year=card.action.plan.year)
        if posted.errors:
            field, sentence = next(iter(posted.errors.items()))
            raise Refused(sentence, field=field, errors=posted.errors)
        evidence = operations.add_evidence(
            current_user,
            card,
            posted.said,
            posted.files,
            store=installed_store(),
            limit_bytes=_file_limit(),
            quota_bytes=settings.load().unit_quota_mb * MEGABYTE,
            document_key=clean_line(request.form.get("document_key", ""))[:_KEY_LENGTH] or None,
        )
    except Refused as refusal:
        return _refused(card_id, refusal, "evidence")
    return _added(card_id, evidence)


@bp.post("/evidence/<int:evidence_id>/review")
def review(evidence_id: int) -> Any:
    evidence = or_404(queries.evidence(evidence_id))
    card_id, seen, verdict = evidence.card_id, posted_number("version"), request.form.get("review")
    if seen is None or verdict not in {r.value for r in Review}:
        abort(400)
    reason = clean(request.form.get("reason", ""))
    try:
        operations.review_evidence(current_user, evidence, Review(verdict), reason, seen_version=seen)
    except Refused as refusal:
        return _refused(card_id, refusal, f"review-{evidence_id}")
    tell(_("Đã ghi nhận xét về minh chứng."))
    return see_other(url_for("duty.show", card_id=card_id, _anchor=f"minh-chung-{evidence_id}"))


@bp.get("/evidence-files/<int:file_id>")
def download(file_id: int) -> Any:
    file, evidence = or_404(queries.file(file_id))
    going, restricted = outgoing(file), evidence.restricted
    try:
        operations.record_download(current_user, file, evidence)
    except Busy:
        if restricted:  # never handed out unlogged; other files can be read while nothing can be written
            raise
        _log.warning("a download could not be logged", extra={"file_id": file_id})
    return hand_out(going)


def _added(card_id: int, evidence: Evidence) -> Any:
    """The script that sends files one by one reads the page again by itself and is told where the document stands in
    it; a plain form goes back there.
    """
    place = url_for("duty.show", card_id=card_id, _anchor=f"minh-chung-{evidence.id}")
    twins = list(_given_elsewhere(evidence))
    if twins or not wants_fragment():
        tell(" ".join([_("Đã lưu văn bản."), _named(evidence), *twins]))
    if wants_fragment():
        return "", 201, {"Location": place}
    return see_other(place)


def _named(evidence: Evidence) -> str:
    names = ", ".join(file.name for file in evidence.files)
    return f"“{evidence.summary}” ({names})." if names else f"“{evidence.summary}”."


def _given_elsewhere(evidence: Evidence) -> Iterator[str]:
    names = {file.sha256: file.name for file in evidence.files}
    for twin in queries.same_file_elsewhere(names, evidence.unit_id):
        yield _(
            "Lưu ý: tệp “%(name)s” trùng với tệp %(unit)s đã gửi (văn bản %(number)s).",
            name=names[twin.sha256],
            unit=twin.unit_name,
            number=twin.number or _("không số"),
        )


def _refused(card_id: int, refusal: Refused, form_of: str) -> Any:
    """A notice for the script, else the duty page with what was typed and the sentence beside it."""
    if wants_fragment():
        raise refusal
    return show_page(card_id, refusal=refusal, form_of=form_of, form=request.form)
