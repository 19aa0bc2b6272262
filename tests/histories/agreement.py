"""Whether what the program counts, lists and prints is what the second reading of the events says."""

import io
from collections import Counter
from datetime import date
from typing import Any

from openpyxl import load_workbook

from app.board.views.card import Today
from app.cards.queries import as_of
from app.cards.queries import rows as queries
from app.core import clock
from app.formats.progress_workbook import Counted, Progress, RemedyState
from app.formats.progress_workbook.making import progress_workbook
from app.organisation.settings import Settings
from app.summaries.queries.progress import progress
from tests.formats import progress_sample as sample
from tests.histories import naive

LINES = (naive.DONE_ON_TIME, naive.DONE_LATE, naive.OPEN_IN_TIME, naive.OPEN_LATE, naive.NO_DATE, naive.STANDING)
STATES = {
    RemedyState.TODO: ("todo", "paused"),
    RemedyState.DOING: ("doing",),
    RemedyState.WAITING: ("waiting",),
    RemedyState.DONE: ("done",),
    RemedyState.DROPPED: ("dropped",),
}


def check(plan_id: int, day: date, settings: Settings, *, printed: bool) -> None:
    """The tables of `day` are made and say what the events say; `printed`: the file itself too, and that of a unit."""
    stood = naive.standings(plan_id, day, due_day_counts=settings.due_day_counts)
    told = progress(plan_id, None, Today(day, settings))
    _check_units(told, stood)
    _check_duties(told, stood)
    _check_remedies(told, stood)
    if printed:
        _check_printed(told, stood)
        some_unit = as_of.rows_on(plan_id, day)[day.toordinal() % 20].unit_id
        own = progress(plan_id, some_unit, Today(day, settings))
        progress_workbook(sample.HEAD, own, made_at=sample.MADE_AT)


def check_cache(plan_id: int) -> None:
    """What is kept of each duty is what its events say."""
    day = clock.today()
    kept = {row.id: row for row in queries.rows(plan_id)}
    for row in as_of.rows_on(plan_id, day):
        assert row == kept[row.id]


def _check_units(told: Progress, stood: list[naive.Standing]) -> None:
    counted = {
        row.unit: Counter({name: getattr(row, name) for name in (*LINES, "not_yet_started")})
        for group in told.units
        for row in group.rows
    }
    assert counted == naive.lines_by_unit(stood)
    for row in (row for group in told.units for row in group.rows):
        assert row.total == sum(counted[row.unit][line] for line in LINES)


def _check_duties(told: Progress, stood: list[naive.Standing]) -> None:
    rows = [row for section in told.sections for row in section.rows]
    listed = Counter((row.lead, row.counted, row.completed_on) for row in rows)
    planned = [one for one in stood if not one.remedy]
    assert listed == Counter((one.unit, _counted(one), one.completed_on) for one in planned)
    late = Counter(row.lead for row in told.outstanding.late)
    assert late == Counter(one.unit for one in planned if one.line == naive.OPEN_LATE)


def _counted(one: naive.Standing) -> Counted:
    if one.request:
        return Counted.REQUEST
    return Counted.NOT_CARRIED_OUT if one.status == "dropped" else Counted.GIVEN


def _check_remedies(told: Progress, stood: list[naive.Standing]) -> None:
    states = Counter(row.state for section in told.inspections for row in section.rows if row.state is not None)
    asked = [one for one in stood if one.remedy and one.asked]
    wanted = Counter({RemedyState.WITHDRAWN: sum(one.withdrawn for one in asked)})
    for state, statuses in STATES.items():
        wanted[state] = sum(one.status in statuses and not one.withdrawn for one in asked)
    assert states == +wanted


def _check_printed(told: Progress, stood: list[naive.Standing]) -> None:
    book = made(told)
    given = [one for one in stood if not one.remedy and _counted(one) is Counted.GIVEN]
    done = [one for one in given if one.line in (naive.DONE_ON_TIME, naive.DONE_LATE)]
    total = _row(book["PL1"], "TỔNG CỘNG")
    assert (total[3], total[8]) == (len(given), len(done))
    numbered = [row for row in book["PL1"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert (len(numbered), sum(row[9] is not None for row in numbered)) == (len(given), len(done))
    lines = Counter(one.line for one in given)
    shown = _row(book["PL2"], "TỔNG CỘNG")
    assert shown[2] == len(given)
    places = (4, 5, 7, 8, 9, 10)
    assert [shown[place] for place in places] == [lines[line] for line in LINES]
    late = _row(book["PL7"], "Tổng số nhiệm vụ quá hạn")
    assert late[5] == lines[naive.OPEN_LATE]
    rated = len(given) - lines[naive.STANDING] - sum(one.not_yet for one in given)
    assert shown[11] == (len(done) / rated if rated else "–")


def made(told: Progress) -> Any:
    """The workbook as a reader that does not calculate opens it."""
    data = progress_workbook(sample.HEAD, told, made_at=sample.MADE_AT).to_bytes()
    return load_workbook(io.BytesIO(data), data_only=True, read_only=True)


def _row(sheet: Any, label: str) -> tuple[Any, ...]:
    return next(row for row in sheet.iter_rows(values_only=True) if row[0] == label)
