"""The rules of the moves: what must be said, what must be there, and the sentence when it is not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.cards.models import Card
from app.cards.moves import Course, Deed, Move, MoveInput, Need, course, is_on_behalf, label, needs, stands_open, words
from app.cards.state import Status
from app.core import clock
from app.core.actor import Actor
from app.core.change import STALE
from app.core.days import day_words
from app.core.errors import Refused, Stale
from app.core.policy import Permission, can
from app.evidence.models import Evidence, Review

NO_EVIDENCE = _l(
    "Cần ít nhất một minh chứng không ở tình trạng “Cần bổ sung” trước khi gửi kết quả. "
    "Hãy tải văn bản chứng minh lên rồi gửi lại."
)
REMEDY_UNPROVED = _l(
    "Kiến nghị kiểm tra chỉ được xác nhận đã khắc phục khi có ít nhất một minh chứng hợp lệ. "
    "Hãy đề nghị đơn vị bổ sung minh chứng, hoặc xem lại minh chứng đã gửi."
)
STANDING_SENDS_NOT = _l(
    "Nhiệm vụ thường xuyên không gửi kết quả một lần: kết quả được ghi theo kỳ (6 tháng, năm) "
    "ở mục “Tiến độ, khó khăn, đề xuất” của trang nhiệm vụ, và cơ quan thường trực khép lại vào cuối năm."
)
RESULT_STANDS = _l("Nhiệm vụ thường xuyên đã có kết quả theo kỳ nên ở “Đang thực hiện” cho đến khi được khép lại.")
REQUEST_HAS_RESULT = _l(
    "Đây là nội dung đề nghị: chỉ ghi “Đã có kết quả”, không gửi hay xác nhận như nhiệm vụ được giao."
)
STAFF_NEED_DOCUMENT = _l(
    "Chuyên viên gửi kết quả khi đã đính kèm văn bản của đơn vị có số, ký hiệu và ngày ký: "
    "văn bản đó là căn cứ phê duyệt."
)
SENT_IN_FUTURE = _l("Ngày gửi không được sau ngày hôm nay.")
SENT_BEFORE_RETURN = _l("Ngày gửi không được trước ngày bị trả lại gần nhất (%(day)s).")
SENT_BEFORE_PLAN = _l("Ngày gửi không được trước năm của kế hoạch (%(year)s).")
SENT_ON_NEEDED = _l("Nhập ngày gửi theo văn bản.")
REVIEW_BEGUN = _l("Cơ quan thường trực đã xem minh chứng nên không rút lại được kết quả.")
YEAR_NOT_OVER = _l("Nhiệm vụ thường xuyên được khép lại vào cuối năm kế hoạch (từ tháng 12/%(year)s).")
REASON_NEEDED = _l("Nêu rõ lý do.")
DOCUMENT_NEEDED = _l("Nhập số, ký hiệu văn bản làm căn cứ.")
BEHALF_DOCUMENT_NEEDED = _l("Nhập thay đơn vị phải trên cơ sở văn bản: ghi số, ký hiệu văn bản của đơn vị.")
DOCUMENT_IN_FUTURE = _l("Ngày văn bản không được sau ngày hôm nay.")
ASK_BY_PAST = _l("Ngày đề nghị gửi lại không được trước ngày hôm nay.")
NO_SUCH_MOVE = _l("Không chuyển trực tiếp từ “%(origin)s” sang “%(to)s”.")
WRONG_ORIGIN = _l("Không thực hiện được “%(deed)s” khi nhiệm vụ ở trạng thái “%(status)s”.")
ALREADY_THERE = _l("Nhiệm vụ đã ở trạng thái “%(status)s”.")
NO_MOVE_NAMED = _l("Chưa chọn trạng thái để chuyển.")
MAX_REASON = 2000
TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")
CLOSING_MONTH = 12


def refuse_if_stale(card: Card, seen_version: int) -> None:
    """Raise `Stale` unless `card` is still the version that was seen."""
    if card.version != seen_version:
        raise Stale(STALE)


def no_such_move(card: Card, to: Status | None) -> Any:
    """The sentence for an arrow that the board does not have."""
    if to is None:
        return NO_MOVE_NAMED
    if card.is_standing and to is Status.WAITING:
        return STANDING_SENDS_NOT
    if card.is_request and to is not card.status:
        return REQUEST_HAS_RESULT
    if card.is_standing and card.status is Status.DOING and to is Status.TODO:
        return RESULT_STANDS
    if to is card.status:
        return ALREADY_THERE % {"status": words(card, to)}
    return NO_SUCH_MOVE % {"origin": words(card, card.status), "to": words(card, to)}


def check_course(card: Card, move: Move) -> None:
    """Raise `Refused` where the card's course or its column does not have this move."""
    runs = course(card)
    if runs not in move.courses:
        if move.deed is Deed.SEND and runs is Course.STANDING:
            raise Refused(STANDING_SENDS_NOT)
        if runs is Course.REQUEST:
            raise Refused(REQUEST_HAS_RESULT)
    if move.deed is Deed.UNSTART and card.status in move.origins and not stands_open(card, move):
        raise Refused(RESULT_STANDS)
    if not stands_open(card, move):
        raise Refused(WRONG_ORIGIN % {"deed": label(card, move), "status": words(card, card.status)})


