"""A reminder to paste into a message group: units, duties, dates and a link, and nothing about persons."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.board.filters import Filters, is_judged
from app.board.views.card import TIMELINESS_WORDS, Today, due_phrase, duty_text
from app.board.views.worklist import asked_by
from app.cards.queries.rows import Row
from app.cards.state import Feedback, Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor

_REMINDED = (Timeliness.LATE, Timeliness.ASKED_LATE, Timeliness.SOON)
_FEEDBACK_WORDS: dict[Feedback | Timeliness, Any] = {
    Feedback.RETURNED: _l("Bị trả lại, chưa đạt yêu cầu"),
    Feedback.REOPENED: _l("Mở lại"),
    Feedback.MORE: _l("Đề nghị bổ sung"),
}
_HEADS = _FEEDBACK_WORDS | {stands: TIMELINESS_WORDS[stands] for stands in _REMINDED}
_ORDER = (*_HEADS, *(stands for stands in Timeliness if stands not in _HEADS))
_DUTY_LETTERS = 120


def to_remind(actor: Actor, rows: Iterable[Row], filters: Filters, today: Today) -> list[Row]:
    """The duties under `filters` that a unit still has in hand: sent back, late or soon due, unless a timeliness was
    chosen.
    """

    def presses(row: Row) -> bool:
        stands = today.timeliness(row)
        if filters.timeliness:
            return stands is filters.timeliness
        return stands in _REMINDED or row.feedback is not None

    return [
        row
        for row in rows
        if row.status in (Status.TODO, Status.DOING)
        and is_judged(row)
        and filters.unit in (None, row.unit_id)
        and filters.keeps(actor, row, today)
        and presses(row)
    ]


def reminder_text(plans: Sequence[tuple[str, list[Row]]], office: str, today: Today, link: str) -> str:
    """The text, plan by plan (title and duties): what was sent back, what is late, what is soon due, each under its
    head, with its units and its day. `link` is blank where the address of the site is not known.
    """
    heading = _("%(office)s đề nghị các đơn vị khẩn trương thực hiện và gửi kết quả", office=office)
    counted = _("tính đến ngày %(day)s", day=f"{today.day:%d/%m/%Y}")
    if len(plans) == 1:
        title, rows = plans[0]
        lines = [f"{heading}: {title} ({counted}).", *_by_head(rows, today)]
    else:
        lines = [f"{heading} ({counted})."]
        for title, rows in plans:
            lines += ["", "", f"{title}:", *_by_head(rows, today)]
    where = ["", _("Xem nhiệm vụ và gửi kết quả tại: %(link)s", link=link)] if link else []
    return "\n".join([*lines, *where])


def _by_head(rows: list[Row], today: Today) -> list[str]:
    found: dict[Feedback | Timeliness, list[Row]] = {}
    for row in rows:
        found.setdefault(row.feedback or today.timeliness(row), []).append(row)
    lines: list[str] = []
    for head in sorted(found, key=_ORDER.index):
        words = _HEADS.get(head) or TIMELINESS_WORDS[Timeliness(head)]
        lines += ["", f"{str(words).upper()}:", *_duties(found[head], today)]
    return lines


def _duties(rows: list[Row], today: Today) -> list[str]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        said = (row.action_id, row.due_on, row.feedback_by, row.extension_wanted, str(_phrase(row, today)))
        groups.setdefault(said, []).append(row)
    listed = sorted(groups.values(), key=lambda group: asked_by(group[0], today) or date.max)
    return [_line(group, today) for group in listed]


def _line(group: list[Row], today: Today) -> str:
    row = group[0]
    units = ", ".join(other.unit.short_name for other in group)
    return f"- {_name(row)}. {_cut(duty_text(row))}: {'; '.join(_when(row, today))}. {_('Đơn vị')}: {units}."


def _name(row: Row) -> str:
    """A duty by its clause; what an inspection asks is none of the plan's duties, and is named so."""
    if not row.is_remedy:
        return row.code
    return ", ".join(filter(None, (_("Kiến nghị kiểm tra"), row.source)))


def _when(row: Row, today: Today) -> list[str]:
    dated = _("hạn %(day)s", day=f"{today.last_day(row):%d/%m/%Y}") if row.due_on else ""
    phrase = str(_phrase(row, today))
    said = [f"{dated} ({phrase})" if dated and dated != phrase else phrase]
    if row.feedback is not None and row.feedback_by is not None:
        said.append(_("đề nghị gửi lại trước ngày %(day)s", day=f"{row.feedback_by:%d/%m/%Y}"))
    if row.extension_wanted is not None:
        wanted = f"{row.extension_wanted:%d/%m/%Y}"
        said.append(_("đã đề nghị gia hạn đến %(day)s, chưa quyết định", day=wanted))
    return said


def _phrase(row: Row, today: Today) -> Any:
    return due_phrase(row, today.timeliness(row), today, told=False)


def _cut(text: str) -> str:
    if len(text) <= _DUTY_LETTERS:
        return text.rstrip(" .;")
    return text[: _DUTY_LETTERS + 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"
