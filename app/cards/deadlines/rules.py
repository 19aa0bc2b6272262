"""The rules of deadlines: which duties take a date, which date, what must be said, and the sentence when it is not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.cards.models import Card
from app.cards.moves import MoveInput, words
from app.cards.rules import DOCUMENT_IN_FUTURE, DOCUMENT_NEEDED, MAX_REASON, REASON_NEEDED, TOO_LONG
from app.cards.state import Status
from app.core import clock
from app.core.days import day_words
from app.core.errors import Refused
from app.plans.models import ActionKind, DueLevel
from app.plans.words import DUTY_KIND_WORDS

YEARS_AHEAD = 2
MAX_NUMBER = 200
REQUEST_HAS_NONE = _l("Nội dung đề nghị không đặt thời hạn, không gia hạn và không đổi tính chất.")
REMEDY_HAS_DATE = _l("Kiến nghị kiểm tra luôn có thời hạn khắc phục nên không đổi tính chất.")
STANDING_HAS_NONE = _l("Nhiệm vụ thường xuyên không có thời hạn: đổi tính chất nhiệm vụ trước nếu cần đặt thời hạn.")
OVER = _l("Nhiệm vụ ở trạng thái “%(status)s” nên không đặt thời hạn hay gia hạn được.")
DAY_NEEDED = _l("Nhập ngày thời hạn.")
BASIS_NEEDED = _l("Nêu căn cứ đặt thời hạn.")
LEVEL_NEEDED = _l("Chọn thời hạn do cơ quan thường trực đề nghị hay do UBND đặt theo văn bản.")
UBND_NUMBER_NEEDED = _l("Thời hạn của UBND phải có văn bản: ghi số, ký hiệu văn bản của UBND.")
NUMBER_TOO_LONG = _l("Số, ký hiệu dài quá %(limit)s ký tự.")
DAY_PASSED = _l("Ngày %(day)s đã qua: chọn từ hôm nay trở đi.")
DAY_BEFORE_DOCUMENT = _l("Thời hạn không được trước ngày của văn bản (%(day)s).")
DAY_OUT_OF_PLAN = _l("Thời hạn phải trong khoảng năm %(first)s–%(last)s.")
UBND_DATE_STANDS = _l(
    "Thời hạn do kế hoạch hoặc UBND đặt đang có hiệu lực: cơ quan thường trực chỉ nhập thời hạn khác "
    "theo văn bản của UBND."
)
LATER_IS_EXTENSION = _l("Ngày muộn hơn thời hạn đang có hiệu lực (%(day)s) là gia hạn: dùng mục “Gia hạn”.")
SAME_DAY = _l("Thời hạn đang có hiệu lực đã là ngày %(day)s.")
NO_DATE_TO_EXTEND = _l("Nhiệm vụ không có thời hạn nên không có gì để gia hạn.")
NOT_LATER = _l("Ngày gia hạn phải sau thời hạn đang có hiệu lực (%(day)s).")
ALREADY_ASKED = _l("Đã có một đề nghị gia hạn đang chờ quyết định.")
DECIDE_FIRST = _l("Đơn vị đang đề nghị gia hạn: hãy quyết định đề nghị đó trước.")
NOTHING_ASKED = _l("Đề nghị gia hạn này đã được quyết định hoặc đã rút lại.")
REFUSAL_REASON_NEEDED = _l("Nêu lý do không gia hạn để đơn vị biết.")
SAME_KIND = _l("Nhiệm vụ đã là “%(kind)s”.")
KIND_NEEDED = _l("Chọn tính chất nhiệm vụ.")
KIND_NEEDS_DATES = _l("Nhiệm vụ có thời hạn khi UBND đã đặt thời hạn: nhập thời hạn theo văn bản của UBND trước.")
KIND_HAS_DATES = _l("Thời hạn do kế hoạch hoặc UBND đặt đang có hiệu lực nên nhiệm vụ không là “trong năm”.")
KIND_NUMBER_NEEDED = _l(
    "Kế hoạch hoặc UBND đã đặt thời hạn: đổi sang thường xuyên phải theo văn bản của UBND, ghi số, ký hiệu."
)
KIND_WAITS = _l("%(n)s đơn vị đang chờ xác nhận kết quả: xử lý xong rồi mới đổi sang thường xuyên.")
REMARK = _l("Gia hạn %(n)s lần, hạn gốc %(day)s")
KIND_EXTENSION_OPEN = _l("%(n)s đơn vị đang đề nghị gia hạn: hãy quyết định các đề nghị đó trước.")


def check_takes_dates(card: Card) -> None:
    """Raise `Refused` for a request, a standing duty, and one that is done or not to be carried out."""
    if card.is_request:
        raise Refused(REQUEST_HAS_NONE)
    if card.is_standing:
        raise Refused(STANDING_HAS_NONE)
    if card.status in (Status.DONE, Status.DROPPED):
        raise Refused(OVER % {"status": words(card, card.status)})


def check_setting(card: Card, said: MoveInput, level: DueLevel | None) -> tuple[date, DueLevel]:
    """The date to set and its level. UBND's needs a number; the office's gives way to UBND's, and a later date of the
    same level is an extension.
    """
    check_takes_dates(card)
    if level is None:
        raise Refused(LEVEL_NEEDED, field="level")
    if not said.reason:
        raise Refused(BASIS_NEEDED, field="reason")
    if level is DueLevel.UBND and not said.document_number:
        raise Refused(UBND_NUMBER_NEEDED, field="document_number")
    day = check_day(card, said, past=level is DueLevel.UBND)
    if level is DueLevel.OFFICE and card.due_level is DueLevel.UBND:
        raise Refused(UBND_DATE_STANDS, field="level")
    if card.extension_id is not None:
        raise Refused(DECIDE_FIRST)
    if card.due_on is not None and card.due_level is level:
        _check_not_later(card.due_on, day)
    return day, level


def _check_not_later(current: date, day: date) -> None:
    if day == current:
        raise Refused(SAME_DAY % {"day": day_words(current)}, field="day")
    if day > current:
        raise Refused(LATER_IS_EXTENSION % {"day": day_words(current)}, field="day")


def check_day(card: Card, said: MoveInput, *, past: bool) -> date:
    """The day that is said; `past`: a document may have named a day that is over when it is entered."""
    check_words(said)
    if said.day is None:
        raise Refused(DAY_NEEDED, field="day")
    first, last = card.action.plan.year, card.action.plan.year + YEARS_AHEAD
    if not first <= said.day.year <= last:
        raise Refused(DAY_OUT_OF_PLAN % {"first": first, "last": last}, field="day")
    if not past and said.day < clock.today():
        raise Refused(DAY_PASSED % {"day": day_words(said.day)}, field="day")
    if said.document_on is not None and said.day < said.document_on:
        raise Refused(DAY_BEFORE_DOCUMENT % {"day": day_words(said.document_on)}, field="day")
    return said.day


def check_words(said: MoveInput) -> None:
    """Raise `Refused` for what is too long, and for a document of tomorrow."""
    if len(said.reason) > MAX_REASON:
        raise Refused(TOO_LONG % {"limit": MAX_REASON}, field="reason")
    if len(said.document_number) > MAX_NUMBER:
        raise Refused(NUMBER_TOO_LONG % {"limit": MAX_NUMBER}, field="document_number")
    if said.document_on is not None and said.document_on > clock.today():
        raise Refused(DOCUMENT_IN_FUTURE, field="document_on")


def check_extending(card: Card, said: MoveInput, *, past: bool) -> tuple[date, DueLevel]:
    """The later date and the level of the date in force, which decides."""
    check_takes_dates(card)
    if card.due_on is None or card.due_level is None:
        raise Refused(NO_DATE_TO_EXTEND)
    day = check_day(card, said, past=past)
    if day <= card.due_on:
        raise Refused(NOT_LATER % {"day": day_words(card.due_on)}, field="day")
    return day, card.due_level


def check_asking(card: Card, said: MoveInput) -> tuple[date, DueLevel]:
    """An extension is asked with a reason, once at a time, before or after the date has passed."""
    asked = check_extending(card, said, past=False)
    if card.extension_id is not None:
        raise Refused(ALREADY_ASKED)
    if not said.reason:
        raise Refused(REASON_NEEDED, field="reason")
    return asked


def check_open(card: Card, extension_id: int) -> None:
    """Raise `Refused` unless that asking still waits."""
    if card.extension_id != extension_id:
        raise Refused(NOTHING_ASKED)


def check_granting(card: Card, said: MoveInput) -> tuple[date, DueLevel]:
    """A grant at UBND's level names UBND's document, whoever enters it."""
    granted = check_extending(card, said, past=True)
    if card.due_level is DueLevel.UBND and not said.document_number:
        raise Refused(DOCUMENT_NEEDED, field="document_number")
    return granted


def check_refusing(card: Card, said: MoveInput, *, entered: bool) -> None:
    """A refusal has a reason for the unit; `entered=True`: the office records UBND's decision, by its document."""
    check_takes_dates(card)
    check_words(said)
    if not said.reason:
        raise Refused(REFUSAL_REASON_NEEDED, field="reason")
    if entered and card.due_level is DueLevel.UBND and not said.document_number:
        raise Refused(DOCUMENT_NEEDED, field="document_number")


