"""The difference to a plan on the board is taken over: cards keep what people did; every change names its document."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.due import due_after
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, Deed, MoveInput
from app.cards.operations import creation
from app.cards.operations.moving import happen, new_event
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Refused
from app.core.vietnamese import clean_line
from app.extensions import db
from app.formats.plan_reader import ReadPlan
from app.intake.difference import match_clauses
from app.intake.models import DraftDuty, Relation
from app.intake.operations import comparing
from app.intake.operations.adoption import SHARED_FROM, Adoption
from app.intake.operations.deciding import reading as reading_of
from app.intake.queries import drafts
from app.plans import queries
from app.plans.models import Action, ActionKind, Clause, DueLevel, Plan, PlanAmendment
from app.plans.models import PlanDraft as Row

NO_CHANGE = _l("Không có thay đổi so với kế hoạch “%(title)s” đang trên bảng.")
NUMBER_NEEDED = _l("Ghi số, ký hiệu của văn bản sửa đổi, bổ sung kế hoạch.")
DAY_NEEDED = _l("Ghi ngày của văn bản sửa đổi, bổ sung kế hoạch.")
IN_FUTURE = _l("Ngày văn bản không được sau ngày hôm nay.")
TOO_LONG = _l("Số, ký hiệu dài quá %(limit)s ký tự.")
MAX_NUMBER = 200


@dataclass(frozen=True)
class AmendedBy:
    """The document that changes the plan."""

    number: str = ""
    issued_on: date | None = None


NOT_NAMED = AmendedBy()


def has_changes(row: Row, draft: ReadPlan) -> bool:
    """Whether anything that is to be taken over differs, be it only the words of a clause that asks for nothing."""
    older = comparing.latest(row.base_plan_id or 0)
    if older is not None and [c.text for c in reading_of(older).clauses] != [c.text for c in draft.clauses]:
        return True
    return any(duty.included and duty.relation is not Relation.SAME for duty in drafts.duties(row.id))


def take_over(actor: Actor, row: Row, draft: ReadPlan, document: AmendedBy) -> Plan:
    """Change the plan on the board by the difference in `row`, inside an open change.

    Changed: the new wording, units and dates, with an event on every card. Withdrawn: open cards become Không thực
    hiện by the document, finished ones stay. Raises `Refused` where nothing changed or the document is not named.
    """
    plan = db.session.get_one(Plan, row.base_plan_id)
    if not has_changes(row, draft):
        raise Refused(NO_CHANGE % {"title": plan.title})
    said = _checked(document)
    amendment = PlanAmendment(
        plan_id=plan.id,
        draft_id=row.id,
        number=said.document_number,
        issued_on=said.document_on,
        adopted_on=clock.today(),
    )
    db.session.add(amendment)
    db.session.flush()
    older = comparing.latest(plan.id)
    _TakeOver(actor, row, draft, said, amendment, plan).run(reading_of(older) if older else draft)
    return plan


def _checked(document: AmendedBy) -> MoveInput:
    number = clean_line(document.number)
    if not number:
        raise Refused(NUMBER_NEEDED, field="document_number")
    if len(number) > MAX_NUMBER:
        raise Refused(TOO_LONG % {"limit": MAX_NUMBER}, field="document_number")
    if document.issued_on is None:
        raise Refused(DAY_NEEDED, field="document_on")
    if document.issued_on > clock.today():
        raise Refused(IN_FUTURE, field="document_on")
    return MoveInput(document_number=number, document_on=document.issued_on)


class _TakeOver:
    def __init__(
        self, actor: Actor, row: Row, draft: ReadPlan, said: MoveInput, amendment: PlanAmendment, plan: Plan
    ) -> None:
        self.actor, self.row, self.draft, self.said = actor, row, draft, said
        self.amendment, self.plan = amendment, plan
        key = queries.content_key(clause.text for clause in draft.clauses)
        self.adoption = Adoption(draft, row, key, drafts.names(row.id))

    def run(self, older: ReadPlan) -> None:
        self._clauses(older)
        for position, duty in enumerate(drafts.duties(self.row.id)):
            action = db.session.get(Action, duty.action_id) if duty.action_id else None
            if action is None:
                if duty.included and duty.relation is Relation.NEW:
                    self._new(duty, position)
                continue
            action.position = position
            if duty.relation is not Relation.WITHDRAWN:
                action.clause_id = self.adoption.clauses[duty.clause].id
            if duty.included and duty.relation is Relation.CHANGED:
                self._changed(duty, action)
            elif duty.included and duty.relation is Relation.WITHDRAWN:
                self._withdrawn(action)
        self.plan.content_key, self.plan.closing = self.adoption.key, self.draft.closing

    def _clauses(self, older: ReadPlan) -> None:
        """The clauses on the board become those of the newer text; what is no longer in it stays, withdrawn."""
        rows = {c.address: c for c in queries.clauses(self.plan.id) if not c.withdrawn}
        earlier = match_clauses(older, self.draft)
        kept: set[int] = set()
        for position, read in enumerate(self.draft.clauses):
            row = rows.get(earlier.get(read.address, ""))
            if row is None or row.id in kept:
                kept.add(self.adoption.clause(self.plan.id, read, position).id)
                continue
            parent: Clause | None = self.adoption.clauses.get(read.parent or "")
            row.address, row.text, row.position = read.address, read.text, position
            row.parent_id = parent.id if parent else None
            row.is_common = read.address in self.draft.common_contents
            self.adoption.clauses[read.address] = row
            kept.add(row.id)
        for row in rows.values():
            if row.id not in kept:
                row.withdrawn, row.position = True, row.position + len(self.draft.clauses)
        db.session.flush()

    def _new(self, duty: DraftDuty, position: int) -> None:
        action, leads = self.adoption.action(self.plan.id, duty, position)
        action.amended_by_id = self.amendment.id
        creation.deal(self.plan, action, leads)
        if duty.due_level is DueLevel.OFFICE:
            creation.agree(self.actor, action, duty.due_on, duty.due_basis)

    def _changed(self, duty: DraftDuty, action: Action) -> None:
        was = duty.was or {}
        before_due = was.get("due_on", "")
        after_due = duty.due_on.isoformat() if duty.due_on else ""
        leads = set(self.adoption.leads(duty))
        dated = before_due != after_due
        action.amended_by_id, action.duty, action.product = self.amendment.id, duty.wording, duty.product
        before, action.kind = action.kind, duty.kind
        if was.get("coordinating") != duty.coordinating:
            self.adoption.coordinate(action, duty)
        cards = self._cards(action)
        if was.get("leads") != duty.leads:
            held = {unit for card in cards for unit in (card.origin_unit_id, card.unit_id)}  # or its heir's
            self._drop(card for card in cards if leads.isdisjoint((card.origin_unit_id, card.unit_id)))
            creation.deal(self.plan, action, [unit_id for unit_id in leads if unit_id not in held])
            action.is_shared = len(leads) >= SHARED_FROM
        words = _what_changed(was, duty, self.adoption.clauses[duty.clause].text)
        for card in self._cards(action):
            if not leads.isdisjoint((card.origin_unit_id, card.unit_id)):
                self._tell(card, words)
                self._kind(card, before)
                if dated and card.status is not Status.DONE:
                    self._date(card, duty)

    def _withdrawn(self, action: Action) -> None:
        action.amended_by_id = self.amendment.id
        self._drop(self._cards(action))

    def _drop(self, cards: Iterable[Card]) -> None:
        for card in cards:
            if card.status not in BY_DEED[Deed.DROP].origins:
                self._tell(card, _("Kế hoạch sửa đổi không còn nhiệm vụ này; kết quả đã có được giữ nguyên."))
                continue
            event = self._event(card, EventKind.DROPPED, _("Kế hoạch sửa đổi không còn nhiệm vụ này."))
            event.to_status = Status.DROPPED
            happen(card, event)

    def _tell(self, card: Card, words: str) -> None:
        happen(card, self._event(card, EventKind.AMENDED, words))

    def _kind(self, card: Card, before: ActionKind) -> None:
        """A kind that the newer text changes is an event, so that a day before it is counted by the older one."""
        if before is card.action.kind:
            return
        event = self._event(card, EventKind.KIND_CHANGED, _("Kế hoạch được sửa đổi."))
        event.kind_before, event.kind_after = before, card.action.kind
        happen(card, event)

    def _date(self, card: Card, duty: DraftDuty) -> None:
        event = self._event(card, EventKind.DUE_SET, duty.due_basis or _("Kế hoạch sửa đổi không nêu thời hạn."))
        event.due_on, event.due_level = duty.due_on, duty.due_level
        db.session.add(event)
        db.session.flush()
        card.due = due_after(card.due, event)

    def _event(self, card: Card, kind: EventKind, words: str) -> CardEvent:
        said = MoveInput(words, document_number=self.said.document_number, document_on=self.said.document_on)
        event = new_event(self.actor, card, kind, card.status, said, False)
        event.effective_on = self.amendment.issued_on
        return event

    def _cards(self, action: Action) -> list[Card]:
        return list(db.session.scalars(select(Card).where(Card.action_id == action.id).order_by(Card.id)))


def _what_changed(was: dict[str, Any], duty: DraftDuty, text: str) -> str:
    """What the amended plan says otherwise, in words for the log of a card."""
    parts = []
    if was.get("text") != text or was.get("wording") != (duty.wording or ""):
        parts.append(_("lời văn trước khi sửa: “%(text)s”", text=was.get("wording") or was.get("text", "")))
    if was.get("leads") != duty.leads:
        parts.append(_("đơn vị thực hiện"))
    if was.get("coordinating") != duty.coordinating:
        parts.append(_("đơn vị phối hợp"))
    if was.get("due_on", "") != (duty.due_on.isoformat() if duty.due_on else ""):
        parts.append(_("thời hạn"))
    return _("Kế hoạch được sửa đổi: %(what)s.", what="; ".join(parts))
