"""Inspections inside a history: a visit, what it asks, its conclusion of any day, taken back or looked at again."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.inspections.recommendations.models import Conclusion, Recheck, Recommendation
from app.inspections.recommendations.operations import rechecks, withdrawing
from app.plans.models import DueLevel
from tests.histories.deeds import person, pick, some_day
from tests.inspections import asking

UNITS = ("P. Ea Tam", "P. Tự An", "Phòng GD&ĐT")


def inspect(rng: Random) -> str | None:
    """A visit, up to three recommendations for any unit, and the conclusion."""
    today = clock.today()
    visited = some_day(rng)
    visit = asking.a_recorded_visit(day=visited, name=f"Kiểm tra {rng.randint(1, 999)}")
    for place in range(rng.randint(0, 3)):
        due_on = today + timedelta(days=rng.randint(0, 60))
        asking.ask(visit, place, unit=rng.choice(UNITS), due_on=due_on)
    issued_on = visited + (today - visited) * rng.choice((0, 1))
    level = rng.choice(list(DueLevel))
    asking.issue(visit, whole=rng.random() < 0.3, issued_on=issued_on, due_level=level)
    return f"visit of {visited}, concluded on {issued_on}, {level.value}"


def withdraw(rng: Random) -> str | None:
    conclusion_id = pick(rng, list(db.session.scalars(select(Conclusion.id).order_by(Conclusion.id))))
    if conclusion_id is None:
        return None
    conclusion = db.session.get_one(Conclusion, conclusion_id)
    words = withdrawing.Document("9/TB-UBND", some_day(rng), "Có sai sót")
    withdrawing.withdraw_conclusion(person("chi"), conclusion, words, seen_version=conclusion.version)
    return f"conclusion {conclusion_id} withdrawn on {words.issued_on}"


def recheck(rng: Random) -> str | None:
    bound = select(Recommendation.id).where(Recommendation.card_id.is_not(None)).order_by(Recommendation.id)
    asked_id = pick(rng, list(db.session.scalars(bound)))
    if asked_id is None:
        return None
    asked = db.session.get_one(Recommendation, asked_id)
    found = rechecks.RecheckInput(some_day(rng), rng.choice(list(Recheck)))
    rechecks.recheck(person("chi"), asked, found, seen_version=asked.version)
    return f"recommendation {asked_id} looked at on {found.day}"
