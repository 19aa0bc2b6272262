"""Who may write on a duty, ask for a correction, answer it, and say who follows a duty."""

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.cards.notes.models import NoteKind
from app.cards.policy import READ_ONLY, CardLike
from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.evidence.policy import ProvedCard as Shared
from app.evidence.policy import unit_of

NOT_YOUR_NOTE = _l("Khó khăn, đề xuất của đơn vị chỉ đơn vị, cơ quan thường trực và Lãnh đạo UBND được xem.")
RESOLVED_BY_UNIT = _l("Chỉ đơn vị đã nêu hoặc cơ quan thường trực được ghi đã giải quyết.")
UNIT_ASKS = _l("Chỉ đơn vị được nhập thay mới đề nghị đính chính.")
OFFICE_ANSWERS = _l("Chỉ cơ quan thường trực được trả lời đề nghị đính chính.")
UNIT_HEAD_ASSIGNS = _l("Chỉ thủ trưởng hoặc cấp phó phụ trách đơn vị được phân công người theo dõi.")
HEAD_OR_ADMIN = _l("Chỉ thủ trưởng đơn vị của người bàn giao hoặc quản trị được bàn giao.")


class NoteLike(Protocol):
    """What the rules read of a note."""

    @property
    def kind(self) -> NoteKind: ...

    @property
    def unit_id(self) -> int: ...

    @property
    def card(self) -> CardLike: ...


class OfUnit(Protocol):
    """What was entered for a unit."""

    @property
    def unit_id(self) -> int: ...


class Handed(Protocol):
    """A person's work, in the units in which it lies."""

    @property
    def unit_ids(self) -> Iterable[int]: ...


def adds_notes(actor: Actor, card: Shared) -> Any:
    """The units that work on the card; the coordinating office on behalf of one of them."""
    return None if unit_of(actor, card) is not None or actor.coordinates else READ_ONLY


def reads_note(actor: Actor, note: NoteLike) -> Any:
    if note.kind.is_open_to_all or actor.coordinates or actor.presides:
        return None
    own = actor.works_in(note.unit_id) or actor.works_in(note.card.unit_id)
    return None if own else NOT_YOUR_NOTE


def is_told_of(actor: Actor, note: NoteLike) -> Any:
    """The administrator reads in the log that a note was written, not what it says."""
    return None if actor.administers else reads_note(actor, note)


def reads_all_notes(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates or actor.presides else NOT_YOUR_NOTE


def resolves(actor: Actor, note: NoteLike) -> Any:
    return None if actor.works_in(note.unit_id) or actor.coordinates else RESOLVED_BY_UNIT


def asks(actor: Actor, entered: OfUnit) -> Any:
    return None if actor.works_in(entered.unit_id) else UNIT_ASKS


def answers(actor: Actor, _request: Any) -> Any:
    return None if actor.coordinates else OFFICE_ANSWERS


def sets_holder(actor: Actor, card: CardLike) -> Any:
    if actor.heads(card.unit_id):
        return None
    return UNIT_HEAD_ASSIGNS if actor.works_in(card.unit_id) else READ_ONLY


def reads_holder(actor: Actor, card: CardLike) -> Any:
    return None if actor.works_in(card.unit_id) else READ_ONLY


def hands_over(actor: Actor, work: Handed) -> Any:
    if actor.administers or any(actor.heads(unit) for unit in work.unit_ids):
        return None
    return HEAD_OR_ADMIN


RULES.update(
    {
        Permission.NOTE_ADD: adds_notes,
        Permission.NOTE_READ: reads_note,
        Permission.NOTE_TOLD: is_told_of,
        Permission.NOTES_READ_ALL: reads_all_notes,
        Permission.NOTE_RESOLVE: resolves,
        Permission.CORRECTION_ASK: asks,
        Permission.CORRECTION_ANSWER: answers,
        Permission.BEHALF_SEE: asks,
        Permission.HOLDER_SET: sets_holder,
        Permission.HOLDER_READ: reads_holder,
        Permission.HAND_OVER: hands_over,
    }
)
