"""The thông báo kết luận: with it every draft becomes a duty of its unit, without it nothing is binding."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.cards.models import Card
from app.cards.operations.creation import agree, deal
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.days import day_words
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.evidence.operations import Kept, keep_file
from app.extensions import db
from app.files.pending import pending
from app.files.store import Incoming, Storage
from app.inspections.models import InspectionRound, RoundStatus
from app.inspections.recommendations.models import Conclusion, Recommendation
from app.inspections.recommendations.operations.recommendations import drafts_of
from app.inspections.validation import MAX_LINE, check_lengths, check_past, check_standing
from app.inspections.visits.models import InspectionVisit, VisitStatus
from app.organisation.models import Unit
from app.organisation.queries import heir_of
from app.plans.models import Action, ActionKind, Clause, DueLevel, Plan

NUMBER_NEEDED = _l("Nhập số, ký hiệu thông báo kết luận.")
DAY_NEEDED = _l("Nhập ngày ban hành thông báo kết luận.")
SIGNER_NEEDED = _l("Nhập người ký thông báo kết luận.")
FILE_NEEDED = _l("Tải lên bản thông báo kết luận đã ký.")
NO_VISIT = _l("Đợt kiểm tra chưa có cuộc nào để kết luận.")
NOT_RECORDED = _l("Chưa kết luận được: cuộc kiểm tra chưa hoàn thành việc ghi (%(units)s).")
BEFORE_VISIT = _l("Ngày ban hành không được trước ngày kiểm tra %(unit)s (%(day)s).")
ALREADY = _l("Đã có thông báo kết luận số %(number)s ngày %(day)s. Muốn ban hành lại, hãy thu hồi văn bản đó trước.")
NO_DATE = _l("Kiến nghị “%(demand)s” (%(unit)s) chưa có thời hạn khắc phục: nhập thời hạn rồi ghi lại kết luận.")
DATE_BEFORE = _l("Thời hạn của kiến nghị “%(demand)s” (%(unit)s) trước ngày ban hành kết luận (%(day)s).")
_SHOWN = 80  # letters of a demand inside a sentence


@dataclass(frozen=True)
class ConclusionInput:
    """What the issued document says of itself. Dates that UBND's own document sets make late; the office's do not."""

    number: str
    issued_on: date | None
    signer: str
    issuer: str = ""
    due_level: DueLevel = DueLevel.UBND


@dataclass(frozen=True)
class IssuedConclusion:
    """The conclusion, how many duties it made, and what became of units that are no more."""

    conclusion: Conclusion
    made: int
    told: tuple[str, ...]


def issue(
    actor: Actor,
    around: InspectionRound,
    visit_id: int | None,
    said: ConclusionInput,
    file: Incoming | None,
    *,
    store: Storage,
    limit_bytes: int,
) -> IssuedConclusion:
    """Note an issued conclusion of one visit, or of all visits of a round that have none, with the signed file.

    In the same change each draft becomes an action and a card of its unit, or of the unit that took over its duties.
    Raises `Forbidden`; `Refused` where a visit is not recorded, is concluded already, or a draft has no date (named).
    """
    require(actor, Permission.CONCLUSION_ISSUE, around)
    _check_said(said)
    if file is None:
        raise Refused(FILE_NEEDED, field="files")
    kept = keep_file(file, store, limit_bytes)
    with pending(store, kept.stored.key) as stored, change(actor, Permission.CONCLUSION_ISSUE, around):
        visits = _covered(around, visit_id, said)
        drafts = drafts_of([visit.id for visit in visits])
        _check_drafts(drafts, said)
        conclusion = _new(actor, around, visit_id, said, kept)
        told = tuple(filter(None, [_bind(actor, around, conclusion, draft) for draft in drafts]))
        _conclude(around)
        stored.placed()
    return IssuedConclusion(conclusion, len(drafts), told)


def basis_words(conclusion: Conclusion) -> str:
    """How a duty names the document that asks for it: in the document's own language, whoever enters it."""
    with force_locale("vi"):
        said = {"number": conclusion.number, "day": day_words(conclusion.issued_on)}
        return _("Thông báo kết luận số %(number)s ngày %(day)s", **said)


def _check_said(said: ConclusionInput) -> None:
    if not said.number:
        raise Refused(NUMBER_NEEDED, field="number")
    if said.issued_on is None:
        raise Refused(DAY_NEEDED, field="issued_on")
    if not said.signer:
        raise Refused(SIGNER_NEEDED, field="signer")
    check_lengths((("number", said.number), ("signer", said.signer), ("issuer", said.issuer)), MAX_LINE)
    check_past("issued_on", said.issued_on)


