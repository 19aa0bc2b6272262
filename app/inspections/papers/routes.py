"""The papers of a round and of its visits: drafts as Word files, and what became of them."""

from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.core.policy import Permission, can, require
from app.core.vietnamese import fold
from app.files.downloads import hand_out, outgoing
from app.files.store import installed_store
from app.inspections import queries
from app.inspections.models import InspectionRound
from app.inspections.papers import letter_data, operations
from app.inspections.papers.operations import SignedPaper
from app.inspections.recommendations.models import DocumentKind
from app.inspections.rounds.responses import round_page
from app.inspections.shared import bp, carry_out, file_limit, form_limit, posted_file
from app.inspections.visits.models import InspectionVisit
from app.inspections.visits.responses import visit_page
from app.web.forms import Refusal, choice, line, number, read_day
from app.web.front_door import takes_files
from app.web.responses import attachment, or_404

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAME_LETTERS = 80


@bp.get("/inspections/<int:round_id>/letter", endpoint="round_letter")
def round_letter(round_id: int) -> Any:
    """The draft named by `kind`, for those who see the round whole."""
    around = or_404(queries.inspection_round(current_user, round_id))
    kind = _drafted(letter_data.ROUND_DRAFTS)
    data, of = letter_data.round_letter(around, kind), around.name
    operations.record_draft(current_user, around, None, kind)
    return _word(data, kind, of)


@bp.get("/visits/<int:visit_id>/letter", endpoint="visit_letter")
def visit_letter(visit_id: int) -> Any:
    """The draft named by `kind`; the unit's head reads the draft biên bản once the team has shown it."""
    visit = or_404(queries.visit(current_user, visit_id))
    kind = _drafted(letter_data.VISIT_DRAFTS)
    if kind is DocumentKind.MINUTES:
        require(current_user, Permission.VISIT_READ, visit)
    elif not can(current_user, Permission.ROUND_READ, visit.round):
        abort(404)
    data, of = letter_data.visit_letter(visit, kind), visit.unit.name
    operations.record_draft(current_user, visit.round, visit, kind)
    return _word(data, kind, of)


@bp.post("/inspections/<int:round_id>/documents", endpoint="documents")
@takes_files(form_limit)
def change_documents(round_id: int) -> Any:
    around = or_404(queries.inspection_round(current_user, round_id))
    visit = _visit(around)
    kind = choice(DocumentKind, request.form.get("kind")) or abort(400)
    to = url_for("inspections.round", round_id=round_id, _anchor="van-ban")
    if visit is not None:
        to = url_for("inspections.visit", visit_id=visit.id, _anchor="van-ban")
    visit_id = visit.id if visit is not None else None

    def page(refused: Refusal) -> Any:
        return round_page(round_id, refused) if visit_id is None else visit_page(visit_id, refused)

    return carry_out(f"paper-{kind.value}", lambda: _deed(around, visit, kind), to, page)


@bp.get("/round-documents/<int:document_id>", endpoint="document_file")
def download(document_id: int) -> Response:
    found = or_404(operations.document(current_user, document_id))
    going = outgoing(found)
    operations.record_download(current_user, found)
    return hand_out(going)


def _deed(around: InspectionRound, visit: InspectionVisit | None, kind: DocumentKind) -> str:
    name = request.form.get("deed")
    if name == "submit":
        operations.submit(current_user, around, visit, kind)
        return _("Đã ghi trình ký.")
    if name == "take_back":
        operations.take_back(current_user, around, number("document"))
        return _("Văn bản trở lại là dự thảo.")
    said = SignedPaper(
        number=line("number"),
        issued_on=read_day("issued_on"),
        signer=line("signer"),
        file=posted_file(),
        issuer=line("issuer"),
        title=line("title"),
    )
    operations.issue(current_user, around, visit, kind, said, store=installed_store(), limit_bytes=file_limit())
    return _("Đã ghi văn bản ban hành, lưu tệp đã ký.")


def _visit(around: InspectionRound) -> InspectionVisit | None:
    visit_id = number("visit")
    if visit_id <= 0:
        return None
    found: InspectionVisit = or_404(queries.visit(current_user, visit_id))
    return found if found.round_id == around.id else abort(404)


def _drafted(kinds: tuple[DocumentKind, ...]) -> DocumentKind:
    kind = choice(DocumentKind, request.args.get("kind"))
    return kind if kind in kinds else abort(404)


def _word(data: bytes, kind: DocumentKind, of: str) -> Response:
    with force_locale("vi"):
        name = f"du-thao-{_slug(str(operations.PAPER_KIND_WORDS[kind]))}-{_slug(of)}.docx"
    response = attachment(name, len(data), _DOCX)
    if request.method == "GET":
        response.set_data(data)
    return response


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())[:_NAME_LETTERS]
