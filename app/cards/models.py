"""Cards – one action for one leading unit – and the events that move them."""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cards.due import Due
from app.cards.state import EventKind, Feedback, State, Status
from app.core.change import Audited
from app.core.types import Moment
from app.evidence.models import Evidence
from app.extensions import Model
from app.organisation.models import Unit
from app.plans.models import Action, ActionKind, DueLevel


class Card(Audited, Model):
    """One action for one leading unit. An heir may hold several cards of an action, so that pair is no key."""

    __tablename__ = "card"
    __table_args__ = (
        Index("ix_card_plan_status", "plan_id", "status"),
        Index("ix_card_plan_unit", "plan_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    origin_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date | None]
    due_level: Mapped[DueLevel | None]
    due_basis: Mapped[str | None]
    due_original_on: Mapped[date | None]
    extensions: Mapped[int] = mapped_column(default=0, server_default="0")
    extension_id: Mapped[int | None] = mapped_column(index=True)  # the event that asks, while nobody has decided
    extension_wanted: Mapped[date | None]

    status: Mapped[Status] = mapped_column(default=Status.TODO)
    resume_to: Mapped[Status | None]
    sent_on: Mapped[date | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_from: Mapped[Status | None]
    returned_on: Mapped[date | None]
    feedback: Mapped[Feedback | None]
    feedback_reason: Mapped[str | None] = mapped_column(Text)
    feedback_by: Mapped[date | None]
    feedback_on: Mapped[date | None]
    finished_on: Mapped[date | None]

    evidence_total: Mapped[int] = mapped_column(default=0)
    evidence_valid: Mapped[int] = mapped_column(default=0)
    evidence_lacking: Mapped[int] = mapped_column(default=0)
    uploaders: Mapped[str] = mapped_column(default="")  # ids of the people who uploaded its evidence: "3 7"
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    results_noted: Mapped[int] = mapped_column(default=0, server_default="0")  # periods that have a result
    corrections_open: Mapped[int] = mapped_column(default=0, server_default="0")
    behalf_seen_at: Mapped[datetime | None] = mapped_column(Moment)  # until then the unit knows what was entered for it
    version: Mapped[int] = mapped_column()

    action: Mapped[Action] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True, foreign_keys=[unit_id])
    evidence: Mapped[list[Evidence]] = relationship(back_populates="card", lazy="raise_on_sql", order_by=Evidence.id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> State:
        """What the events have made of this card."""
        return State(**{f.name: getattr(self, f.name) for f in fields(State)})

    @state.setter
    def state(self, state: State) -> None:
        for f in fields(State):
            setattr(self, f.name, getattr(state, f.name))

    @property
    def due(self) -> Due:
        """What the events have made of this card's deadline."""
        return Due(**{f.name: getattr(self, f.name) for f in fields(Due)})

    @due.setter
    def due(self, due: Due) -> None:
        for f in fields(Due):
            setattr(self, f.name, getattr(due, f.name))

    @property
    def is_request(self) -> bool:
        return self.action.is_request

    @property
    def is_remedy(self) -> bool:
        return self.action.is_remedy

    @property
    def is_standing(self) -> bool:
        return self.action.kind is ActionKind.STANDING

    @property
    def coordinating_unit_ids(self) -> frozenset[int]:
        return frozenset(c.unit_id for c in self.action.coordinating if c.unit_id is not None)

    @property
    def uploader_ids(self) -> frozenset[int]:
        return frozenset(map(int, self.uploaders.split()))

    @property
    def kind(self) -> ActionKind:
        return self.action.kind

    @property
    def starts_on(self) -> date | None:
        return self.action.starts_on

    @property
    def evidence_closed(self) -> bool:
        """Whether the card takes no more evidence: after Hoàn thành only by reopening (a request stays open)."""
        return self.status is Status.DROPPED or (self.status is Status.DONE and not self.is_request)


class CardEvent(Audited, Model):
    """Who did what to a card, from, to, on which effective day. Append-only; a correction supersedes, an undo cancels.

    `effective_on` is the ngày gửi of a sending, the document's day of a decision, else the day of the click.
    """

    __tablename__ = "card_event"
    __table_args__ = (Index("ix_card_event_behalf", "on_behalf", "entered_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    kind: Mapped[EventKind]
    from_status: Mapped[Status]
    to_status: Mapped[Status]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str]
    unit_name: Mapped[str]
    effective_on: Mapped[date]
    entered_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)
    ask_by: Mapped[date | None]
    document_number: Mapped[str | None]
    document_on: Mapped[date | None]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    reviewed_ids: Mapped[str] = mapped_column(default="")  # evidence made Hợp lệ by this event, for its undo
    card_version: Mapped[int]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("card_event.id"))
    due_on: Mapped[date | None]  # the date that is set, asked for or granted
    due_level: Mapped[DueLevel | None]
    answers_id: Mapped[int | None]  # the asking that is decided or withdrawn
    from_unit_id: Mapped[int | None]  # of a duty that passed to an heir: the unit that led it before
    kind_before: Mapped[ActionKind | None]
    kind_after: Mapped[ActionKind | None]
