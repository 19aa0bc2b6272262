"""In time or late, and the lines of the official count: every rule as an example, the sum as a law."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cards.state import EventKind, Status
from app.cards.timeliness import Count, Timeliness, counted, misses_agreement
from app.plans.models import ActionKind, DueLevel
from tests.cards.pure import Duty, day, happened

IN_TIME, LATE, SOON = Timeliness.IN_TIME, Timeliness.LATE, Timeliness.SOON
SENT = happened(EventKind.SENT, "14/5")  # by its document; entered on 17/5
ASKED = happened(EventKind.ASKED_MORE, "20/5", reason="thiếu số liệu")
CONFIRMED = happened(EventKind.CONFIRMED, "28/5")


def test_sent_in_time_asked_for_more_after_the_deadline_and_confirmed_is_on_time():
    again = happened(EventKind.SENT, "25/5")
    assert Duty().after(SENT, ASKED, again, CONFIRMED).on("28/5") is Timeliness.DONE_IN_TIME


def test_what_was_sent_in_time_and_waits_stays_in_time_after_the_deadline():
    assert Duty().after(SENT).on("1/7") is IN_TIME
    assert Duty().after(SENT, ASKED).on("1/7") is IN_TIME


def test_what_is_returned_is_late_again_at_once():
    returned = happened(EventKind.RETURNED, "20/5", reason="chưa đạt")
    assert Duty().after(SENT, returned).on("20/5") is LATE
    assert Duty().after(SENT, returned, happened(EventKind.SENT, "21/5")).on("22/5") is LATE


def test_what_is_withdrawn_is_judged_by_its_next_sending():
    withdrawn = Duty().after(SENT, happened(EventKind.WITHDRAWN, "15/5"))
    assert withdrawn.on("15/5") is SOON
    assert withdrawn.on("16/5") is LATE


def test_what_was_sent_late_is_done_late():
    late = happened(EventKind.SENT, "16/5")
    assert Duty().after(late).on("16/5") is LATE
    assert Duty().after(late, CONFIRMED).on("28/5") is Timeliness.DONE_LATE


def test_a_corrected_day_judges():
    corrected = happened(EventKind.DATE_CORRECTED, "14/5")
    assert Duty().after(happened(EventKind.SENT, "17/5"), corrected).on("17/5") is IN_TIME


def test_late_begins_when_the_last_day_has_ended():
    assert [Duty().on(today) for today in ("7/5", "8/5", "15/5", "16/5")] == [IN_TIME, SOON, SOON, LATE]


def test_where_the_day_named_does_not_count_the_one_before_is_the_last():
    strictly = [Duty().on(today, due_day_counts=False) for today in ("14/5", "15/5")]
    assert strictly == [SOON, LATE]
    assert Duty(sent_on=day("15/5"), status=Status.DONE).on("15/5", due_day_counts=False) is Timeliness.DONE_LATE


def test_how_near_is_soon_is_a_setting():
    assert Duty().on("10/5", soon=3) is IN_TIME
    assert Duty().on("12/5", soon=3) is SOON


def test_a_paused_duty_is_never_late():
    paused = Duty().after(happened(EventKind.PAUSED, "10/5"))
    assert paused.on("1/7") is IN_TIME
    assert counted(paused, day("1/7")) is Count.OPEN_IN_TIME
    assert paused.after(happened(EventKind.PAUSED), happened(EventKind.RESUMED)).on("1/7") is LATE


def test_a_dropped_duty_is_not_late_and_stands_outside_the_total():
    dropped = Duty().after(happened(EventKind.DROPPED, "10/5"))
    assert dropped.on("1/7") is IN_TIME
    assert counted(dropped, day("1/7")) is Count.OUTSIDE


def test_before_its_first_day_a_duty_is_not_yet_due_and_counts_as_in_time():
    yearly = Duty(due_on=day("15/11"), starts_on=day("16/5"))
    assert yearly.on("15/5") is Timeliness.NOT_YET
    assert counted(yearly, day("15/5")) is Count.OPEN_IN_TIME
    assert yearly.on("16/5") is IN_TIME
    undated = Duty(due_on=None, due_level=None, starts_on=day("16/5"))
    assert [undated.on("15/5"), undated.on("16/5")] == [Timeliness.NOT_YET, Timeliness.NO_DATE]


def test_before_its_first_day_a_duty_is_not_yet_due_whatever_the_office_asked():
    asked = Duty(due_on=day("30/6"), due_level=DueLevel.OFFICE, kind=ActionKind.WITHIN_YEAR, starts_on=day("1/6"))
    assert [asked.on(today) for today in ("31/5", "1/6", "1/7")] == [Timeliness.NOT_YET, IN_TIME, Timeliness.ASKED_LATE]
    lines = [counted(asked, day(today)) for today in ("31/5", "1/6", "1/7")]
    assert lines == [Count.OPEN_IN_TIME, Count.NO_DATE, Count.NO_DATE]
    missed = Duty(due_on=day("20/5"), due_level=DueLevel.OFFICE, kind=ActionKind.WITHIN_YEAR, starts_on=day("1/6"))
    assert [misses_agreement(missed, day(today)) for today in ("31/5", "1/6")] == [False, True]


def test_a_date_the_office_asked_for_is_never_a_late_duty():
    asked = Duty(due_level=DueLevel.OFFICE, kind=ActionKind.WITHIN_YEAR)
    assert asked.on("16/5") is Timeliness.ASKED_LATE
    assert counted(asked, day("16/5")) is Count.NO_DATE
    done = asked.after(happened(EventKind.SENT, "1/6"), happened(EventKind.CONFIRMED, "2/6"))
    assert done.on("2/6") is Timeliness.DONE_IN_TIME
    assert counted(done, day("2/6")) is Count.DONE_IN_TIME


def test_without_a_date_nothing_is_late_and_what_is_finished_counts_as_on_time():
    undated = Duty(due_on=None, due_level=None, kind=ActionKind.WITHIN_YEAR)
    assert undated.on("31/12") is Timeliness.NO_DATE
    assert counted(undated, day("31/12")) is Count.NO_DATE
    done = undated.after(happened(EventKind.SENT, "1/12"), happened(EventKind.CONFIRMED, "2/12"))
    assert counted(done, day("31/12")) is Count.DONE_IN_TIME


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DROPPED])
def test_a_standing_duty_is_counted_as_such_before_and_after_it_is_closed(status):
    standing = Duty(status=status, due_on=None, due_level=None, kind=ActionKind.STANDING)
    assert standing.on("31/12") is Timeliness.STANDING
    assert counted(standing, day("31/12")) is Count.STANDING


@pytest.mark.parametrize("status", [Status.TODO, Status.DONE])
def test_a_request_is_never_late_and_stands_outside_the_count(status):
    request = Duty(status=status, is_request=True, finished_on=day("1/7") if status is Status.DONE else None)
    assert request.on("1/7") in (Timeliness.NO_DATE, Timeliness.DONE_IN_TIME)
    assert counted(request, day("1/7")) is Count.OUTSIDE


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
DAYS = st.dates(day("1/1"), day("31/12"))
DUTIES = st.builds(
    Duty,
    status=st.sampled_from(Status),
    due_on=st.none() | DAYS,
    due_level=st.sampled_from(DueLevel),
    sent_on=st.none() | DAYS,
    finished_on=st.none() | DAYS,
    kind=st.sampled_from(ActionKind),
    is_request=st.booleans(),
    is_remedy=st.booleans(),
    starts_on=st.none() | DAYS,
)


@unhurried
@given(st.lists(DUTIES, max_size=40), DAYS, st.booleans())
def test_the_lines_of_the_count_add_up_to_the_duties_given(duties, today, due_day_counts):
    lines = Counter(counted(duty, today, due_day_counts) for duty in duties)
    given_ones = [d for d in duties if not (d.is_request or d.is_remedy) and d.status is not Status.DROPPED]
    total = sum(number for line, number in lines.items() if line is not Count.OUTSIDE)
    assert total == len(given_ones)
    done = [d for d in given_ones if d.status is Status.DONE and d.kind is not ActionKind.STANDING]
    assert lines[Count.DONE_IN_TIME] + lines[Count.DONE_LATE] == len(done)
    assert lines[Count.STANDING] == sum(d.kind is ActionKind.STANDING for d in given_ones)


@unhurried
@given(DUTIES, DAYS)
def test_only_a_date_of_the_committee_makes_a_duty_late(duty, today):
    if counted(duty, today) in (Count.OPEN_LATE, Count.DONE_LATE):
        assert duty.due_level is DueLevel.UBND
        assert duty.status not in (Status.PAUSED, Status.DROPPED)
        assert not duty.is_request
        assert not duty.is_remedy
