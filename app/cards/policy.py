"""Who may do what to a card. The board's light rows satisfy the same protocol, so one policy serves both."""

from datetime import date
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission


class LedBy(Protocol):
    """The unit as rules see it."""

    @property
    def name(self) -> str: ...

    @property
    def staff_may_send(self) -> bool: ...

    @property
    def leader_confirms(self) -> bool: ...


class CardLike(Protocol):
    """What the rules read of a card."""

    @property
    def unit_id(self) -> int: ...

    @property
    def sent_by_id(self) -> int | None: ...

    @property
    def returned_on(self) -> date | None: ...

    @property
    def unit(self) -> LedBy: ...

    @property
    def uploader_ids(self) -> frozenset[int]: ...


READ_ONLY = _l("Chỉ xem: nhiệm vụ của đơn vị khác.")
HEADS_ONLY = _l("Chỉ thủ trưởng hoặc cấp phó phụ trách đơn vị được chuyển trạng thái nhiệm vụ này.")
HEADS_SEND = _l(
    "Đơn vị này chỉ thủ trưởng hoặc cấp phó phụ trách được gửi kết quả. Chuyên viên tải minh chứng lên để lãnh đạo gửi."
)
SENDER_WITHDRAWS = _l("Chỉ người đã gửi hoặc thủ trưởng đơn vị được rút lại kết quả.")
OWN_UNIT_FIRST = _l("Bảng mở ra với nhiệm vụ của đơn vị mình; chọn “Tất cả đơn vị” để xem các đơn vị khác.")
OFFICE_OR_LEADER = _l("Chỉ cơ quan thường trực và Lãnh đạo UBND theo dõi chung các đơn vị.")
OWN_DEEDS = _l("Chỉ xem được nhật ký những việc do chính mình thực hiện.")
OFFICE_ONLY = _l("Chỉ cơ quan thường trực được thực hiện thao tác này.")
OWN_HEAD_CONFIRMS = _l("Nhiệm vụ của chính cơ quan thường trực do thủ trưởng cơ quan xác nhận.")
OWN_WORK = _l("Không tự xác nhận kết quả do chính mình gửi hoặc minh chứng do chính mình tải lên cho đơn vị mình.")
LEADER_ONLY = _l(
    "Tạm dừng, không thực hiện và tiếp tục do Lãnh đạo UBND quyết định; cơ quan thường trực nhập theo văn bản."
)
LETTERHEAD = _l(
    "Văn bản riêng mang tiêu đề của UBND chỉ cơ quan thường trực và Lãnh đạo UBND được lập; "
    "đơn vị xem danh mục dạng phụ lục."
)
BODY_OR_OFFICE = _l("Chỉ cơ quan được đề nghị hoặc cơ quan thường trực được ghi kết quả đề nghị này.")


def acts_on_behalf(actor: Actor, card: CardLike) -> bool:
    """Whether the coordinating office acts for another unit: then a document number is needed."""
    return actor.coordinates and card.unit_id not in actor.unit_ids


def moves(actor: Actor, card: CardLike) -> Any:
    if actor.heads(card.unit_id) or acts_on_behalf(actor, card):
        return None
    return HEADS_ONLY if actor.works_in(card.unit_id) else READ_ONLY


def sends(actor: Actor, card: CardLike) -> Any:
    if moves(actor, card) is None:
        return None
    if actor.works_in(card.unit_id):
        return None if card.unit.staff_may_send else HEADS_SEND
    return READ_ONLY


def withdraws(actor: Actor, card: CardLike) -> Any:
    if actor.heads(card.unit_id) or actor.id == card.sent_by_id:
        return None
    return SENDER_WITHDRAWS if actor.works_in(card.unit_id) or actor.coordinates else READ_ONLY


def reviews(actor: Actor, card: CardLike) -> Any:
    """Confirm, ask for more, return, reopen: the office; its own unit's by its head, never one's own work."""
    by_leader = actor.presides and card.unit.leader_confirms
    if not (by_leader or actor.coordinates):
        return OFFICE_ONLY
    if card.unit_id not in actor.unit_ids:
        return None
    if not (by_leader or actor.heads(card.unit_id)):
        return OWN_HEAD_CONFIRMS
    return OWN_WORK if actor.id == card.sent_by_id or actor.id in card.uploader_ids else None


