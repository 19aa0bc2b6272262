"""Notes, results per period, and corrections of what was entered for a unit: plain forms of the duty page."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.cards.models import Card
from app.cards.notes import operations
from app.cards.notes import queries as note_queries
from app.cards.notes.models import Answer, NoteKind, Period, Target
from app.cards.notes.rules import NoteInput
from app.cards.on_behalf import operations as corrections
from app.cards.on_behalf import queries as behalf
from app.cards.queries import rows
from app.core.errors import Refused
from app.core.vietnamese import clean
from app.duty_page.responses import read_said, show_page
from app.web.forms import Refusal, carry_out, choice
from app.web.request_values import posted_number
from app.web.responses import or_404

bp = Blueprint("notes", __name__)
WRITTEN = {
    NoteKind.RESULT: _l("Đã ghi kết quả theo kỳ."),
    NoteKind.PROGRESS: _l("Đã ghi tiến độ."),
    NoteKind.COORDINATION: _l("Đã ghi kết quả phối hợp."),
    NoteKind.DIFFICULTY: _l("Đã ghi khó khăn, vướng mắc."),
    NoteKind.PROPOSAL: _l("Đã ghi đề xuất, kiến nghị."),
}


@bp.post("/cards/<int:card_id>/notes")
def add(card_id: int) -> Any:
    card = or_404(rows.card(current_user, card_id))

    def deed() -> str:
        return str(WRITTEN[operations.add_note(current_user, card, _written(card)).kind])

    return _carry_out(card_id, "result" if request.form.get("kind") == NoteKind.RESULT else "note", "ghi-chu", deed)


@bp.post("/notes/<int:note_id>/versions")
def correct(note_id: int) -> Any:
    note = or_404(note_queries.note(note_id))
    card_id = note.card_id

    def deed() -> str:
        operations.correct_note(current_user, note, clean(request.form.get("note", "")))
        return _("Đã sửa; nội dung trước vẫn được lưu.")

    return _carry_out(card_id, f"note-{note_id}", "ghi-chu", deed)


@bp.post("/notes/<int:note_id>/resolution")
def resolve(note_id: int) -> Any:
    note = or_404(note_queries.note(note_id))
    card_id = note.card_id

    def deed() -> str:
        operations.resolve_note(current_user, note)
        return _("Đã ghi khó khăn, vướng mắc được giải quyết.")

    return _carry_out(card_id, f"resolve-{note_id}", "ghi-chu", deed)


@bp.post("/cards/<int:card_id>/corrections")
def ask_correction(card_id: int) -> Any:
    card = or_404(rows.card(current_user, card_id))
    target, target_id = choice(Target, request.form.get("target")), posted_number("target_id")

    def deed() -> str:
        if target is None or target_id is None:
            raise Refused(corrections.NOT_ENTERED)
        corrections.ask_correction(current_user, card, target, target_id, clean(request.form.get("reason", "")))
        return _("Đã gửi đề nghị đính chính đến cơ quan thường trực.")

    return _carry_out(card_id, f"correction-{target}-{target_id}", "nhap-thay", deed)


@bp.post("/corrections/<int:request_id>/answer")
def answer_correction(request_id: int) -> Any:
    asked = or_404(behalf.request(request_id))
    card_id, seen = asked.card_id, posted_number("version")

    def deed() -> str:
        answer, reason = choice(Answer, request.form.get("answer")), clean(request.form.get("reason", ""))
        corrections.answer_correction(current_user, asked, answer, reason, seen_version=seen or 0)
        return _("Đã trả lời đề nghị đính chính.")

    return _carry_out(card_id, f"answer-{request_id}", "nhap-thay", deed)


@bp.post("/cards/<int:card_id>/acknowledgement")
def acknowledge(card_id: int) -> Any:
    card = or_404(rows.card(current_user, card_id))

    def deed() -> str:
        corrections.acknowledge(current_user, card)
        return _("Đã ghi nhận đơn vị đã xem nội dung được nhập thay.")

    return _carry_out(card_id, "acknowledgement", "nhap-thay", deed)


def _carry_out(card_id: int, form_of: str, anchor: str, deed: Callable[[], str]) -> Any:
    """Do it and go back to its place on the duty page; a refusal comes back with what was typed."""
    to = url_for("duty.show", card_id=card_id, _anchor=anchor)
    return carry_out(form_of, deed, to, lambda refused: _page(card_id, refused))


def _page(card_id: int, refused: Refusal) -> Any:
    return show_page(card_id, refusal=refused.refusal, form_of=refused.form_of, form=request.form)


def _written(card: Card) -> NoteInput:
    said = read_said(card)
    return NoteInput(
        kind=choice(NoteKind, request.form.get("kind")),
        text=clean(request.form.get("note", "")),
        period=choice(Period, request.form.get("period")),
        document_number=said.document_number,
        document_on=said.document_on,
        coordinating_id=posted_number("coordinating"),
    )