def check_said(actor: Actor, card: Card, move: Move, said: MoveInput) -> bool:
    """Raise `Refused` for what is missing or cannot be; returns whether the office acts for another unit."""
    asked = needs(actor, card, move)
    behalf = is_on_behalf(actor, card, move)
    if Need.REASON in asked and not said.reason:
        raise Refused(REASON_NEEDED, field="reason")
    if len(said.reason) > MAX_REASON:
        raise Refused(TOO_LONG % {"limit": MAX_REASON}, field="reason")
    if Need.DOCUMENT in asked and not said.document_number:
        raise Refused(BEHALF_DOCUMENT_NEEDED if behalf else DOCUMENT_NEEDED, field="document_number")
    if said.document_on is not None and said.document_on > clock.today():
        raise Refused(DOCUMENT_IN_FUTURE, field="document_on")
    if move.deed is Deed.ASK_MORE and said.day is not None and said.day < clock.today():
        raise Refused(ASK_BY_PAST, field="day")
    return behalf


def check_sending(actor: Actor, card: Card, said: MoveInput, documents: Sequence[Evidence], behalf: bool) -> None:
    """The gate of a sending: the day, at least one evidence that is not lacking, and staff's signed document."""
    check_sent_day(card, said.day)
    usable = [d for d in documents if d.review is not Review.LACKING]
    if (card.action.needs_evidence or card.is_remedy) and not usable:
        raise Refused(NO_EVIDENCE)
    by_staff = not behalf and not can(actor, Permission.CARD_SEND_UNSIGNED, card)
    if by_staff and not any(d.is_signed_document and d.unit_id == card.unit_id for d in usable):
        raise Refused(STAFF_NEED_DOCUMENT)


def check_sent_day(card: Card, day: date | None, *, required: bool = False) -> None:
    """A ngày gửi is not in the future, not before the last return, not before the plan's year."""
    if day is None:
        if required:
            raise Refused(SENT_ON_NEEDED, field="day")
        return
    if day > clock.today():
        raise Refused(SENT_IN_FUTURE, field="day")
    if card.returned_on is not None and day < card.returned_on:
        raise Refused(SENT_BEFORE_RETURN % {"day": day_words(card.returned_on)}, field="day")
    if day.year < card.action.plan.year:
        raise Refused(SENT_BEFORE_PLAN % {"year": card.action.plan.year}, field="day")


def check_proved(card: Card) -> None:
    """What an inspection asked closes only with a document that was accepted; to be asked once they are reviewed."""
    if card.is_remedy and not card.evidence_valid:
        raise Refused(REMEDY_UNPROVED)


def check_withdrawal(card: Card, documents: Sequence[Evidence]) -> None:
    """A sending may be withdrawn while nobody has reviewed it."""
    seen = [d.reviewed_at for d in documents if d.reviewed_at is not None]
    if card.sent_at is not None and any(at >= card.sent_at for at in seen):
        raise Refused(REVIEW_BEGUN)


def check_closing(card: Card) -> None:
    """A standing duty is closed at the end of the plan's year."""
    year = card.action.plan.year
    if clock.today() < date(year, CLOSING_MONTH, 1):
        raise Refused(YEAR_NOT_OVER % {"year": year})


def effective_day(move: Move, said: MoveInput) -> date:
    """A sending takes its ngày gửi; a pause, its end and Không thực hiện their document's day; else the click's day."""
    if move.deed is Deed.SEND and said.day is not None:
        return said.day
    by_document = move.deed in (Deed.PAUSE, Deed.DROP, Deed.RESUME)
    if by_document and said.document_on is not None:
        return said.document_on
    return clock.today()