def _covered(around: InspectionRound, visit_id: int | None, said: ConclusionInput) -> list[InspectionVisit]:
    """The visits that this conclusion is about, each recorded and none concluded."""
    query = select(InspectionVisit).where(
        InspectionVisit.round_id == around.id, InspectionVisit.status != VisitStatus.CANCELLED
    )
    if visit_id is not None:
        query = query.where(InspectionVisit.id == visit_id)
    found = list(db.session.scalars(query.order_by(InspectionVisit.visit_on, InspectionVisit.id)))
    if not found:
        raise Refused(NO_VISIT)
    in_force = _in_force(around.id)
    free = [v for v in found if not any(c.visit_id in (None, v.id) for c in in_force)]
    if not free:
        first = in_force[0]
        raise Refused(ALREADY % {"number": first.number, "day": day_words(first.issued_on)})
    if open_ones := [v.unit.name for v in free if v.status not in (VisitStatus.RECORDED, VisitStatus.SIGNED)]:
        raise Refused(NOT_RECORDED % {"units": ", ".join(open_ones)})
    for visit in free:
        if said.issued_on and visit.visit_on and said.issued_on < visit.visit_on:
            words = {"unit": visit.unit.name, "day": day_words(visit.visit_on)}
            raise Refused(BEFORE_VISIT % words, field="issued_on")
    return free


def _in_force(round_id: int) -> list[Conclusion]:
    query = select(Conclusion).where(Conclusion.round_id == round_id, Conclusion.withdrawn_on.is_(None))
    return list(db.session.scalars(query.order_by(Conclusion.id.desc())))


def _check_drafts(drafts: list[Recommendation], said: ConclusionInput) -> None:
    for draft in drafts:
        words = {"demand": _short(draft.demand), "unit": draft.unit.name}
        if draft.due_on is None:
            raise Refused(NO_DATE % words)
        if said.issued_on is not None and draft.due_on < said.issued_on:
            raise Refused(DATE_BEFORE % (words | {"day": day_words(said.issued_on)}))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]}…"


def _new(actor: Actor, around: InspectionRound, visit_id: int | None, said: ConclusionInput, kept: Kept) -> Conclusion:
    made = Conclusion(
        round_id=around.id,
        visit_id=visit_id,
        number=said.number,
        issued_on=said.issued_on,
        signer=said.signer,
        issuer=said.issuer,
        due_level=said.due_level,
        entered_by_id=actor.id,
        entered_at=clock.now(),
        storage_key=kept.stored.key,
        name=kept.name,
        size=kept.stored.size,
        media_type=kept.media_type,
        sha256=kept.stored.sha256,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _bind(actor: Actor, around: InspectionRound, conclusion: Conclusion, draft: Recommendation) -> str:
    """Make a draft a duty; says so where its unit is no more and another one takes it over."""
    unit, told = draft.unit, ""
    if not unit.stands_on(clock.today()):
        unit, told = _succeeding(unit)
        draft.unit_id = unit.id
    action = _action(around, conclusion, draft)
    deal(db.session.get_one(Plan, around.plan_id), action, [unit.id])
    if conclusion.due_level is DueLevel.OFFICE:
        agree(actor, action, draft.due_on, action.due_wording)
    card_id = db.session.scalar(select(Card.id).where(Card.action_id == action.id))
    draft.conclusion_id, draft.action_id, draft.card_id = conclusion.id, action.id, card_id
    return told


def _succeeding(unit: Unit) -> tuple[Unit, str]:
    heir = heir_of(unit, clock.today())
    if heir is None:
        check_standing(unit, clock.today(), "unit")
    assert heir is not None
    return heir, _("%(old)s không còn hoạt động: kiến nghị được giao cho %(new)s.", old=unit.name, new=heir.name)


def _action(around: InspectionRound, conclusion: Conclusion, draft: Recommendation) -> Action:
    official = conclusion.due_level is DueLevel.UBND
    last = db.session.scalar(select(func.max(Action.position)).where(Action.plan_id == around.plan_id))
    action = Action(
        plan_id=around.plan_id,
        clause_id=around.clause_id or _first_clause(around.plan_id),
        position=(last or 0) + 1,
        duty=draft.demand,
        kind=ActionKind.DATED,
        is_remedy=True,
        needs_evidence=True,
        due_on=draft.due_on if official else None,
        due_wording=basis_words(conclusion),
    )
    db.session.add(action)
    db.session.flush()
    return action


def _first_clause(plan_id: int) -> int:
    """Where a plan does not ask for inspections, what they ask stands at its beginning."""
    return db.session.scalars(select(Clause.id).where(Clause.plan_id == plan_id).order_by(Clause.position)).first() or 0


def _conclude(around: InspectionRound) -> None:
    """A round is concluded once each of its visits is."""
    query = select(InspectionVisit.id).where(
        InspectionVisit.round_id == around.id, InspectionVisit.status != VisitStatus.CANCELLED
    )
    covered = {c.visit_id for c in _in_force(around.id)}
    if None in covered or set(db.session.scalars(query)) <= covered:
        around.status = RoundStatus.CONCLUDED