def check_kind(card: Card, cards: Sequence[Card], kind: ActionKind | None, said: MoveInput) -> ActionKind:
    """The kind to change to, for all `cards` of the action: its dates and what waits must allow it."""
    check_words(said)
    if card.is_request:
        raise Refused(REQUEST_HAS_NONE)
    if card.is_remedy:
        raise Refused(REMEDY_HAS_DATE)
    if kind is None:
        raise Refused(KIND_NEEDED, field="kind")
    if kind is card.action.kind:
        raise Refused(SAME_KIND % {"kind": DUTY_KIND_WORDS[kind]}, field="kind")
    if not said.reason:
        raise Refused(REASON_NEEDED, field="reason")
    _check_dates(cards, kind, said)
    _check_nothing_waits(cards, kind)
    return kind


def _check_dates(cards: Sequence[Card], kind: ActionKind, said: MoveInput) -> None:
    official = [c.due_level is DueLevel.UBND for c in cards]
    if kind is ActionKind.DATED and not all(official):
        raise Refused(KIND_NEEDS_DATES, field="kind")
    if kind is ActionKind.WITHIN_YEAR and any(official):
        raise Refused(KIND_HAS_DATES, field="kind")
    if kind is ActionKind.STANDING and any(official) and not said.document_number:
        raise Refused(KIND_NUMBER_NEEDED, field="document_number")


def _check_nothing_waits(cards: Sequence[Card], kind: ActionKind) -> None:
    waiting = sum(c.status is Status.WAITING or c.resume_to is Status.WAITING for c in cards)
    if kind is ActionKind.STANDING and waiting:
        raise Refused(KIND_WAITS % {"n": waiting}, field="kind")
    if asked := sum(c.extension_id is not None for c in cards):
        raise Refused(KIND_EXTENSION_OPEN % {"n": asked}, field="kind")


def decided_on(said: MoveInput) -> date:
    """What is decided takes its document's day; else the day of the click."""
    return said.document_on or clock.today()


def remark(card: Any) -> Any:
    """Ghi chú about extensions, or None: how many, and the date that stood first."""
    if not card.extensions or card.due_original_on is None:
        return None
    return REMARK % {"n": card.extensions, "day": day_words(card.due_original_on)}
