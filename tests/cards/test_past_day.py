"""How duties stood at the end of a past day, by what is known now."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.cards.moves import Deed, MoveInput
from app.cards.operations.moving import happen, new_event
from app.cards.queries import as_of
from app.cards.queries import rows as queries
from app.cards.queries.as_of import Fact, until
from app.cards.state import EventKind, Status, replay
from app.core import clock
from app.core.actor import system
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.organisation.operations.lifecycle import UnitNaming, rename_unit
from app.plans.models import ActionKind, DueLevel, PlanAmendment
from tests.cards import deciding
from tests.conftest import reread
from tests.world import TODAY, move

pytestmark = pytest.mark.both_databases

NOTHING = {field.name: None for field in fields(Fact)}
LATER = TODAY + timedelta(days=1)


def day(number: int) -> date:
    return date(2024, 5, number)


def happened(*steps: tuple[EventKind, Status, int], **more: dict[int, int]) -> list[Fact]:
    """Facts numbered from 1, each with its effective day in May; `undoes` maps an undo to what it undoes."""
    undoes = more.get("undoes", {})
    said = NOTHING | {"actor_id": 1, "recorded_at": datetime(2024, 6, 1, tzinfo=UTC), "on_behalf": False}
    return [
        Fact(**said | {"id": n, "kind": kind, "to_status": to, "effective_on": day(on)} | {"undoes_id": undoes.get(n)})
        for n, (kind, to, on) in enumerate(steps, start=1)
    ]


def state_on(facts: list[Fact], number: int):
    return replay(until(facts, day(number)))


def test_each_event_counts_from_its_effective_day():
    sent, asked = (EventKind.SENT, Status.WAITING, 14), (EventKind.ASKED_MORE, Status.DOING, 20)
    again, confirmed = (EventKind.SENT, Status.WAITING, 25), (EventKind.CONFIRMED, Status.DONE, 28)
    facts = happened((EventKind.MOVED, Status.DOING, 16), sent, asked, again, confirmed)
    stood = {number: state_on(facts, number).status for number in (13, 14, 17, 20, 25, 28)}
    assert list(stood.values()) == [
        Status.TODO, Status.WAITING, Status.WAITING, Status.DOING, Status.WAITING, Status.DONE,
    ]  # fmt: skip
    assert state_on(facts, 21).sent_on == state_on(facts, 28).finished_on == day(14)


@pytest.mark.parametrize("corrected", [12, 16])
def test_a_corrected_sending_counts_from_its_right_day_and_its_confirmation_not_before(corrected):
    facts = happened(
        (EventKind.SENT, Status.WAITING, 14),
        (EventKind.CONFIRMED, Status.DONE, 15),
        (EventKind.DATE_CORRECTED, Status.DONE, corrected),
    )
    assert state_on(facts, corrected - 1).status is Status.TODO
    assert state_on(facts, max(corrected, 15)) == replace(replay(facts), sent_at=facts[0].recorded_at)
    assert state_on(facts, corrected).status is (Status.WAITING if corrected < 15 else Status.DONE)


def test_what_was_undone_never_was():
    steps = (
        (EventKind.MOVED, Status.DOING, 2),
        (EventKind.SENT, Status.WAITING, 3),
        (EventKind.UNDONE, Status.DOING, 3),
    )
    assert state_on(happened(*steps, undoes={3: 2}), 3).status is Status.DOING


def test_today_is_what_the_board_shows(world, sent):
    move("chi", sent, Deed.ASK_MORE, MoveInput("Bổ sung số liệu", LATER))
    move("lan", reread(sent), Deed.SEND)
    move("chi", world.card("III.1.b"), Deed.START)
    deciding.change_kind("ha", world.card("III.2.a"), ActionKind.STANDING)
    with clock.at(LATER):
        move("lan", world.card("III.7.a"), Deed.START)
    rows = {row.id: row for row in queries.rows(sent.plan_id)}
    apart = [then.code for then in as_of.rows_on(sent.plan_id, TODAY) if rows[then.id] != then]
    assert apart == ["III.7.a"]


def test_a_date_set_and_a_kind_changed_later_are_not_known_before(world, card):
    with clock.at(LATER):
        deciding.set_date("ha", card, DueLevel.OFFICE, "20/5")
        deciding.change_kind("ha", world.card("III.2.a"), ActionKind.STANDING)
        then, now = ({row.code: row for row in as_of.rows_on(card.plan_id, on)} for on in (TODAY, LATER))
    assert (then["III.7.c"].due_on, now["III.7.c"].due_on) == (None, day(20))
    assert (then["III.2.a"].kind, now["III.2.a"].kind) == (ActionKind.WITHIN_YEAR, ActionKind.STANDING)


def test_a_duty_stands_with_its_unit_of_the_day_under_the_name_of_the_day(world):
    held, heir = world.card("III.7.c"), world.unit("Phòng VH&TT")
    with change(system(), Permission.UNIT_MANAGE):
        held.unit_id, heir.valid_from = heir.id, LATER
    unit, names = world.unit("Phòng GD&ĐT"), UnitNaming("Phòng Giáo dục", "Phòng GD&ĐT")
    with clock.at(LATER):
        rename_unit(system(), unit, names, first=LATER, decision="12/QĐ-UBND", seen_version=unit.version)
    (row,) = (row for row in as_of.rows_on(held.plan_id, TODAY) if row.id == held.id)
    assert (row.unit_id, row.unit.name) == (held.origin_unit_id, "Phòng Giáo dục và Đào tạo")
    (now,) = (row for row in queries.rows(held.plan_id) if row.id == held.id)
    assert now.unit_id == heir.id


def test_a_duty_that_a_later_amendment_brought_was_not_there(world, card):
    added, changed = card.action, world.card("III.7.a")
    with clock.at(LATER), change(system(), Permission.PLAN_INTAKE):
        amendment = PlanAmendment(
            plan_id=card.plan_id, draft_id=1, number="9/KH-UBND", issued_on=LATER, adopted_on=LATER
        )
        db.session.add(amendment)
        db.session.flush()
        added.amended_by_id = changed.action.amended_by_id = amendment.id
        happen(changed, new_event(system(), changed, EventKind.AMENDED, changed.status, MoveInput("Lời văn"), False))
    then, now = ({row.code for row in as_of.rows_on(card.plan_id, on)} for on in (TODAY, LATER))
    assert now - then == {"III.7.c"}
