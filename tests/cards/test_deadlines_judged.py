"""Every rule of deadlines on the day before, the day and the day after, whoever set the date."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from app.board.views.card import Today
from app.cards.state import Feedback, Status
from app.cards.timeliness import Count, Timeliness
from app.organisation.settings import Settings
from app.plans.models import ActionKind, DueLevel

D = date(2024, 5, 15)
BEFORE, AFTER = D - timedelta(days=1), D + timedelta(days=1)
T, C = Timeliness, Count


@dataclass(frozen=True)
class Duty:
    status: Status = Status.DOING
    resume_to: Status | None = None
    due_on: date | None = D
    due_level: DueLevel | None = DueLevel.UBND
    due_basis: str | None = "trước ngày 15/5/2024"
    sent_on: date | None = None
    finished_on: date | None = None
    feedback: Feedback | None = None
    kind: ActionKind = ActionKind.DATED
    is_request: bool = False
    is_remedy: bool = False
    starts_on: date | None = None


def today(day: date, *, day_counts: bool = True) -> Today:
    return Today(day, Settings(due_day_counts=day_counts))


PLAN = Duty()
UBND = Duty(due_basis="Công văn của UBND", kind=ActionKind.WITHIN_YEAR)
OFFICE = Duty(due_level=DueLevel.OFFICE, due_basis="Công văn đề nghị", kind=ActionKind.WITHIN_YEAR)
NONE = Duty(due_on=None, due_level=None, due_basis=None, kind=ActionKind.WITHIN_YEAR)
SENT = {"status": Status.WAITING}
ASKED = {"status": Status.DOING, "feedback": Feedback.MORE}
RETURNED = {"status": Status.DOING, "feedback": Feedback.RETURNED, "sent_on": None}

OPEN = (C.OPEN_IN_TIME, C.OPEN_IN_TIME, C.OPEN_LATE)
STILL = (C.OPEN_IN_TIME,) * 3
NEVER = (C.NO_DATE,) * 3
RUNNING = {
    "the plan's date": (PLAN, (T.SOON, T.SOON, T.LATE), OPEN),
    "a date of UBND's document": (UBND, (T.SOON, T.SOON, T.LATE), OPEN),
    "a date the office asked": (OFFICE, (T.SOON, T.SOON, T.ASKED_LATE), NEVER),
    "no date": (NONE, (T.NO_DATE,) * 3, NEVER),
    "a standing duty that had a date": (
        replace(PLAN, kind=ActionKind.STANDING),
        (T.STANDING,) * 3,
        (C.STANDING,) * 3,
    ),
    "a report whose time begins the day after": (
        replace(PLAN, starts_on=AFTER, due_on=date(2024, 11, 15)),
        (T.NOT_YET, T.NOT_YET, T.IN_TIME),
        STILL,
    ),
    "extended by ten days": (replace(PLAN, due_on=D + timedelta(days=10)), (T.IN_TIME, T.IN_TIME, T.IN_TIME), STILL),
    "sent in time and waiting": (replace(PLAN, sent_on=BEFORE, **SENT), (T.IN_TIME,) * 3, STILL),
    "sent on the day and asked for more": (replace(PLAN, sent_on=D, **ASKED), (T.IN_TIME,) * 3, STILL),
    "returned": (replace(PLAN, **RETURNED), (T.SOON, T.SOON, T.LATE), OPEN),
    "returned, the office's date": (replace(OFFICE, **RETURNED), (T.SOON, T.SOON, T.ASKED_LATE), NEVER),
    "paused": (replace(PLAN, status=Status.PAUSED), (T.IN_TIME,) * 3, STILL),
    "not carried out": (replace(PLAN, status=Status.DROPPED), (T.IN_TIME,) * 3, (C.OUTSIDE,) * 3),
    "asked by an inspection": (replace(NONE, is_remedy=True), (T.NO_DATE,) * 3, (C.OUTSIDE,) * 3),
    "a request": (replace(NONE, is_request=True), (T.NO_DATE,) * 3, (C.OUTSIDE,) * 3),
}


@pytest.mark.parametrize("name", RUNNING)
def test_a_duty_under_way_on_the_days_around_its_date(name):
    duty, stands, lines = RUNNING[name]
    assert tuple(today(day).timeliness(duty) for day in (BEFORE, D, AFTER)) == stands
    assert tuple(today(day).counted(duty) for day in (BEFORE, D, AFTER)) == lines


JUDGED_BY_DOCUMENT = {
    "the plan's date": (PLAN, (T.IN_TIME, T.IN_TIME, T.LATE), (T.DONE_IN_TIME, T.DONE_IN_TIME, T.DONE_LATE)),
    "UBND's date": (UBND, (T.IN_TIME, T.IN_TIME, T.LATE), (T.DONE_IN_TIME, T.DONE_IN_TIME, T.DONE_LATE)),
    "the office's date": (OFFICE, (T.IN_TIME, T.IN_TIME, T.ASKED_LATE), (T.DONE_IN_TIME,) * 3),
    "no date": (NONE, (T.NO_DATE,) * 3, (T.DONE_IN_TIME,) * 3),
    "extended to the day": (
        replace(PLAN, due_basis="Công văn gia hạn"),
        (T.IN_TIME, T.IN_TIME, T.LATE),
        (T.DONE_IN_TIME, T.DONE_IN_TIME, T.DONE_LATE),
    ),
}


@pytest.mark.parametrize("name", JUDGED_BY_DOCUMENT)
def test_the_document_s_day_judges_however_late_it_is_entered_and_confirmed(name):
    duty, waiting, done = JUDGED_BY_DOCUMENT[name]
    later = today(D + timedelta(days=20))
    sent = [replace(duty, sent_on=day, status=Status.WAITING) for day in (BEFORE, D, AFTER)]
    assert tuple(map(later.timeliness, sent)) == waiting
    confirmed = [replace(each, status=Status.DONE, finished_on=each.sent_on) for each in sent]
    assert tuple(map(later.timeliness, confirmed)) == done


def test_an_agreement_missed_is_remarked_and_never_counted_late():
    days = (BEFORE, D, AFTER)
    assert [today(day).misses_agreement(OFFICE) for day in days] == [False, False, True]
    sent = [replace(OFFICE, sent_on=day, finished_on=day, status=Status.DONE) for day in days]
    assert [today(AFTER).misses_agreement(duty) for duty in sent] == [False, False, True]
    assert {today(AFTER).counted(duty) for duty in sent} == {C.DONE_IN_TIME}
    for other in (PLAN, UBND, NONE, replace(OFFICE, kind=ActionKind.STANDING), replace(OFFICE, status=Status.PAUSED)):
        assert not today(AFTER).misses_agreement(other)


def test_the_setting_about_before_a_day_leaves_dates_alone_that_a_person_entered():
    strict = today(D, day_counts=False)
    assert strict.timeliness(PLAN) is T.LATE
    assert strict.timeliness(UBND) is T.SOON
    assert strict.counted(UBND) is C.OPEN_IN_TIME
    assert (strict.last_day(PLAN), strict.last_day(UBND)) == (BEFORE, D)
