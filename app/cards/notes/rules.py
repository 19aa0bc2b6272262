"""The rules of notes: which kinds a unit may write, what must be said with them, and the sentences of refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.cards.models import Card
from app.cards.notes.models import CardNote, NoteKind, Period
from app.cards.rules import BEHALF_DOCUMENT_NEEDED, DOCUMENT_IN_FUTURE, TOO_LONG
from app.cards.state import Status
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Forbidden, Refused
from app.evidence.policy import unit_of

NOTE_KIND_WORDS = {
    NoteKind.RESULT: _l("Kết quả theo kỳ"),
    NoteKind.PROGRESS: _l("Tiến độ"),
    NoteKind.COORDINATION: _l("Kết quả phối hợp"),
    NoteKind.DIFFICULTY: _l("Khó khăn, vướng mắc"),
    NoteKind.PROPOSAL: _l("Đề xuất, kiến nghị"),
}
PERIOD_WORDS = {Period.HALF: _l("6 tháng đầu năm %(year)s"), Period.YEAR: _l("Cả năm %(year)s")}
MAX_TEXT = 4000
MAX_NUMBER = 100

TEXT_NEEDED = _l("Nhập nội dung.")
KIND_NEEDED = _l("Chọn loại nội dung.")
NOT_THIS_KIND = _l("Đơn vị không ghi được loại nội dung này ở nhiệm vụ này.")
PERIOD_NEEDED = _l("Chọn kỳ của kết quả.")
WHOSE_NEEDED = _l("Chọn đơn vị phối hợp đã thực hiện.")
DUTY_CLOSED = _l("Nhiệm vụ đã khép lại: chỉ ghi thêm được khi nhiệm vụ được mở lại hoặc tiếp tục thực hiện.")
DUTY_FINISHED = _l("Nhiệm vụ đã hoàn thành: chỉ ghi thêm được kết quả phối hợp và đề xuất, kiến nghị.")
ALREADY_WRITTEN = _l("Nội dung này đã được ghi.")
NOT_YOUR_NOTE = _l("Chỉ người đã ghi được sửa nội dung này.")
REPLACED = _l("Nội dung này đã được sửa; hãy xem bản mới nhất rồi sửa lại nếu cần.")
RESOLVED = _l("Khó khăn, vướng mắc này đã được ghi là đã giải quyết.")
ONLY_DIFFICULTIES = _l("Chỉ khó khăn, vướng mắc mới được ghi là đã giải quyết.")

_AFTER_THE_END = frozenset({NoteKind.COORDINATION, NoteKind.PROPOSAL})


@dataclass(frozen=True)
class NoteInput:
    """What a person writes. `coordinating_id` names the coordinating unit for which the office writes."""

    kind: NoteKind | None
    text: str
    period: Period | None = None
    document_number: str = ""
    document_on: date | None = None
    coordinating_id: int | None = None


def period_words(period: Period, year: int) -> str:
    """How a period of a year is called."""
    return str(PERIOD_WORDS[period] % {"year": year})


def writes_on_behalf(actor: Actor, card: Card) -> bool:
    """Whether the office writes for a unit that works on `card`."""
    return unit_of(actor, card) is None and not actor.is_system


def kinds_for(actor: Actor, card: Card) -> tuple[NoteKind, ...]:
    """The kinds that `actor` may write on `card` as it stands, the likeliest first."""
    for_lead = actor.is_system or unit_of(actor, card) in (card.unit_id, None)
    kinds = [NoteKind.RESULT] if for_lead and card.is_standing else []
    kinds += [NoteKind.PROGRESS] if for_lead else [NoteKind.COORDINATION]
    if for_lead and writes_on_behalf(actor, card) and card.action.coordinating:
        kinds.append(NoteKind.COORDINATION)
    kinds += [NoteKind.DIFFICULTY, NoteKind.PROPOSAL]
    return tuple(kind for kind in kinds if closed_to(card, kind) is None)


def closed_to(card: Card, kind: NoteKind) -> Any:
    """None while `card` takes notes of this kind, else the sentence that says why not."""
    if card.status is Status.DROPPED:
        return DUTY_CLOSED
    finished = card.status is Status.DONE and not card.is_request
    return DUTY_FINISHED if finished and kind not in _AFTER_THE_END else None


def check_written(actor: Actor, card: Card, said: NoteInput) -> NoteKind:
    """Raise `Refused` for what is missing or cannot be; returns the kind."""
    if said.kind is None:
        raise Refused(KIND_NEEDED, field="kind")
    if sentence := closed_to(card, said.kind):
        raise Refused(sentence)
    if said.kind not in kinds_for(actor, card):
        raise Refused(NOT_THIS_KIND, field="kind")
    check_text(said.text)
    if said.kind is NoteKind.RESULT and said.period is None:
        raise Refused(PERIOD_NEEDED, field="period")
    if writes_on_behalf(actor, card):
        _check_behalf(said)
    return said.kind


def _check_behalf(said: NoteInput) -> None:
    if not said.document_number:
        raise Refused(BEHALF_DOCUMENT_NEEDED, field="document_number")
    if len(said.document_number) > MAX_NUMBER:
        raise Refused(TOO_LONG % {"limit": MAX_NUMBER}, field="document_number")
    if said.document_on is not None and said.document_on > clock.today():
        raise Refused(DOCUMENT_IN_FUTURE, field="document_on")
    if said.kind is NoteKind.COORDINATION and said.coordinating_id is None:
        raise Refused(WHOSE_NEEDED, field="coordinating")


def check_text(text: str, field: str = "note") -> None:
    """Raise `Refused` for a text that is empty or too long."""
    if not text:
        raise Refused(TEXT_NEEDED, field=field)
    if len(text) > MAX_TEXT:
        raise Refused(TOO_LONG % {"limit": MAX_TEXT}, field=field)


def check_new(note: CardNote, current: Sequence[CardNote]) -> None:
    """Raise `Refused` where the same person has just written the same: a form that was sent twice."""
    said = (note.author_id, note.unit_name, note.kind, note.period, note.text, note.entered_on)
    for other in current:
        if said == (other.author_id, other.unit_name, other.kind, other.period, other.text, other.entered_on):
            raise Refused(ALREADY_WRITTEN, field="note")


def check_correction(actor: Actor, note: CardNote, is_replaced: bool) -> None:
    """Raise `Forbidden` unless `actor` wrote the note, `Refused` unless it is the version in force."""
    if note.author_id != actor.id:
        raise Forbidden(NOT_YOUR_NOTE)
    if is_replaced:
        raise Refused(REPLACED)
    if note.resolved_on is not None:
        raise Refused(RESOLVED)
    if sentence := closed_to(note.card, note.kind):
        raise Refused(sentence)
