"""A unit passes into another from a day on: duties, people and names go to the heir, the finished keeps its name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import actor
from app.board import past, queries
from app.board.models import Card, CardEvent
from app.board.moves import Deed, Said
from app.board.state import EventKind
from app.board.succession import merge_unit
from app.board.unit_closing import close_unit, open_duties, reopen_unit
from app.core import clock
from app.core.actor import Role
from app.core.errors import Forbidden, Refused
from app.core.vietnamese import fold
from app.extensions import db
from app.organisation import queries as organisation
from app.organisation.models import Unit
from app.plans.models import CoordinatingUnit
from tests.conftest import reread
from tests.world import TODAY, move, person

pytestmark = pytest.mark.both_databases

FIRST = TODAY - timedelta(days=3)
DECISION = "1660/NQ-UBTVQH15"
EA_TAM, TU_AN, EDUCATION, HOME = "P. Ea Tam", "P. Tự An", "Phòng GD&ĐT", "Phòng Nội vụ"


def fresh(short_name):
    db.session.rollback()
    return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()


def merge(who, unit, heir, **said):
    said = {"first": FIRST, "decision": DECISION, "seen_version": unit.version} | said
    return merge_unit(person(who), unit, heir.id, **said)


def test_open_duties_go_to_the_heir_and_finished_ones_keep_the_name_of_their_day(world, visit):
    ward, heir = fresh(EA_TAM), fresh(TU_AN)
    dropped = db.session.scalars(select(Card).where(Card.unit_id == ward.id)).first()
    move("son", dropped, Deed.DROP, Said(reason="Sáp nhập", document_number="5/UBND", document_on=TODAY))
    passed = merge("chi", fresh(EA_TAM), fresh(TU_AN))
    assert len(passed) == 3
    assert open_duties(ward.id) == 0
    assert open_duties(heir.id) == 7
    assert reread(dropped).unit_id == ward.id
    event = db.session.scalars(select(CardEvent).where(CardEvent.card_id == passed[0].id)).one()
    assert (event.kind, event.effective_on, event.document_number) == (EventKind.INHERITED, FIRST, DECISION)
    page = visit("chi").get(f"/cards/{passed[0].id}").text
    assert "UBND phường Ea Tam → UBND phường Tự An" in page
    assert {g.unit_id for g in actor("yen").grants} == {heir.id}
    assert organisation.ids_by_key(organisation.units())[fold("UBND phường Ea Tam")] == heir.id


def test_a_past_day_is_counted_by_the_units_of_that_day(world):
    ward, heir = fresh(EA_TAM), fresh(TU_AN)
    merge("chi", ward, heir)
    held = {
        day: [row.unit_id for row in past.rows_on(world.plan.id, day)] for day in (FIRST - timedelta(days=1), FIRST)
    }
    counted = [(held[day].count(ward.id), held[day].count(heir.id)) for day in held]
    assert counted == [(4, 4), (0, 8)]
    assert [row.unit_id for row in queries.rows(world.plan.id)].count(heir.id) == 8


def test_what_was_dropped_stays_with_its_unit_when_that_unit_is_no_more_too(world):
    passed = merge("chi", fresh(EA_TAM), fresh(TU_AN))[0]
    move("son", reread(passed), Deed.DROP, Said(document_number="5/UBND", document_on=TODAY))
    held_by = fresh(TU_AN).id
    with clock.at(TODAY + timedelta(days=30)):
        merge("chi", fresh(TU_AN), fresh("P. Tân An"), first=TODAY + timedelta(days=20))
        for on in (TODAY, TODAY + timedelta(days=30)):
            (row,) = (row for row in past.rows_on(world.plan.id, on) if row.id == passed.id)
            assert (row.unit_id, reread(passed).unit_id) == (held_by, held_by)


def test_a_merged_office_gives_its_role_to_the_heir(world):
    merge("quantri", fresh("Phòng LĐTBXH"), fresh(EDUCATION))
    assert organisation.coordinating_unit().short_name == EDUCATION
    chi = actor("chi")
    assert chi.coordinates
    assert {(g.role, g.unit_id) for g in chi.grants} >= {(Role.COORDINATOR, fresh(EDUCATION).id)}
    assert not chi.has(Role.HEAD), "the heir has a head: who comes is a deputy in charge"
    assert chi.heads(fresh(EDUCATION).id)


def test_who_took_part_with_others_is_the_heir(world):
    culture, home = fresh("Phòng VH&TT"), fresh(HOME)
    merge("chi", culture, home)
    assert {c.unit_id for c in db.session.scalars(select(CoordinatingUnit)) if "Văn hóa" in c.name} == {home.id}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"first": TODAY + timedelta(days=1)}, "Chưa đến ngày"),
        ({"first": None}, "Nhập ngày có hiệu lực"),
        ({"decision": ""}, "Nhập số, ký hiệu"),
        ({"heir": EA_TAM}, "Chọn đơn vị nhận khác"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(world, said, sentence):
    heir = fresh(said.get("heir", TU_AN))
    with pytest.raises(Refused, match=sentence):
        merge("chi", fresh(EA_TAM), heir, **{key: value for key, value in said.items() if key != "heir"})
    with pytest.raises(Forbidden):
        merge("lan", fresh(EA_TAM), fresh(TU_AN))
    assert open_duties(fresh(EA_TAM).id) == 4


def test_a_closing_day_is_taken_back_while_nothing_depends_on_it(world, visit):
    ward = fresh(EA_TAM)
    said = Said(reason="Sáp nhập", document_number="5/UBND", document_on=TODAY)
    for card_id in db.session.scalars(select(Card.id).where(Card.unit_id == ward.id)).all():
        move("son", queries.card(person("chi"), card_id), Deed.DROP, said)
    ward = fresh(EA_TAM)
    close_unit(person("chi"), ward, first=TODAY, decision=DECISION, seen_version=ward.version)
    assert actor("yen").grants == ()
    chi = visit("chi")
    assert "Bỏ ngày ngừng hoạt động" in chi.get(f"/units/{ward.id}").text
    chi.post(f"/units/{ward.id}/reopening", {"version": fresh(EA_TAM).version}, status=303)
    assert fresh(EA_TAM).valid_to is None
    assert len(actor("yen").grants) == 1


def test_a_unit_that_passed_on_stays_closed(world, visit):
    ward, heir = fresh(EA_TAM), fresh(TU_AN)
    form = {"version": ward.version, "heir": heir.id, "first": f"{FIRST:%d/%m/%Y}", "decision": DECISION}
    visit("chi").post(f"/units/{ward.id}/closure", form, status=303)
    with pytest.raises(Refused, match="đã chuyển sang đơn vị nhận"):
        reopen_unit(person("chi"), fresh(EA_TAM), seen_version=fresh(EA_TAM).version)
