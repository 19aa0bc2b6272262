"""A history: people do what the rules allow, in no sensible order, with documents of any day, through a whole year.

A deed that the rules refuse is no part of the history; anything else that goes wrong is a fault.
"""

from datetime import date, timedelta
from random import Random

from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from tests.histories import deeds, inspecting, passing
from tests.world import TODAY

LAST = date(2025, 2, 1)  # the plan's year and a month
DEEDS = (
    (deeds.move, 12), (deeds.prove, 5), (deeds.undo, 2), (deeds.correct_sent, 3), (deeds.set_date, 4), (deeds.ask, 3),
    (deeds.decide, 3), (deeds.grant, 2), (deeds.take_back, 1), (deeds.change_kind, 3), (deeds.note, 3),
    (deeds.review, 2), (deeds.close, 2), (inspecting.inspect, 1), (inspecting.withdraw, 1), (inspecting.recheck, 1),
    (passing.merge, 1), (passing.rename, 1),
)  # fmt: skip
STEPS = 50


class History:
    """One history, told by its number: the same number tells the same history."""

    def __init__(self, number: int) -> None:
        self.rng = Random(number)
        self.today = TODAY
        self.told: list[str] = []

    def live(self) -> "History":
        """Let it happen."""
        deeds.begin(self.rng)
        for _ in range(STEPS):
            if self.rng.random() < 0.35:
                self.today = min(LAST, self.today + timedelta(days=self.rng.choice((1, 1, 2, 5, 9, 20, 40))))
            self._do()
        return self

    def _do(self) -> None:
        deed = self.rng.choices([deed for deed, _weight in DEEDS], [weight for _deed, weight in DEEDS])[0]
        with clock.at(self.today):
            try:
                said = deed(self.rng)
            except Refused:
                db.session.rollback()
                return
        if said:
            self.told.append(f"{self.today:%d/%m/%Y} {deed.__name__}: {said}")

    def days(self) -> list[date]:
        """Today, the first day, and days between, those of December too where they have come."""
        passed = (self.today - TODAY).days
        between = {TODAY + timedelta(days=self.rng.randint(0, passed)) for _ in range(4)}
        return sorted({TODAY, self.today} | between)