def pauses(actor: Actor, _card: CardLike) -> Any:
    return None if actor.presides or actor.coordinates else LEADER_ONLY


def answers(actor: Actor, card: CardLike) -> Any:
    return None if actor.heads(card.unit_id) or actor.coordinates else BODY_OR_OFFICE


def corrects_dates(actor: Actor, _card: CardLike) -> Any:
    return None if actor.coordinates else OFFICE_ONLY


def reads_feedback(actor: Actor, card: CardLike) -> Any:
    """Reasons of return stay between the unit, the office and the leaders: not shown to its peers."""
    if actor.coordinates or actor.presides or actor.works_in(card.unit_id):
        return None
    return READ_ONLY


def reads_log(actor: Actor, card: CardLike) -> Any:
    if actor.coordinates or actor.administers or actor.works_in(card.unit_id):
        return None
    return READ_ONLY


def reads_log_contents(actor: Actor, card: CardLike) -> Any:
    """The administrator sees every event and the contents of none."""
    return None if actor.coordinates or actor.works_in(card.unit_id) else READ_ONLY


def issues_duties(actor: Actor, _subject: Any) -> Any:
    """The list of a unit's duties under the letterhead of UBND; as an annex everybody may read it."""
    return None if actor.coordinates or actor.presides else LETTERHEAD


def reminds(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates else OFFICE_ONLY


def sees_every_unit(actor: Actor, _subject: Any) -> Any:
    """Whose first look at a board is of all units; everybody else begins with their own."""
    return None if actor.coordinates or actor.presides or actor.administers else OWN_UNIT_FIRST


def confirms_for_all(actor: Actor, _subject: Any) -> Any:
    """Whom results that wait for the coordinating office wait for."""
    return None if actor.coordinates else OFFICE_ONLY


def oversees(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates or actor.presides else OFFICE_OR_LEADER


def sends_unsigned(actor: Actor, card: CardLike) -> Any:
    """Whose sending needs no signed document beside it: their word is the approval."""
    return None if actor.heads(card.unit_id) else HEADS_ONLY


def reads_whole_log(actor: Actor, card: CardLike) -> Any:
    """Staff read of the log what they did themselves."""
    return None if actor.coordinates or actor.administers or actor.heads(card.unit_id) else OWN_DEEDS


def _everybody(_actor: Actor, _subject: Any) -> Any:
    return None


RULES.update(
    {
        Permission.BOARD_VIEW: _everybody,
        Permission.BOARD_ALL_UNITS: sees_every_unit,
        Permission.BOARD_REMIND: reminds,
        Permission.HOME_OFFICE: confirms_for_all,
        Permission.HOME_OVERVIEW: oversees,
        Permission.DUTIES_ISSUE: issues_duties,
        Permission.CARD_MOVE: moves,
        Permission.CARD_SEND: sends,
        Permission.CARD_SEND_UNSIGNED: sends_unsigned,
        Permission.CARD_WITHDRAW: withdraws,
        Permission.CARD_CONFIRM: reviews,
        Permission.CARD_ASK_MORE: reviews,
        Permission.CARD_RETURN: reviews,
        Permission.CARD_REOPEN: reviews,
        Permission.CARD_CLOSE: reviews,
        Permission.CARD_ANSWER: answers,
        Permission.CARD_PAUSE: pauses,
        Permission.CARD_UNDO: _everybody,  # one's own last move only: the operation looks at whose it was
        Permission.CARD_DATE_CORRECT: corrects_dates,
        Permission.CARD_FEEDBACK_READ: reads_feedback,
        Permission.CARD_LOG_READ: reads_log,
        Permission.CARD_LOG_ALL: reads_whole_log,
        Permission.CARD_LOG_CONTENTS: reads_log_contents,
    }
)
