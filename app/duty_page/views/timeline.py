"""The log of a duty as a head reads it: one line of events, notes, documents, reviews and corrections, latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.cards.models import CardEvent
from app.cards.moves import words
from app.cards.notes.models import Answer
from app.cards.notes.rules import NOTE_KIND_WORDS
from app.cards.state import EventKind
from app.core import clock
from app.core.days import day_words
from app.core.policy import Permission, can
from app.duty_page.views.deadline import kind_words
from app.duty_page.views.history import Story
from app.evidence.models import Evidence, Review
from app.evidence.words import DOCUMENT_KIND_WORDS, REVIEW_WORDS
from app.web.rendering import short

_BRIEF = 160  # letters of a note in the log; the whole stands on the page
EVENT_WORDS = {
    EventKind.MOVED: _l("chuyển trạng thái"),
    EventKind.SENT: _l("gửi kết quả"),
    EventKind.WITHDRAWN: _l("rút lại kết quả"),
    EventKind.CONFIRMED: _l("xác nhận hoàn thành"),
    EventKind.ASKED_MORE: _l("đề nghị bổ sung"),
    EventKind.RETURNED: _l("trả lại, chưa đạt yêu cầu"),
    EventKind.REOPENED: _l("mở lại"),
    EventKind.CLOSED: _l("khép lại cuối năm"),
    EventKind.ANSWERED: _l("ghi đã có kết quả"),
    EventKind.ANSWER_TAKEN_BACK: _l("bỏ ghi kết quả"),
    EventKind.PAUSED: _l("tạm dừng"),
    EventKind.DROPPED: _l("không thực hiện"),
    EventKind.RESUMED: _l("tiếp tục thực hiện"),
    EventKind.DATE_CORRECTED: _l("chỉnh ngày gửi"),
    EventKind.DUE_SET: _l("đặt thời hạn"),
    EventKind.EXTENSION_ASKED: _l("đề nghị gia hạn"),
    EventKind.EXTENDED: _l("gia hạn"),
    EventKind.EXTENSION_REFUSED: _l("không gia hạn"),
    EventKind.EXTENSION_WITHDRAWN: _l("rút lại đề nghị gia hạn"),
    EventKind.KIND_CHANGED: _l("đổi tính chất"),
    EventKind.RESULT_NOTED: _l("ghi kết quả kỳ đầu tiên"),
    EventKind.AMENDED: _l("kế hoạch được sửa đổi"),
    EventKind.HOLDER_SET: _l("giao người theo dõi"),
    EventKind.INHERITED: _l("chuyển sang đơn vị nhận"),
    EventKind.UNDONE: _l("hoàn tác"),
}
_EVENT_TONES = {
    EventKind.SENT: "waiting",
    EventKind.CONFIRMED: "done",
    EventKind.CLOSED: "done",
    EventKind.ANSWERED: "done",
    EventKind.ASKED_MORE: "returned",
    EventKind.RETURNED: "returned",
    EventKind.REOPENED: "returned",
}


@dataclass(frozen=True)
class LogRow:
    """One line. `reason` holds contents: it is empty for who may read that something happened, but not what."""

    by_id: int
    who: str
    words: str
    reason: str
    at: datetime
    recorded_at: datetime
    on: date | None = None  # the effective day, where it is not the day of the click
    tone: str = "info"


def log_of(story: Story) -> tuple[LogRow, ...]:
    """What the person signed in may read of the log: a head the unit's duties, staff their own deeds."""
    card = story.card
    if not can(current_user, Permission.CARD_LOG_READ, card):
        return ()
    own_only = not can(current_user, Permission.CARD_LOG_ALL, card)
    every = [row for source in SOURCES for row in source(story)]
    shown = [row for row in every if not own_only or row.by_id == current_user.id]
    if not can(current_user, Permission.CARD_LOG_CONTENTS, card):
        shown = [replace(row, reason="") for row in shown]
    return tuple(sorted(shown, key=lambda row: row.recorded_at, reverse=True))


def _events(story: Story) -> Iterator[LogRow]:
    for event in reversed(story.events):
        yield LogRow(
            by_id=event.actor_id,
            who=f"{event.actor_name}, {event.unit_name}" if event.unit_name else event.actor_name,
            words=event_words(event, story.card),
            reason=_reason(event),
            on=event.effective_on if event.effective_on != event.entered_on else None,
            at=clock.on_day(event.entered_on, event.recorded_at),
            recorded_at=event.recorded_at,
            tone=_EVENT_TONES.get(event.kind, "info"),
        )


