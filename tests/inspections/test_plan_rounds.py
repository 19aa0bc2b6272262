"""Rounds: their team, their units, their calendar, and what is refused."""

from datetime import date, timedelta

import pytest

from app.board.views.card import Today
from app.cards.operations.unit_merging import merge_unit
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.inspections import queries
from app.inspections.checklists import operations as checklists
from app.inspections.checklists.operations import Content
from app.inspections.models import MemberDuty, RoundStatus
from app.inspections.rounds import operations as rounds
from app.inspections.rounds import views
from app.inspections.rounds.operations import Joining
from app.inspections.rounds.views import Show
from app.inspections.visits.operations import visits
from app.inspections.visits.operations.visits import Schedule
from app.organisation.models import Unit
from app.organisation.settings import Settings
from tests.inspections.stage import a_round, a_visit, planned, record, seen
from tests.world import TODAY, World, person


@pytest.fixture
def bench(sqlite_bench):
    """One database: these rules do not depend on which."""
    return sqlite_bench


def test_a_round_belongs_to_the_clause_that_asks_for_inspections_and_to_the_office(app, chi, lan):
    made = a_round("binh", "ha")
    assert db.session.get(type(made), made.id).status is RoundStatus.DRAFT
    assert made.clause_id is not None
    assert made.member_ids == {person("binh").id, person("ha").id}
    assert made.chair_ids == {person("binh").id}
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        rounds.plan_round(lan, World().plan, planned())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"form": None}, "form"),
        ({"period_to": None}, "period_from"),
        ({"period_to": date(2023, 12, 31)}, "period_to"),
        ({"plan_on": TODAY + timedelta(days=1)}, "plan_on"),
        ({"report_due_days": -1}, "report_due_days"),
        ({"checklist_version_id": 999}, "checklist"),
    ],
)
def test_a_round_that_says_too_little_or_cannot_be_is_refused(app, chi, said, field):
    with pytest.raises(Refused) as refused:
        rounds.plan_round(chi, World().plan, planned(**said))
    assert refused.value.field == field


def test_a_team_has_one_head_and_nobody_twice_and_a_stranger_by_name(app, chi):
    made = a_round("binh")
    for joining, sentence in (
        (Joining(person("binh").id, "", MemberDuty.MEMBER), "đã có trong đoàn"),
        (Joining(person("lan").id, "", MemberDuty.LEADER), "đã có trưởng đoàn"),
        (Joining(None, "", MemberDuty.MEMBER), "nhập họ tên"),
    ):
        with pytest.raises(Refused, match=sentence):
            rounds.add_member(chi, made, joining, seen_version=made.version)
    seen_before = made.version
    by_name = Joining(None, "Bà Nguyễn Thị Hạnh", MemberDuty.SECRETARY, "Chủ tịch Hội LHPN")
    rounds.add_member(chi, made, by_name, seen_version=made.version)
    assert made.member_ids == {person("binh").id}
    with pytest.raises(Stale):
        rounds.add_member(chi, made, Joining(person("lan").id, "", MemberDuty.MEMBER), seen_version=seen_before)


def test_a_unit_stands_once_in_a_round_and_not_after_it_is_no_more(app, chi):
    made = a_round("binh")
    tan_loi, tan_an = World().unit("P. Tân Lợi"), World().unit("P. Tân An")
    visits.add_visits(chi, made, [tan_loi.id], seen_version=made.version)
    with pytest.raises(Refused, match="Tân Lợi đã có trong đợt"):
        visits.add_visits(chi, made, [tan_loi.id], seen_version=made.version)
    with pytest.raises(Refused, match="đã có trong đợt"):
        visits.add_visits(chi, made, [tan_an.id, tan_an.id], seen_version=made.version)
    _merge(tan_an, into=tan_loi)
    with pytest.raises(Refused, match=r"nhiệm vụ đã chuyển về .*Tân Lợi"):
        visits.add_visits(chi, made, [tan_an.id], seen_version=made.version)
    _merge(tan_loi, into=World().unit("P. Ea Tam"))
    (visit,) = queries.visits([made.id])
    assert "đã chuyển về" in visits.clashes([visit])[visit.id][0]


def _merge(unit: Unit, into: Unit) -> None:
    """The unit ended yesterday; its duties went to another."""
    merge_unit(person("chi"), unit, into.id, first=TODAY, decision="1/NQ-HĐND", seen_version=unit.version)
    db.session.rollback()


