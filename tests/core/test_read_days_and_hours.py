"""Days and hours are read as people write them; a day without its year takes the one that the field is about."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from app.core import clock
from app.core.days import AHEAD, ANY, BAD_DAY, PAST, about, parse_day, parse_hour, read_day, read_hour
from app.core.errors import Refused

TOLD = json.loads((Path(__file__).parent / "data" / "days.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(TOLD["today"])


def read(parse, text):
    try:
        return parse(text)
    except ValueError:
        return None


@pytest.mark.parametrize("text", TOLD["days"])
def test_a_day_is_read_as_people_type_it(text):
    with clock.at(TODAY):
        found = read(lambda said: parse_day(said, about(year=TOLD["year"])), text)
    assert (found and found.isoformat()) == TOLD["days"][text]


@pytest.mark.parametrize("text", TOLD["hours"])
def test_an_hour_is_read_as_people_type_it(text):
    assert read(parse_hour, text) == TOLD["hours"][text]


def test_letters_that_a_keyboard_composes_of_two_are_read_too():
    with clock.at(TODAY):
        assert parse_day(unicodedata.normalize("NFD", "17 tháng 5")) == date(2024, 5, 17)
    assert parse_hour(unicodedata.normalize("NFD", "8 giờ 30")) == "08:30"


@pytest.mark.parametrize(
    ("today", "text", "year", "side", "first", "meant"),
    [
        ("2024-05-10", "17/5", 2024, AHEAD, None, "2024-05-17"),
        ("2024-12-20", "15/1", 2024, AHEAD, None, "2025-01-15"),  # a deadline of the plan's year would have passed
        ("2025-01-06", "28/12", 2024, PAST, None, "2024-12-28"),
        ("2025-01-06", "5/1", 2024, PAST, "2024-04-01", "2025-01-05"),  # nothing is sent before the plan stands
        ("2024-05-10", "17/5", 2024, PAST, "2024-04-01", "2024-05-17"),  # no year allows it: the plan's, to be refused
        ("2024-05-10", "20/12", None, PAST, None, "2023-12-20"),
        ("2024-05-10", "20/12", None, AHEAD, None, "2024-12-20"),
        ("2024-12-30", "2/1", None, ANY, None, "2025-01-02"),
        ("2024-01-02", "30/12", None, ANY, None, "2023-12-30"),
        ("2023-05-10", "29/2", 2023, ANY, None, "2024-02-29"),  # the plan's year has no such day
    ],
)
def test_the_year_is_the_plans_or_the_nearest_that_the_rule_allows(today, text, year, side, first, meant):
    with clock.at(date.fromisoformat(today)):
        near = about(year=year, side=side, first=first and date.fromisoformat(first))
        assert parse_day(text, near) == date.fromisoformat(meant)


def test_the_days_of_documents_have_been_and_those_of_deadlines_are_to_come():
    with clock.at(TODAY):
        assert read_day({"issued_on": "20/12"}, "issued_on") == date(2023, 12, 20)
        assert read_day({"due_on": "20/12"}, "due_on") == date(2024, 12, 20)


def test_a_day_picked_in_the_calendar_counts_over_what_stands_in_the_field():
    with clock.at(TODAY):
        assert read_day({"day": "", "day_picked": "2024-05-17"}, "day") == date(2024, 5, 17)
        assert read_day({"day": "01/05/2024", "day_picked": "2024-05-17"}, "day") == date(2024, 5, 17)
        assert read_day({"day": "9/5", "day_picked": ""}, "day") == date(2024, 5, 9)


def test_what_is_no_day_is_refused_at_its_field():
    with pytest.raises(Refused) as refused:
        read_day({"happened_on": "31/4"}, "happened_on")
    assert (refused.value.field, refused.value.sentence) == ("happened_on", BAD_DAY)
    with pytest.raises(Refused) as refused:
        read_hour({"visit_time": "25h"}, "visit_time")
    assert refused.value.field == "visit_time"
