"""Recommendations and conclusions made by the program's own operations."""

import io
from datetime import date, timedelta
from typing import Any

from app.cards.models import Card
from app.core.actor import system
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.files.store import Incoming, installed_store
from app.inspections.models import InspectionRound
from app.inspections.recommendations.models import Recommendation
from app.inspections.recommendations.operations import conclusions, recommendations
from app.inspections.recommendations.operations.conclusions import ConclusionInput, IssuedConclusion
from app.inspections.recommendations.operations.recommendations import Draft
from app.inspections.visits.models import InspectionVisit
from app.inspections.visits.operations import closing
from app.organisation.models import Unit
from tests.inspections import stage
from tests.world import PDF, TODAY, World, person

DUE = TODAY + timedelta(days=20)
NUMBER = "05/TB-UBND"


def a_recorded_visit(*members: str, day: date = TODAY, **said: Any) -> InspectionVisit:
    """The visit to P. Ea Tam, recorded; its team may still ask for remedies."""
    visit = stage.a_visit(*members, day=day, **said)
    who = members[0] if members else "binh"
    stage.record_all(visit, who)
    closing.finish_visit(person(who), stage.seen(visit.id), seen_version=stage.seen(visit.id).version)
    return stage.seen(visit.id)


def draft(visit: InspectionVisit, place: int = 0, unit: str = "P. Ea Tam", due_on: date | None = DUE) -> Draft:
    """What is said of a recommendation about a content of the visit."""
    words = f"Kiện toàn Ban Vì sự tiến bộ của phụ nữ, lần {place + 1}"
    content = stage.contents(visit)[place]
    return Draft(content, f"Ban chưa được kiện toàn ({place + 1})", words, World().unit(unit).id, due_on)


def ask(visit: InspectionVisit, place: int = 0, who: str = "binh", **said: Any) -> Recommendation:
    """Let a member of the team draft a recommendation."""
    return recommendations.ask(person(who), visit, draft(visit, place, **said))


def signed() -> Incoming:
    return Incoming("thong-bao-ket-luan.pdf", io.BytesIO(PDF))


def issue(
    visit: InspectionVisit, who: str = "chi", *, whole: bool = False, file: bool = True, **said: Any
) -> IssuedConclusion:
    """Note the conclusion of a visit, or of its whole round."""
    around = db.session.get_one(InspectionRound, visit.round_id)
    words = ConclusionInput(
        **{"number": NUMBER, "issued_on": TODAY, "signer": "Nguyễn Văn A", "issuer": "UBND Thành phố"} | said
    )
    return conclusions.issue(
        person(who),
        around,
        None if whole else visit.id,
        words,
        signed() if file else None,
        store=installed_store(),
        limit_bytes=1_000_000,
    )


def close(unit: Unit, last: date) -> None:
    """Let a unit cease to be after a day, whatever it has to do."""
    with change(system(), Permission.UNIT_MANAGE):
        unit.valid_to = last


def card_of(asked: Recommendation) -> Card:
    """The duty that a recommendation became."""
    db.session.refresh(asked)
    assert asked.card_id is not None
    return db.session.get_one(Card, asked.card_id)
