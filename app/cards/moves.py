"""The moves there are: from where, to where, by whose right, with what said. One table for every way in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.cards.policy import CardLike, acts_on_behalf
from app.cards.state import EventKind, Status
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.plans.models import ActionKind

STATUS_WORDS = {
    Status.TODO: _l("Chưa thực hiện"),
    Status.DOING: _l("Đang thực hiện"),
    Status.WAITING: _l("Chờ xác nhận"),
    Status.DONE: _l("Hoàn thành"),
    Status.PAUSED: _l("Tạm dừng"),
    Status.DROPPED: _l("Không thực hiện"),
}
REQUEST_WORDS = STATUS_WORDS | {Status.TODO: _l("Đã đề nghị"), Status.DONE: _l("Đã có kết quả")}
REMEDY_WORDS = STATUS_WORDS | {
    Status.TODO: _l("Chưa khắc phục"),
    Status.DOING: _l("Đang khắc phục"),
    Status.WAITING: _l("Đã khắc phục – chờ xác nhận"),
    Status.DONE: _l("Đã khắc phục"),
    Status.DROPPED: _l("Không khắc phục được"),
}


class Deed(StrEnum):
    START = "start"
    UNSTART = "unstart"
    SEND = "send"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    ASK_MORE = "ask-more"
    RETURN = "return"
    REOPEN = "reopen"
    CLOSE = "close"
    ANSWER = "answer"
    TAKE_BACK = "take-back"
    PAUSE = "pause"
    DROP = "drop"
    RESUME = "resume"


class Need(StrEnum):
    """What a person is asked for. `DOCUMENT` is a number and its day."""

    REASON = "reason"
    SENT_ON = "sent_on"
    ASK_BY = "ask_by"
    DOCUMENT = "document"


@dataclass(frozen=True)
class MoveInput:
    """What a person enters with a move; everything may be blank where the move does not need it."""

    reason: str = ""
    day: date | None = None  # the ngày gửi of a sending; the day by which more is asked for
    document_number: str = ""
    document_on: date | None = None


NOTHING = MoveInput()


class Course(StrEnum):
    """The three courses a card can run."""

    ORDINARY = "ordinary"
    STANDING = "standing"
    REQUEST = "request"


class Placed(CardLike, Protocol):
    """A card that stands in a column."""

    @property
    def status(self) -> Status: ...

    @property
    def resume_to(self) -> Status | None: ...

    @property
    def sent_from(self) -> Status | None: ...

    @property
    def kind(self) -> ActionKind: ...

    @property
    def is_request(self) -> bool: ...

    @property
    def is_remedy(self) -> bool: ...

    @property
    def results_noted(self) -> int: ...


@dataclass(frozen=True)
class Move:
    """One arrow of the board."""

    deed: Deed
    event: EventKind
    permission: Permission
    origins: frozenset[Status]
    to: Status | None  # None: back to where it was
    courses: frozenset[Course]
    label: Any
    icon: str
    needs: tuple[Need, ...] = ()
    optional: tuple[Need, ...] = ()


_WORK = frozenset({Course.ORDINARY, Course.STANDING})
_ORDINARY = frozenset({Course.ORDINARY})
_REQUEST = frozenset({Course.REQUEST})
_T, _D, _W, _F = Status.TODO, Status.DOING, Status.WAITING, Status.DONE


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


MOVES: tuple[Move, ...] = (
    Move(
        Deed.SEND, EventKind.SENT, Permission.CARD_SEND, _from(_T, _D), _W, _ORDINARY,
        _l("Gửi kết quả"), "send", optional=(Need.SENT_ON,),
    ),
    Move(
        Deed.CONFIRM, EventKind.CONFIRMED, Permission.CARD_CONFIRM, _from(_W), _F, _ORDINARY,
        _l("Xác nhận hoàn thành"), "circle-check",
    ),
    Move(
        Deed.ANSWER, EventKind.ANSWERED, Permission.CARD_ANSWER, _from(_T), _F, _REQUEST,
        _l("Ghi đã có kết quả"), "circle-check", optional=(Need.DOCUMENT, Need.REASON),
    ),
    Move(
        Deed.START, EventKind.MOVED, Permission.CARD_MOVE, _from(_T), _D, _WORK,
        _l("Bắt đầu thực hiện"), "circle-play",
    ),
    Move(
        Deed.UNSTART, EventKind.MOVED, Permission.CARD_MOVE, _from(_D), _T, _WORK,
        _l("Chuyển về Chưa thực hiện"), "circle-dashed",
    ),
    Move(
        Deed.WITHDRAW, EventKind.WITHDRAWN, Permission.CARD_WITHDRAW, _from(_W), None, _ORDINARY,
        _l("Rút lại kết quả"), "undo-2", optional=(Need.REASON,),
    ),
    Move(
        Deed.ASK_MORE, EventKind.ASKED_MORE, Permission.CARD_ASK_MORE, _from(_W), _D, _ORDINARY,
        _l("Đề nghị bổ sung"), "message-square", needs=(Need.REASON,), optional=(Need.ASK_BY,),
    ),
    Move(
        Deed.RETURN, EventKind.RETURNED, Permission.CARD_RETURN, _from(_W), _D, _ORDINARY,
        _l("Trả lại, chưa đạt yêu cầu"), "undo-2", needs=(Need.REASON,),
    ),
    Move(
        Deed.REOPEN, EventKind.REOPENED, Permission.CARD_REOPEN, _from(_F), _D, _WORK,
        _l("Mở lại"), "undo-2", needs=(Need.REASON,),
    ),
    Move(
        Deed.CLOSE, EventKind.CLOSED, Permission.CARD_CLOSE, _from(_D), _F, frozenset({Course.STANDING}),
        _l("Khép lại cuối năm"), "circle-check",
    ),
    Move(
        Deed.TAKE_BACK, EventKind.ANSWER_TAKEN_BACK, Permission.CARD_ANSWER, _from(_F), _T, _REQUEST,
        _l("Bỏ ghi kết quả"), "undo-2", optional=(Need.REASON,),
    ),
    Move(
        Deed.PAUSE, EventKind.PAUSED, Permission.CARD_PAUSE, _from(_T, _D, _W), Status.PAUSED, _WORK,
        STATUS_WORDS[Status.PAUSED], "pause", needs=(Need.DOCUMENT,), optional=(Need.REASON,),
    ),
    Move(
        Deed.DROP, EventKind.DROPPED, Permission.CARD_PAUSE, _from(_T, _D, _W, Status.PAUSED), Status.DROPPED,
        _WORK, STATUS_WORDS[Status.DROPPED], "x", needs=(Need.DOCUMENT,), optional=(Need.REASON,),
    ),
    Move(
        Deed.RESUME, EventKind.RESUMED, Permission.CARD_PAUSE, _from(Status.PAUSED, Status.DROPPED), None, _WORK,
        _l("Tiếp tục thực hiện"), "circle-play", needs=(Need.DOCUMENT,), optional=(Need.REASON,),
    ),
)  # fmt: skip
_REMEDY_LABELS = {
    Deed.UNSTART: _l("Chuyển về Chưa khắc phục"),
    Deed.CONFIRM: _l("Xác nhận đã khắc phục"),
    Deed.DROP: _l("Không khắc phục được"),
}
BY_DEED = {move.deed: move for move in MOVES}


def course(card: Placed) -> Course:
    """Which of the three courses `card` runs."""
    if card.is_request:
        return Course.REQUEST
    return Course.STANDING if card.kind is ActionKind.STANDING else Course.ORDINARY


def target(card: Placed, move: Move) -> Status:
    """The column in which `move` puts `card`."""
    if move.to is not None:
        return move.to
    if move.deed is Deed.WITHDRAW:
        return card.sent_from or Status.DOING
    return card.resume_to or Status.TODO


def words(card: Placed, status: Status) -> Any:
    """How `status` is called on this card: a request and a remedy have words of their own."""
    if card.is_remedy:
        return REMEDY_WORDS[status]
    return (REQUEST_WORDS if card.is_request else STATUS_WORDS)[status]


def label(card: Placed, move: Move) -> Any:
    """How `move` is called on this card."""
    return _REMEDY_LABELS.get(move.deed, move.label) if card.is_remedy else move.label


def open_to(actor: Actor, card: Placed) -> Iterator[Move]:
    """The moves that `actor` may make with `card` as it stands, the next step first."""
    for move in MOVES:
        if stands_open(card, move) and can(actor, move.permission, card):
            yield move


def stands_open(card: Placed, move: Move) -> bool:
    """Whether `card`, as it stands, has this arrow: with a result noted a standing duty has begun for good."""
    begun = move.deed is Deed.UNSTART and course(card) is Course.STANDING and card.results_noted > 0
    return card.status in move.origins and course(card) in move.courses and not begun


def primary(card: Any, moves: Sequence[Move]) -> Move | None:
    """The step forward among `moves`; with nothing to prove it yet a duty is begun before it is sent."""
    deeds = {move.deed: move for move in moves}
    order = [Deed.CONFIRM, Deed.ANSWER, Deed.SEND, Deed.START]
    if card.status is Status.TODO and not card.evidence_total:
        order = [Deed.ANSWER, Deed.START, Deed.SEND]
    return next((deeds[deed] for deed in order if deed in deeds), None)


def is_on_behalf(actor: Actor, card: Placed, move: Move) -> bool:
    """Whether `actor` makes this move for another unit, on its document."""
    return move.permission in (Permission.CARD_MOVE, Permission.CARD_SEND) and acts_on_behalf(actor, card)


def needs(actor: Actor, card: Placed, move: Move) -> tuple[Need, ...]:
    """What `actor` must say with `move`; for another unit the office names a document.

    Why what an inspection asked cannot be put right is always said.
    """
    if card.is_remedy and move.deed is Deed.DROP:
        return (*move.needs, Need.REASON)
    return (*move.needs, Need.DOCUMENT) if is_on_behalf(actor, card, move) else move.needs


def optional(card: Placed, move: Move) -> tuple[Need, ...]:
    """What may be said with `move` beside what must be."""
    return () if card.is_remedy and move.deed is Deed.DROP else move.optional


def between(actor: Actor, card: Placed, to: Status) -> Move | None:
    """The move meant by putting `card` into column `to`, or None where no arrow leads there.

    From Chờ xác nhận back to Đang the office asks for more (the milder of its two answers); the unit withdraws,
    which puts the card back where it was sent from.
    """
    for move in MOVES:
        if not stands_open(card, move):
            continue
        if move.deed is Deed.WITHDRAW:
            if to in (Status.DOING, target(card, move)) and not can(actor, Permission.CARD_ASK_MORE, card):
                return move
        elif target(card, move) is to:
            return move
    return None
