"""The face of a card: what one viewer reads on it, in words, with the moves that are theirs to make."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, ngettext

from app.board.views import deadline_text
from app.cards import moves as ways
from app.cards.due import says_before
from app.cards.moves import STATUS_WORDS, Deed, Move, Need, words
from app.cards.queries.rows import Row
from app.cards.state import Feedback, Status
from app.cards.timeliness import Count, Timeliness, counted, last_day, misses_agreement, timeliness
from app.core.actor import Actor
from app.core.days import day_words
from app.core.policy import Permission, can, why_not
from app.organisation.settings import Settings
from app.plans.models import ActionKind

TIMELINESS_WORDS = {
    Timeliness.LATE: _l("Quá hạn"),
    Timeliness.SOON: _l("Sắp đến hạn"),
    Timeliness.IN_TIME: _l("Trong hạn"),
    Timeliness.NOT_YET: _l("Chưa đến kỳ"),
    Timeliness.NO_DATE: _l("Không quy định thời hạn"),
    Timeliness.STANDING: _l("Thường xuyên"),
    Timeliness.ASKED_LATE: _l("Chậm so với đề nghị"),
    Timeliness.DONE_IN_TIME: _l("Hoàn thành đúng hạn"),
    Timeliness.DONE_LATE: _l("Hoàn thành quá hạn"),
}
FEEDBACK_WORDS = {
    Feedback.MORE: lazy_pgettext("tag", "Đề nghị bổ sung"),
    Feedback.RETURNED: _l("Bị trả lại"),
    Feedback.REOPENED: lazy_pgettext("tag", "Mở lại"),
}
_TONES = {Timeliness.LATE: "late", Timeliness.SOON: "soon", Timeliness.ASKED_LATE: "soon", Timeliness.DONE_LATE: "soon"}


@dataclass(frozen=True)
class Today:
    """The day and the settings by which faces are read."""

    day: date
    settings: Settings

    def timeliness(self, card: Any) -> Timeliness:
        """How `card` stands on this day."""
        return timeliness(card, self.day, self.settings.soon_days, self._named_day_counts(card))

    def counted(self, card: Any) -> Count:
        """The line of the official count on which `card` stands on this day."""
        return counted(card, self.day, self._named_day_counts(card))

    def misses_agreement(self, card: Any) -> bool:
        """Whether `card` has missed a date that the office asked."""
        return misses_agreement(card, self.day, self._named_day_counts(card))

    def last_day(self, card: Any) -> date:
        """The last day in time of a card that has a date."""
        return last_day(card.due_on, self._named_day_counts(card))

    def _named_day_counts(self, card: Any) -> bool:
        return self.settings.due_day_counts or not says_before(card.due_basis)


@dataclass(frozen=True)
class Told:
    """What the office said to the unit, for those who may read it."""

    label: Any
    reason: str
    on: date | None
    ask_by: date | None


@dataclass(frozen=True)
class MoveFace:
    """One way on from here."""

    to: Status
    deed: Deed
    label: Any
    icon: str
    needs: tuple[Need, ...]
    optional: tuple[Need, ...]
    primary: bool
    on_behalf: bool

    @property
    def asks(self) -> bool:
        """Whether anything is or may be said with it: then it is made in its form, wherever it is offered."""
        return bool(self.needs or self.optional)


@dataclass(frozen=True)
class CardView:
    """A card as one viewer sees it."""

    id: int
    version: int
    code: str
    duty: str
    unit_name: str
    unit_short: str
    status: Status
    status_label: Any
    tone: str
    timeliness: Timeliness
    due_phrase: Any
    due_tone: str | None
    due_remark: str | None
    extension_wanted: date | None
    is_request: bool
    is_remedy: bool
    source: str | None
    evidence_words: str
    evidence_tone: str | None
    feedback: Told | None
    corrections: str
    holder: str | None
    own: bool
    lock_reason: Any
    moves: tuple[MoveFace, ...]
    markup: dict[str, str] = field(default_factory=dict, compare=False, repr=False, kw_only=True)  # by language


def face(actor: Actor, row: Row, today: Today) -> CardView:
    """The face of `row` for `actor`."""
    stands = today.timeliness(row)
    moves = move_faces(actor, row)
    told = feedback(actor, row)
    return CardView(
        id=row.id,
        version=row.version,
        code=row.code,
        duty=duty_text(row),
        unit_name=row.unit.name,
        unit_short=row.unit.short_name,
        status=row.status,
        status_label=words(row, row.status),
        tone=tone(row),
        timeliness=stands,
        due_phrase=due_phrase(row, stands, today, told=tells(actor, row)),
        due_tone=_TONES.get(stands),
        due_remark=due_remark(row, today),
        extension_wanted=wanted(actor, row),
        is_request=row.is_request,
        is_remedy=row.is_remedy,
        source=row.source,
        evidence_words=evidence_words(row, remarks=tells(actor, row)),
        evidence_tone=evidence_tone(row, remarks=tells(actor, row)),
        feedback=told,
        corrections=_corrections(row) if tells(actor, row) else "",
        holder=row.holder_name if can(actor, Permission.HOLDER_READ, row) else None,
        own=row.unit_id in actor.unit_ids,
        lock_reason=why_not(actor, Permission.CARD_MOVE, row),
        moves=moves,
    )


def duty_text(row: Any) -> str:
    """The duty in the plan's own words; a part with a date of its own says which part, then quotes the clause."""
    return f"{row.duty[:1].upper()}{row.duty[1:]}" if row.duty else str(row.text)