def test_units_are_picked_by_kind_and_by_what_the_board_shows(app, chi):
    made = a_round("binh", status=RoundStatus.RUNNING)
    late = Today(date(2024, 6, 1), Settings())  # the six-month reports were due on 15/5
    all_units = views.candidates(made.plan_id, made.id, late, None, Show.ALL)
    assert World().unit("P. Ea Tam").id not in {c.unit.id for c in all_units}
    wards = views.candidates(made.plan_id, made.id, late, World().unit("P. Ea Tam").kind, Show.LATE)
    assert len(wards) == 12
    assert all(c.late == 1 and c.unit.kind == "ward" for c in wards)
    assert views.candidates(made.plan_id, made.id, late, None, Show.ASKED) == []
    assert len(views.candidates(made.plan_id, made.id, late, None, Show.NEVER)) == len(all_units)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Schedule(None), "visit_on"),
        (Schedule(date(2023, 12, 31)), "visit_on"),  # before the period
        (Schedule(date(2024, 3, 1)), "visit_on"),  # before the plan of the round
        (Schedule(TODAY, "8h30"), "visit_time"),
        (Schedule(TODAY, "10:00", "09:00"), "visit_until"),
    ],
)
def test_a_visit_before_its_round_or_at_no_time_is_refused(app, chi, said, field):
    visit = a_visit("binh", day=None, plan_on=date(2024, 4, 1))
    with pytest.raises(Refused) as refused:
        visits.schedule_visit(chi, visit, said, seen_version=visit.version)
    assert refused.value.field == field


def test_the_same_people_or_unit_on_one_day_are_warned_of_and_the_same_visit_is_refused(app, chi):
    first = a_visit("binh", "ha")
    other = a_visit("ha", day=None, name="Đợt hai")
    with pytest.raises(Refused, match="đúng ngày, giờ này"):
        visits.schedule_visit(chi, other, Schedule(TODAY, "08:30"), seen_version=other.version)
    warned = visits.schedule_visit(chi, other, Schedule(TODAY, "10:00"), seen_version=other.version)
    assert len(warned) == 2
    assert "Ea Tam còn cuộc kiểm tra khác" in warned[0]
    assert "Ha cùng lúc có tên" in warned[1]
    only_unit = visits.schedule_visit(chi, other, Schedule(TODAY, "14:00"), seen_version=other.version)
    assert len(only_unit) == 1
    assert visits.clashes([seen(first.id), seen(other.id)])[first.id]


def test_a_checklist_changed_in_mid_round_leaves_the_visits_that_have_begun(app, chi):
    begun = a_visit("binh")
    record(begun)
    made = rounds_of(begun)
    visits.add_visits(chi, made, [World().unit("P. Tân Lợi").id], seen_version=made.version)
    shipped = queries.checklist(1)
    first = shipped.versions[0]
    contents = checklists.contents_of(first)
    assert len(contents) == 5
    assert [c.is_situation for c in contents] == [False, False, True, True, True]
    assert not any(c.takes_rating for c in contents)
    assert [c.numbers_only for c in contents] == [False, True, False, False, False]
    wrong = [*contents[:2], Content(contents[2].title, is_situation=True, takes_rating=True)]
    with pytest.raises(Refused, match="không xếp mức"):
        checklists.edit_checklist(chi, shipped, "Nội dung", wrong, seen_version=shipped.version)
    assert checklists.edit_checklist(chi, shipped, "Nội dung", contents[:4], seen_version=shipped.version)
    newest = queries.newest_version(1)
    assert (newest.number, len(newest.contents), rounds_of(begun).checklist_version_id) == (2, 4, first.id)
    made = rounds_of(begun)
    kept = rounds.edit_round(chi, made, planned(checklist_version_id=newest.id), seen_version=made.version)
    assert kept == 1
    follows = {v.id: v.checklist_version_id for v in queries.visits([made.id])}
    assert follows.pop(begun.id) == first.id
    assert set(follows.values()) == {newest.id}


def rounds_of(visit):
    return seen(visit.id).round


def test_a_round_begins_with_a_head_and_a_unit(app, chi):
    nobody = rounds.plan_round(chi, World().plan, planned())
    with pytest.raises(Refused, match="trưởng đoàn"):
        rounds.set_status(chi, nobody, RoundStatus.RUNNING, seen_version=nobody.version)
    empty = a_round("binh")
    with pytest.raises(Refused, match="chưa có đơn vị"):
        rounds.set_status(chi, empty, RoundStatus.RUNNING, seen_version=empty.version)
