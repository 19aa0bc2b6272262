"""Plays the sample's inspections through the program's own operations, each on its day."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.queries.sessions import actor as actor_named
from app.cards.models import Card
from app.cards.queries import rows as board
from app.core import clock
from app.core.actor import Actor
from app.extensions import db
from app.files.store import Incoming, Storage
from app.inspections import queries
from app.inspections.models import ChecklistVersion, InspectionRound, RoundStatus
from app.inspections.recommendations.models import Recommendation
from app.inspections.recommendations.operations import conclusions, rechecks
from app.inspections.recommendations.operations import recommendations as recommending
from app.inspections.recommendations.operations.conclusions import ConclusionInput
from app.inspections.recommendations.operations.rechecks import RecheckInput
from app.inspections.recommendations.operations.recommendations import Draft
from app.inspections.rounds import operations as rounds
from app.inspections.rounds.operations import Joining, Planned
from app.inspections.visits.models import FileRole, InspectionVisit
from app.inspections.visits.operations import closing, findings, visits
from app.inspections.visits.operations import files as visit_files
from app.inspections.visits.operations.closing import Summed
from app.inspections.visits.operations.files import Sent
from app.inspections.visits.operations.findings import Sending
from app.inspections.visits.operations.visits import Schedule
from app.organisation.models import Unit
from app.plans.models import Plan
from app.sample import drawing, files
from app.sample.story_inspections import (
    STORY,
    Again,
    Ask,
    Close,
    Conclude,
    PlannedRound,
    RecommendationAnswer,
    Record,
)

LIMIT = 5_000_000
Answering = Callable[[Actor, Card, Any], None]


class Inspections:
    """The inspections of the story, played day by day beside the rest of it."""

    def __init__(self, plan_id: int, store: Storage, people: Callable[[str], Actor], answer: Answering) -> None:
        self.plan_id, self.store, self.person, self.answer = plan_id, store, people, answer
        self.left = sorted(STORY, key=lambda deed: deed[0])
        self.rounds: dict[str, int] = {}
        self.visits: dict[str, int] = {}
        self.asked: dict[str, int] = {}

    def until(self, day: date) -> None:
        """Let everything happen that has a day up to `day` and has not happened yet."""
        while self.left and self.left[0][0] <= day:
            on, who, act = self.left.pop(0)
            with clock.at(on):
                self._play(self.person(who), act)

    def _play(self, actor: Actor, act: Any) -> None:
        match act:
            case PlannedRound():
                self._begin(actor, act)
            case Record():
                self._record(actor, act)
            case Close():
                self._close(actor, act)
            case Ask():
                self._ask(actor, act)
            case Conclude():
                self._conclude(actor, act)
            case RecommendationAnswer(key, deed):
                card = board.card(actor, self._recommendation(key).card_id or 0)
                assert card is not None
                self.answer(actor, card, deed)
            case Again(key, result, note):
                asked = self._recommendation(key)
                rechecks.recheck(actor, asked, RecheckInput(clock.today(), result, note), seen_version=asked.version)

    def _begin(self, actor: Actor, act: PlannedRound) -> None:
        version = db.session.scalars(select(ChecklistVersion.id).order_by(ChecklistVersion.id)).first()
        said = Planned(
            act.name, act.form, *act.period, version or 0, "Kế hoạch công tác Bình đẳng giới năm 2024, mục II.5",
            *act.plan, "Võ Thanh Sơn", *act.decision,
        )  # fmt: skip
        made = rounds.plan_round(actor, db.session.get_one(Plan, self.plan_id), said)
        for username, words, duty in act.team:
            member = actor_named(username)
            assert member is not None
            unit_id = min(member.unit_ids)
            joining = Joining(member.id, "", duty, words, unit_id)
            rounds.add_member(actor, made, joining, seen_version=made.version)
        ids = [_unit(unit).id for unit, *_rest in act.visits]
        visits.add_visits(actor, made, ids, seen_version=made.version)
        self.rounds[act.key] = made.id
        found = {visit.unit_id: visit for visit in queries.visits([made.id])}
        for unit, day, hour, place in act.visits:
            visit = found[_unit(unit).id]
            visits.schedule_visit(actor, visit, Schedule(day, hour, "", place), seen_version=visit.version)
            self.visits[unit] = visit.id
        rounds.set_status(actor, made, RoundStatus.RUNNING, seen_version=made.version)

    def _visit(self, unit: str) -> InspectionVisit:
        return db.session.get_one(InspectionVisit, self.visits[unit])

    def _recommendation(self, key: str) -> Recommendation:
        return db.session.get_one(Recommendation, self.asked[key])

    def _contents(self, unit: str) -> list[int]:
        version = db.session.get_one(ChecklistVersion, self._visit(unit).checklist_version_id)
        return [content.id for content in version.contents]

    def _record(self, actor: Actor, act: Record) -> None:
        for place, remark, documents, figures in act.contents:
            content_id = self._contents(act.unit)[place]
            sending = Sending(f"mau-{self.visits[act.unit]}-{place}", 0, remark, figures, None, documents)
            findings.record_content(actor, self._visit(act.unit), content_id, sending)

    def _close(self, actor: Actor, act: Close) -> None:
        visit = self._visit(act.unit)
        said = Summed(
            strengths=act.strengths,
            shortcomings_text=act.shortcomings,
            causes=act.causes,
            unit_opinion=act.opinion,
            minutes_number=act.minutes[0],
            minutes_on=act.minutes[1],
        )
        closing.sum_up(actor, visit, said, None, seen_version=visit.version)
        closing.finish_visit(actor, visit, seen_version=visit.version)
        closing.show_draft(actor, visit, seen_version=visit.version)
        signed = Sent(_paper("UBND thành phố", *act.minutes, "Biên bản kiểm tra"), FileRole.MINUTES_SIGNED)
        visit_files.add_file(actor, visit, signed, store=self.store, limit_bytes=LIMIT)
        visit = self._visit(act.unit)
        closing.note_signed(actor, visit, seen_version=visit.version)

    def _ask(self, actor: Actor, act: Ask) -> None:
        content_id = self._contents(act.visited)[act.content]
        said = Draft(content_id, act.shortcoming, act.demand, _unit(act.unit).id, act.due_on)
        self.asked[act.key] = recommending.ask(actor, self._visit(act.visited), said).id

    def _conclude(self, actor: Actor, act: Conclude) -> None:
        title = "Thông báo kết luận kiểm tra công tác bình đẳng giới"
        file = _paper(act.issuer, act.number, act.on, title)
        around = db.session.get_one(InspectionRound, self.rounds[act.round])
        said = ConclusionInput(act.number, act.on, act.signer, act.issuer)
        conclusions.issue(actor, around, None, said, file, store=self.store, limit_bytes=LIMIT)


def _paper(issuer: str, number: str, on: date, title: str) -> Incoming:
    page = drawing.typed_page(files.lines_of(issuer, number, on, title))
    return Incoming(f"{number.replace('/', '-')}.pdf", io.BytesIO(page))


def _unit(short_name: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()