def tone(row: Any) -> str:
    """The colour token of a status; paused and dropped are neutral."""
    if row.is_request and row.status is Status.TODO:
        return "ask"
    return str(row.status.value) if row.status.on_board else "todo"


def tells(actor: Actor, row: Any) -> bool:
    """Whether `actor` may read what the office said of a unit's result and documents, and that it said so."""
    return can(actor, Permission.CARD_FEEDBACK_READ, row)


def feedback(actor: Actor, row: Any) -> Told | None:
    """What the office last said, while it is the unit's turn and for those who may read it."""
    if row.feedback is None or row.status not in (Status.TODO, Status.DOING) or not tells(actor, row):
        return None
    return Told(FEEDBACK_WORDS[row.feedback], row.feedback_reason or "", row.feedback_on, row.feedback_by)


def wanted(actor: Actor, row: Any) -> date | None:
    """The later date that the unit asks for, while nobody has decided, for the unit and those who decide."""
    return row.extension_wanted if tells(actor, row) else None


def _corrections(row: Row) -> str:
    if not row.corrections_open:
        return ""
    return ngettext("%(num)s đề nghị đính chính", "%(num)s đề nghị đính chính", row.corrections_open)


def move_faces(actor: Actor, row: Any) -> tuple[MoveFace, ...]:
    """The moves `actor` may make, the next step first; exactly one is primary, if any is a step forward."""
    moves = list(ways.open_to(actor, row))
    own = [move for move in moves if not ways.is_on_behalf(actor, row, move)]  # for others one acts only on a document
    first = ways.primary(row, own)
    return tuple(
        MoveFace(
            to=ways.target(row, move),
            deed=move.deed,
            label=_label(row, move),
            icon=move.icon,
            needs=ways.needs(actor, row, move),
            optional=ways.optional(row, move),
            primary=move is first,
            on_behalf=ways.is_on_behalf(actor, row, move),
        )
        for move in moves
    )


def _label(row: Any, move: Move) -> Any:
    again = move.deed is Deed.SEND and row.feedback is not None
    return _("Gửi lại kết quả") if again else ways.label(row, move)


def evidence_words(row: Any, *, remarks: bool) -> str:
    """How many documents there are and what became of them; without `remarks` what is lacking counts as unseen."""
    if not row.evidence_total:
        return _("chưa có")
    if row.evidence_lacking and remarks:
        return _("%(n)s văn bản, %(lacking)s cần bổ sung", n=row.evidence_total, lacking=row.evidence_lacking)
    if row.evidence_valid == row.evidence_total:
        return _("%(n)s hợp lệ", n=row.evidence_valid)
    if row.evidence_valid:
        return _("%(valid)s/%(n)s hợp lệ", valid=row.evidence_valid, n=row.evidence_total)
    return _("%(n)s văn bản, chưa xem", n=row.evidence_total)


def evidence_tone(row: Any, *, remarks: bool) -> str | None:
    if row.evidence_lacking:
        return "returned" if remarks else None
    return "done" if row.evidence_total and row.evidence_valid == row.evidence_total else None


def due_phrase(row: Any, stands: Timeliness, today: Today, *, told: bool = True) -> Any:
    """The deadline in words, as a person says it: còn 6 ngày, quá hạn 3 ngày.
    A card that was sent and is back in work shows its ngày gửi only where `told`: it says that more was asked for.
    """
    if not row.status.on_board:
        return STATUS_WORDS[row.status]
    if row.status is Status.DONE:
        return deadline_text.finished(row, stands)
    if stands in (Timeliness.STANDING, Timeliness.NO_DATE):
        return _("Kế hoạch không nêu thời hạn") if stands is Timeliness.NO_DATE else _("Thường xuyên")
    if stands is Timeliness.NOT_YET:
        return _("chưa đến kỳ, từ %(day)s", day=day_words(row.starts_on))
    end = today.last_day(row)
    if row.sent_on is not None and (told or row.status is Status.WAITING):
        return deadline_text.sent(row, end)
    if row.sent_on is not None:
        return _("trong hạn") if row.sent_on <= end else str(TIMELINESS_WORDS[stands]).lower()
    return deadline_text.running(stands, end, (end - today.day).days)


def due_remark(row: Any, today: Today) -> str | None:
    """What stands beside the deadline: how often it was extended and from when, and an agreement that was missed."""
    said = []
    if row.extensions and row.kind is not ActionKind.STANDING:
        said.append(deadline_text.extended(row))
    if row.status is Status.DONE and today.misses_agreement(row):
        said.append(str(TIMELINESS_WORDS[Timeliness.ASKED_LATE]).lower())
    return "; ".join(said) or None
