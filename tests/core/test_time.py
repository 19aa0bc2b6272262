"""Two clocks, days as people write them, and moments that mean the same on every database."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import LoginFailure
from app.core import clock, database
from app.core.days import FIRST, LAST, parse_day
from app.extensions import db

HANOI = timezone(timedelta(hours=7))
days = st.dates(FIRST, LAST)


@pytest.fixture
def real_calendar():
    """No pretended day in this process, before and after."""
    clock.pretend(None)
    yield
    clock.pretend(None)


def test_the_day_changes_at_midnight_in_viet_nam(real_calendar, time_machine):
    time_machine.move_to(datetime(2024, 5, 10, 16, 59, 59, tzinfo=UTC), tick=False)
    assert clock.today() == date(2024, 5, 10)
    time_machine.move_to(datetime(2024, 5, 10, 17, tzinfo=UTC), tick=False)
    assert clock.today() == date(2024, 5, 11)


def test_a_pretended_day_moves_the_calendar_and_not_the_real_clock(real_calendar, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False)
    clock.pretend(date(2024, 5, 10))
    assert (clock.today(), clock.now()) == (date(2024, 5, 10), datetime(2026, 11, 24, 3, tzinfo=UTC))
    assert clock.pretended() == date(2024, 5, 10)


def test_a_day_inside_a_block_ends_with_it_whatever_happens(real_calendar):
    clock.pretend(date(2024, 5, 10))

    def fail_in_december():
        with clock.at(date(2024, 12, 31)):
            assert clock.today() == date(2024, 12, 31)
            raise KeyError

    with pytest.raises(KeyError):
        fail_in_december()
    assert clock.today() == date(2024, 5, 10)


def test_a_moment_is_read_on_the_wall_clock_of_viet_nam():
    moment = datetime(2024, 5, 9, 18, 30, tzinfo=UTC)
    assert clock.local(moment).isoformat() == "2024-05-10T01:30:00+07:00"
    assert clock.on_day(date(2024, 1, 2), moment).isoformat() == "2024-01-02T01:30:00+07:00"


@given(days)
def test_a_day_is_read_as_browsers_and_as_people_write_it(day):
    assert parse_day(day.isoformat()) == day
    for separator in "/.-":
        assert parse_day(f" {day.day}{separator}{day.month:02d}{separator}{day.year:04d} ") == day


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_is_no_day(blank):
    assert parse_day(blank) is None


@pytest.mark.parametrize(
    "text", ["31/02/2024", "2023-02-29", "10/5/4", "17/5/0024", "5/2024", "ngày 10", "٣/٥/٢٠٢٤", "1e3", "0/0/0"]
)
def test_what_no_calendar_has_is_not_a_day(text):
    with pytest.raises(ValueError):  # noqa: PT011  the calendar's own words
        parse_day(text)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text):
    try:
        day = parse_day(text)
    except ValueError:
        return
    assert day is None or isinstance(day, date)


def test_a_moment_comes_back_in_utc_whatever_zone_it_went_in_with(app):
    moment = datetime(2024, 5, 10, 8, 1, 2, 345678, tzinfo=HANOI)
    with database.independent_write(db.engine) as session:
        session.add(LoginFailure(key="thử", at=moment))
    back = db.session.scalars(select(LoginFailure.at).where(LoginFailure.key == "thử")).one()
    assert (back, back.tzinfo) == (moment, UTC)
    found = select(LoginFailure.key).where(
        LoginFailure.at > moment - timedelta(microseconds=1), LoginFailure.at <= moment
    )
    assert db.session.scalars(found).all() == ["thử"]