def _notes(story: Story) -> Iterator[LogRow]:
    for note in reversed(story.notes.every):
        if not can(current_user, Permission.NOTE_TOLD, note):
            continue
        deed = _("sửa") if note.corrects_id else _("ghi")
        yield LogRow(
            by_id=note.author_id,
            who=f"{note.author_name}, {note.unit_name}" if not note.on_behalf else note.author_name,
            words=f"{deed} {str(NOTE_KIND_WORDS[note.kind]).lower()}" + _behalf_words(note.on_behalf, note.unit_name),
            reason="; ".join(filter(None, (_brief(note.text), _on_basis(note.document_number, note.document_on)))),
            at=clock.on_day(note.entered_on, note.recorded_at),
            recorded_at=note.recorded_at,
        )
        if note.resolved_at and note.resolved_on and note.resolved_by_id:
            at = clock.on_day(note.resolved_on, note.resolved_at)
            deed, who = _("ghi đã giải quyết khó khăn, vướng mắc"), note.resolved_by_name or ""
            yield LogRow(note.resolved_by_id, who, deed, _brief(note.text), at, note.resolved_at, tone="done")


def _documents(story: Story) -> Iterator[LogRow]:
    for document in story.card.evidence:
        who = story.names.get(document.uploaded_by_id, "")
        yield LogRow(
            by_id=document.uploaded_by_id,
            who=who if document.on_behalf else f"{who}, {document.unit.name}",
            words=_("tải lên minh chứng") + _behalf_words(document.on_behalf, document.unit.name),
            reason=_document_words(document),
            at=clock.on_day(document.uploaded_on, document.uploaded_at),
            recorded_at=document.uploaded_at,
        )


def _reviews(story: Story) -> Iterator[LogRow]:
    """The last review of each document; those made by a confirmation are told by it."""
    confirmed = {int(i) for event in story.events for i in event.reviewed_ids.split()}
    for document in story.card.evidence:
        by, at = document.reviewed_by_id, document.reviewed_at
        if by is None or at is None or (document.id in confirmed and document.review is Review.VALID):
            continue
        yield LogRow(
            by_id=by,
            who=story.names.get(by, ""),
            words=_("xem minh chứng: %(verdict)s", verdict=str(REVIEW_WORDS[document.review]).lower()),
            reason="; ".join(filter(None, (_document_words(document), document.review_reason))),
            at=clock.on_day(document.reviewed_on, at) if document.reviewed_on else at,
            recorded_at=at,
            tone="returned" if document.review is Review.LACKING else "done",
        )


def _corrections(story: Story) -> Iterator[LogRow]:
    for asked in story.requests:
        at = clock.on_day(asked.asked_on, asked.asked_at)
        deed = _("đề nghị đính chính nội dung nhập thay")
        yield LogRow(asked.asked_by_id, asked.asked_by_name, deed, asked.reason, at, asked.asked_at, tone="returned")
        if asked.answered_at and asked.answered_on and asked.answered_by_id:
            at = clock.on_day(asked.answered_on, asked.answered_at)
            deed = _("đã đính chính") if asked.answer is Answer.CORRECTED else _("không đính chính")
            who, reason = asked.answered_by_name or "", asked.answer_reason or ""
            yield LogRow(asked.answered_by_id, who, deed, reason, at, asked.answered_at)


SOURCES = (_events, _notes, _documents, _reviews, _corrections)
"""What the log is made of; deadlines and extensions are events."""


def event_words(event: CardEvent, row: Any) -> str:
    """What an event did, with the columns it moved between."""
    if event.kind is EventKind.MOVED:
        return f"{words(row, event.from_status)} → {words(row, event.to_status)}"
    deed = EVENT_WORDS[event.kind]
    if event.kind is EventKind.KIND_CHANGED:
        return f"{deed}: {kind_words(event)}"
    if event.due_on is not None:
        return f"{deed}: {day_words(event.due_on)}"
    if event.from_status is event.to_status:
        return str(deed)
    return f"{deed}: {words(row, event.from_status)} → {words(row, event.to_status)}"


def amended_words(events: Sequence[CardEvent]) -> str:
    """By which document the plan last changed the duty of a card; blank where none did."""
    last = next((event for event in reversed(events) if event.kind is EventKind.AMENDED), None)
    return _on_basis(last.document_number, last.document_on) if last else ""


def _reason(event: CardEvent) -> str:
    said = [event.reason or "", _on_basis(event.document_number, event.document_on)]
    if event.ask_by:
        said.append(_("đề nghị trước ngày %(day)s", day=day_words(event.ask_by)))
    return "; ".join(filter(None, said))


def _brief(text: str) -> str:
    return short(text, _BRIEF)


def _behalf_words(on_behalf: bool, unit_name: str) -> str:
    return _(" (nhập thay %(unit)s)", unit=unit_name) if on_behalf else ""


def _on_basis(number: str | None, day: date | None) -> str:
    if not number:
        return ""
    if day is None:
        return _("trên cơ sở văn bản số %(number)s", number=number)
    return _("trên cơ sở văn bản số %(number)s ngày %(day)s", number=number, day=day_words(day))


def _document_words(document: Evidence) -> str:
    return " ".join(
        filter(None, (str(DOCUMENT_KIND_WORDS[document.kind]), document.number, f"“{_brief(document.summary)}”"))
    )


def parse_moment(text: str) -> datetime:
    """A moment of the log, which keeps UTC as text."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
