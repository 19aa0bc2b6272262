"""What a team asks to be put right: drafts, which only the conclusion makes binding."""

from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.days import day_words
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.inspections.models import ChecklistContent
from app.inspections.recommendations.models import Recommendation
from app.inspections.validation import check_lengths, check_standing
from app.inspections.visits.models import InspectionVisit
from app.organisation.models import Unit, UnitKind

SHORTCOMING_NEEDED = _l("Nêu tồn tại, hạn chế.")
DEMAND_NEEDED = _l("Nêu yêu cầu, kiến nghị khắc phục.")
UNIT_NEEDED = _l("Chọn đơn vị thực hiện.")
BODY_IS_ASKED = _l("%(unit)s ngoài hệ thống UBND nên không giao khắc phục: chọn đơn vị khác.")
NO_SUCH_CONTENT = _l("Nội dung này không có trong nội dung kiểm tra của cuộc.")
DUE_BEFORE_VISIT = _l("Thời hạn khắc phục không được trước ngày kiểm tra (%(day)s).")
WITHDRAWN = _l("Dự thảo kiến nghị này đã được rút.")
MAX_TEXT = 2000
FIELDS = ("content_id", "shortcoming", "demand", "unit_id", "due_on")


@dataclass(frozen=True)
class Draft:
    """What is said of a recommendation; the date may still be open until the conclusion."""

    content_id: int | None
    shortcoming: str
    demand: str
    unit_id: int
    due_on: date | None = None


def ask(actor: Actor, visit: InspectionVisit, said: Draft, client_key: str | None = None) -> Recommendation:
    """Draft a recommendation of a visit. A sending that comes twice under one key is written once.

    Raises `Forbidden`; `Refused` for what is missing, a unit that is no more, or a content of another checklist.
    """
    with change(actor, Permission.RECOMMENDATION_ASK, visit):
        if client_key and (known := _known(visit, client_key)) is not None:
            return known
        _check(visit, said)
        query = select(func.max(Recommendation.position)).where(Recommendation.visit_id == visit.id)
        made = Recommendation(
            **asdict(said),
            round_id=visit.round_id,
            visit_id=visit.id,
            position=(db.session.scalar(query) or 0) + 1,
            client_key=client_key,
        )
        db.session.add(made)
    return made


def edit(actor: Actor, asked: Recommendation, said: Draft, *, seen_version: int) -> None:
    """Write a draft anew. Raises as `ask`, and `Stale`."""
    with change(actor, Permission.RECOMMENDATION_EDIT, asked, seen_version=seen_version):
        _check_there(asked)
        _check(asked.visit, said)
        for name, value in asdict(said).items():
            setattr(asked, name, value)


def withdraw(actor: Actor, asked: Recommendation, reason: str, *, seen_version: int) -> None:
    """Take a draft back; it stays readable for the team."""
    with change(actor, Permission.RECOMMENDATION_EDIT, asked, seen_version=seen_version):
        _check_there(asked)
        check_lengths((("reason", reason),), MAX_TEXT)
        asked.withdrawn_at, asked.withdrawn_reason = clock.now(), reason or None


def drafts_of(visit_ids: list[int]) -> list[Recommendation]:
    """The drafts of visits that no conclusion has taken up, in their order."""
    query = select(Recommendation).where(
        Recommendation.visit_id.in_(visit_ids),
        Recommendation.conclusion_id.is_(None),
        Recommendation.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Recommendation.visit_id, Recommendation.position)))


def _known(visit: InspectionVisit, client_key: str) -> Recommendation | None:
    query = select(Recommendation).where(Recommendation.client_key == client_key, Recommendation.visit_id == visit.id)
    return db.session.scalar(query)


def _check_there(asked: Recommendation) -> None:
    if asked.withdrawn_at is not None:
        raise Refused(WITHDRAWN)


def _check(visit: InspectionVisit, said: Draft) -> None:
    if not said.shortcoming:
        raise Refused(SHORTCOMING_NEEDED, field="shortcoming")
    if not said.demand:
        raise Refused(DEMAND_NEEDED, field="demand")
    check_lengths((("shortcoming", said.shortcoming), ("demand", said.demand)), MAX_TEXT)
    content = db.session.get(ChecklistContent, said.content_id) if said.content_id else None
    if said.content_id and (content is None or content.version_id != visit.checklist_version_id):
        raise Refused(NO_SUCH_CONTENT, field="content_id")
    unit = db.session.get(Unit, said.unit_id)
    if unit is None:
        raise Refused(UNIT_NEEDED, field="unit_id")
    if unit.kind is UnitKind.BODY:
        raise Refused(BODY_IS_ASKED % {"unit": unit.name}, field="unit_id")
    check_standing(unit, clock.today(), "unit_id")
    if said.due_on is not None and visit.visit_on is not None and said.due_on < visit.visit_on:
        raise Refused(DUE_BEFORE_VISIT % {"day": day_words(visit.visit_on)}, field="due_on")
