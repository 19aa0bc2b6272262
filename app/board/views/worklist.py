"""A unit's duties as its people work through them: sent back, late, soon due, waiting, the rest."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, ScalarSelect, bindparam, func, or_, select

from app.board.views.card import Today, feedback
from app.cards.models import Card
from app.cards.moves import STATUS_WORDS
from app.cards.queries import rows as queries
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor
from app.extensions import db
from app.plans.models import Action, CoordinatingUnit, DueLevel


class Section(StrEnum):
    """In the order of the page."""

    RETURNED = "returned"
    LATE = "late"
    SOON = "soon"
    DATED = "dated"
    WAITING = "waiting"
    REST = "rest"
    DONE = "done"
    ASIDE = "aside"


SECTION_WORDS = {
    Section.RETURNED: _l("Bị trả lại, đề nghị bổ sung"),
    Section.LATE: _l("Quá hạn"),
    Section.SOON: _l("Sắp đến hạn"),
    Section.DATED: _l("Thời hạn khác"),
    Section.WAITING: _l("Đã gửi, chờ xác nhận"),
    Section.REST: _l("Nhiệm vụ còn lại"),
    Section.DONE: STATUS_WORDS[Status.DONE],
    Section.ASIDE: _l("Tạm dừng, không thực hiện"),
}
PRESSING = (Section.RETURNED, Section.LATE, Section.SOON)
_WORKED = (Status.TODO, Status.DOING)
_OPEN = (*_WORKED, Status.WAITING)
_BY_TIME = {
    Timeliness.LATE: Section.LATE,
    Timeliness.SOON: Section.SOON,
    Timeliness.IN_TIME: Section.DATED,
    Timeliness.ASKED_LATE: Section.DATED,
}


def section_of(actor: Actor, row: Any, today: Today) -> Section:
    """Where `row` stands on the page of its unit."""
    if not row.status.on_board:
        return Section.ASIDE
    if row.status is Status.DONE:
        return Section.DONE
    if row.status is Status.WAITING:
        return Section.WAITING
    if feedback(actor, row) is not None:
        return Section.RETURNED
    return _BY_TIME.get(today.timeliness(row), Section.REST)


def in_order(section: Section, rows: Iterable[Row], today: Today) -> list[Row]:
    """The rows of a section, the most pressing first: by the day that counts there, else in the plan's order."""
    if section is Section.RETURNED:
        return sorted(rows, key=lambda row: (asked_by(row, today) or date.max, row.feedback_on or date.min))
    if section is Section.WAITING:
        return sorted(rows, key=lambda row: row.sent_on or date.min)
    if section in (Section.LATE, Section.SOON, Section.DATED):
        return sorted(rows, key=today.last_day)
    return sorted(rows, key=lambda row: row.status is not Status.DOING) if section is Section.REST else list(rows)


def asked_by(row: Row, today: Today) -> date | None:
    """The day by which a duty that was sent back is wanted again: the one the office named, else the last in time."""
    return row.feedback_by or (today.last_day(row) if row.due_on else None)


def own_rows(actor: Actor, plan_ids: Collection[int]) -> list[Row]:
    """The duties that the units of `actor` lead."""
    return queries.selected(plan_ids, Card.unit_id.in_(actor.unit_ids))


def coordinated_rows(actor: Actor, plan_ids: Collection[int]) -> list[Row]:
    """The duties of others in which the units of `actor` take part."""
    return [row for row in rows_with_part_of(plan_ids, actor.unit_ids) if row.unit_id not in actor.unit_ids]


def rows_with_part_of(plan_ids: Collection[int], unit_ids: Iterable[int]) -> list[Row]:
    """The duties that name one of the units as coordinating."""
    taking_part = select(CoordinatingUnit.action_id).where(CoordinatingUnit.unit_id.in_(list(unit_ids)))
    return queries.selected(plan_ids, Action.id.in_(taking_part))


def rows_in_hand(plan_ids: Collection[int]) -> list[Row]:
    """The duties that units still have in hand."""
    return queries.selected(plan_ids, Card.status.in_(_WORKED))


def waiting_rows(plan_ids: Collection[int]) -> list[Row]:
    """What was sent and waits to be confirmed, the oldest first."""
    found = queries.selected(plan_ids, Card.status == Status.WAITING)
    return sorted(found, key=lambda row: row.sent_on or date.min)


def waiting_number() -> ScalarSelect[int]:
    """How many results wait to be confirmed in `:plans`, as a part of another query."""
    plans = Card.plan_id.in_(bindparam("plans", expanding=True))
    return select(func.count()).select_from(Card).where(plans, Card.status == Status.WAITING).scalar_subquery()


def late_rows(plan_ids: Collection[int], today: Today) -> list[Row]:
    """The duties that are late on this day, without remedies. The database narrows by date, the rule decides."""
    dated = (
        Card.due_level == DueLevel.UBND,
        Card.due_on <= today.day,
        Card.status.in_(_OPEN),
        Action.is_remedy.is_(False),
    )
    return [row for row in queries.selected(plan_ids, *dated) if today.timeliness(row) is Timeliness.LATE]


def pressing_count(actor: Actor, plan_ids: Collection[int], today: Today) -> int:
    """How many duties of the units of `actor` were sent back, are late or soon due."""
    if not actor.unit_ids:
        return 0
    horizon = today.day + timedelta(days=today.settings.soon_days + 1)  # one more, for "trước ngày"
    asked = {"plans": list(plan_ids), "units": list(actor.unit_ids), "horizon": horizon}
    found = db.session.execute(_may_press(), asked)
    return sum(section_of(actor, row, today) in PRESSING for row in found)


@cache
def _may_press() -> Any:
    """What a section is told from, of the duties that may press. Every page counts them: no whole rows, made once."""
    of_card = (Card.unit_id, Card.status, Card.resume_to, Card.due_on, Card.due_level, Card.due_basis, Card.sent_on,
               Card.finished_on, Card.feedback, Card.feedback_reason, Card.feedback_by, Card.feedback_on)  # fmt: skip
    return (
        select(*of_card, Action.kind, Action.is_request, Action.is_remedy, Action.starts_on)
        .join(Action, Action.id == Card.action_id)
        .where(
            Card.plan_id.in_(bindparam("plans", expanding=True)),
            Card.unit_id.in_(bindparam("units", expanding=True)),
            Card.status.in_(_WORKED),
            or_(Card.feedback.is_not(None), Card.due_on <= bindparam("horizon", type_=Date)),
        )
    )
