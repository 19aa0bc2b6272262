"""Phúc tra: somebody looks again at what was put right, and says what was found."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.change import change
from app.core.days import day_words
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.inspections.recommendations.models import Conclusion, Recheck, Recommendation
from app.inspections.validation import check_lengths, check_past

DAY_NEEDED = _l("Nhập ngày phúc tra.")
RESULT_NEEDED = _l("Chọn kết quả phúc tra.")
NOT_CONCLUDED = _l("Kiến nghị này chưa có thông báo kết luận nên chưa phúc tra.")
BEFORE_CONCLUSION = _l("Ngày phúc tra không được trước ngày ban hành kết luận (%(day)s).")
MAX_NOTE = 2000


@dataclass(frozen=True)
class RecheckInput:
    """What a phúc tra says."""

    day: date | None
    result: Recheck | None
    note: str = ""


def recheck(actor: Actor, asked: Recommendation, said: RecheckInput, *, seen_version: int) -> None:
    """Note a phúc tra; a later one takes the place of the first, which stays in the log.

    The duty itself is not moved: what is found wanting is reopened by the office. Raises `Forbidden`, `Stale`,
    `Refused`.
    """
    with change(actor, Permission.REMEDY_RECHECK, asked, seen_version=seen_version):
        if asked.conclusion_id is None:
            raise Refused(NOT_CONCLUDED)
        issued_on = db.session.get_one(Conclusion, asked.conclusion_id).issued_on
        if said.day is None:
            raise Refused(DAY_NEEDED, field="day")
        check_past("day", said.day)
        if said.day < issued_on:
            raise Refused(BEFORE_CONCLUSION % {"day": day_words(issued_on)}, field="day")
        if said.result is None:
            raise Refused(RESULT_NEEDED, field="result")
        check_lengths((("note", said.note),), MAX_NOTE)
        asked.recheck_on, asked.recheck_result, asked.recheck_note = said.day, said.result, said.note or None
