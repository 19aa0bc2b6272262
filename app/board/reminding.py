"""A reminder to paste into a message group: units, duties, dates and a link, and nothing about persons."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.board.faces import TIMELINESS_WORDS, Today, due_phrase, duty_text
from app.board.filters import Filters, is_judged
from app.board.queries import Row
from app.board.state import Status
from app.board.timeliness import Timeliness
from app.core.actor import Actor

_REMINDED = (Timeliness.LATE, Timeliness.ASKED_LATE, Timeliness.SOON)
_ORDER = (*_REMINDED, *(stands for stands in Timeliness if stands not in _REMINDED))
_DUTY_LETTERS = 120


def to_remind(actor: Actor, rows: Iterable[Row], filters: Filters, today: Today) -> list[Row]:
    """The duties under `filters` that a unit still has in hand: late or soon due, unless a timeliness was chosen."""
    stands = (filters.timeliness,) if filters.timeliness else _REMINDED
    return [
        row
        for row in rows
        if row.status in (Status.TODO, Status.DOING)
        and is_judged(row)
        and filters.keeps(actor, row, today)
        and today.timeliness(row) in stands
    ]


def reminder_text(plan_title: str, office: str, rows: list[Row], today: Today, link: str) -> str:
    """The text, duty by duty: those that are late before those soon due, each with its units and its last day.

    `link` is blank where the address of the site is not known.
    """
    heading = _("%(office)s đề nghị các đơn vị khẩn trương thực hiện và gửi kết quả", office=office)
    lines = [f"{heading}: {plan_title} ({_('tính đến ngày %(day)s', day=f'{today.day:%d/%m/%Y}')})."]
    by_stand: dict[Timeliness, list[Row]] = {}
    for row in rows:
        by_stand.setdefault(today.timeliness(row), []).append(row)
    for stands in sorted(by_stand, key=_ORDER.index):
        lines += ["", f"{str(TIMELINESS_WORDS[stands]).upper()}:", *_duties(by_stand[stands], stands, today)]
    where = ["", _("Xem nhiệm vụ và gửi kết quả tại: %(link)s", link=link)] if link else []
    return "\n".join([*lines, *where])


def _duties(rows: list[Row], stands: Timeliness, today: Today) -> list[str]:
    groups: dict[tuple[int, object], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.action_id, row.due_on), []).append(row)
    listed = sorted(groups.values(), key=lambda group: (group[0].due_on is None, group[0].due_on))
    return [_line(group, stands, today) for group in listed]


def _line(group: list[Row], stands: Timeliness, today: Today) -> str:
    row = group[0]
    units = ", ".join(other.unit.short_name for other in group)
    dated = _("hạn %(day)s", day=f"{today.last_day(row):%d/%m/%Y}") if row.due_on else ""
    phrase = str(due_phrase(row, stands, today, told=False))
    when = f"{dated} ({phrase})" if dated and dated != phrase else phrase
    return f"- {row.code}. {_cut(duty_text(row))}: {when}. {_('Đơn vị')}: {units}."


def _cut(text: str) -> str:
    if len(text) <= _DUTY_LETTERS:
        return text.rstrip(" .;")
    return text[: _DUTY_LETTERS + 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"
