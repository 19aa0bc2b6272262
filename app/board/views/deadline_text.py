"""A deadline in words, as a person says it: còn 6 ngày, quá hạn 3 ngày."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.cards.timeliness import Timeliness
from app.core.days import day_words
from app.plans.models import DueLevel

AS_DATE_FROM = 30  # beyond this many days a deadline is shown as its date


def extended(row: Any) -> str:
    """How often the deadline was extended, and to which day."""
    day = day_words(row.due_on)
    return ngettext(
        "hạn %(day)s, đã gia hạn %(num)s lần", "hạn %(day)s, đã gia hạn %(num)s lần", row.extensions, day=day
    )


def finished(row: Any, stands: Timeliness) -> str:
    """How a duty that is done stood beside its deadline."""
    if stands is Timeliness.STANDING:
        return _("đã khép lại")
    if stands is Timeliness.DONE_LATE:
        return _("hoàn thành quá hạn")
    if row.due_level is DueLevel.UBND:
        return _("hoàn thành đúng hạn")
    return _("hoàn thành %(day)s", day=day_words(row.finished_on)) if row.finished_on else _("hoàn thành")


def sent(row: Any, end: date) -> str:
    """When the result was sent, and how many days after `end` where it was late."""
    day = day_words(row.sent_on)
    if row.sent_on <= end:
        return _("gửi %(day)s, đúng hạn", day=day)
    over = (row.sent_on - end).days
    if row.due_level is DueLevel.OFFICE:
        return ngettext(
            "gửi %(day)s, chậm %(num)s ngày so với đề nghị",
            "gửi %(day)s, chậm %(num)s ngày so với đề nghị",
            over,
            day=day,
        )
    return ngettext("gửi %(day)s, quá hạn %(num)s ngày", "gửi %(day)s, quá hạn %(num)s ngày", over, day=day)


def running(stands: Timeliness, end: date, left: int) -> str:
    """What is left until `end`, or how long it has passed; `left` in days."""
    if left < 0:
        if stands is Timeliness.ASKED_LATE:
            return ngettext("chậm %(num)s ngày so với đề nghị", "chậm %(num)s ngày so với đề nghị", -left)
        return ngettext("quá hạn %(num)s ngày", "quá hạn %(num)s ngày", -left)
    if left == 0:
        return _("hạn cuối hôm nay")
    if left > AS_DATE_FROM:
        return _("hạn %(day)s", day=day_words(end))
    return ngettext("còn %(num)s ngày", "còn %(num)s ngày", left)
