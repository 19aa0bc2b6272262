"""After any history that the rules allow, the tables of today and of every past day are made and agree with its events.

Each number is one history. `BDG_HISTORIES` says how many are lived: 40, or 500 in a night.
"""

import os

import pytest

from app.core import clock
from app.organisation.settings import Settings
from tests.histories.agreement import check, check_cache
from tests.histories.walk import History

HISTORIES = int(os.environ.get("BDG_HISTORIES", "40"))
PRINTED = 4  # of so many histories one is printed too, which takes longer than all else


@pytest.mark.parametrize("number", range(HISTORIES))
def test_the_workbook_of_any_day_agrees_with_the_events(number, world):
    history = History(number).live()
    with clock.at(history.today):
        check_cache(world.plan.id)
        for day in history.days():
            settings = Settings(due_day_counts=history.rng.random() < 0.7)
            try:
                check(world.plan.id, day, settings, printed=day == history.today and number % PRINTED == 0)
            except Exception as fault:
                fault.add_note("\n".join([*history.told, f"as of {day}, {settings}"]))
                raise
