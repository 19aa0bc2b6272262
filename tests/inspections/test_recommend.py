"""What the team asks to be put right: drafts, written once, changed with what was seen, taken back and kept."""

import html
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.inspections.recommendations.models import Recommendation
from app.inspections.recommendations.operations import recommendations
from tests.inspections import asking, stage
from tests.inspections.asking import ask, draft
from tests.world import TODAY, person


@pytest.fixture
def inspected(app):
    return asking.a_recorded_visit()


def test_a_draft_is_the_teams_and_no_duty_of_anybody(visit, inspected):
    made = ask(inspected, unit="Phòng GD&ĐT", due_on=None)
    assert (made.unit.short_name, made.due_on, made.card_id, made.position) == ("Phòng GD&ĐT", None, None, 1)
    page = html.unescape(visit("binh").get(f"/visits/{inspected.id}").text)
    assert {"Dự thảo", "Chưa có thời hạn", made.demand} == {
        words for words in ("Dự thảo", "Chưa có thời hạn", made.demand) if words in page
    }
    for who in ("yen", "lan"):
        status = 200 if who == "yen" else 404
        assert made.demand not in html.unescape(visit(who).get(f"/visits/{inspected.id}", status=status).text)
    assert made.demand not in html.unescape(visit("chi").get("/board?unit=").text)


def test_the_same_sending_is_written_once(inspected):
    first = recommendations.ask(person("binh"), inspected, draft(inspected), "key-1")
    again = recommendations.ask(person("binh"), inspected, draft(inspected, 1), "key-1")
    assert (again.id, db.session.scalar(select(func.count()).select_from(Recommendation))) == (first.id, 1)


@pytest.mark.parametrize("who", ["lan", "yen", "chi", "son", "quantri"])
def test_only_the_team_of_the_round_drafts(who, inspected):
    with pytest.raises(Forbidden):
        ask(inspected, who=who)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"shortcoming": ""}, "shortcoming"),
        ({"demand": ""}, "demand"),
        ({"demand": "x" * 2001}, "demand"),
        ({"unit_id": 0}, "unit_id"),
        ({"content_id": 9999}, "content_id"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(said, field, inspected):
    with pytest.raises(Refused) as refusal:
        recommendations.ask(person("binh"), inspected, replace(draft(inspected), **said))
    assert refusal.value.field == field


def test_a_unit_that_is_no_more_and_a_body_outside_the_committee_are_refused(world, inspected):
    asking.close(world.unit("P. Tân An"), TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="không còn hoạt động"):
        ask(inspected, unit="P. Tân An")
    with pytest.raises(Refused, match="ngoài hệ thống UBND"):
        ask(inspected, unit="MTTQ")


def test_a_draft_is_changed_as_seen_and_taken_back_without_being_lost(visit, inspected):
    made = ask(inspected)
    recommendations.edit(person("binh"), made, draft(inspected, 1), seen_version=made.version)
    with pytest.raises(Stale):
        recommendations.edit(person("binh"), made, draft(inspected, 2), seen_version=1)
    recommendations.withdraw(person("binh"), made, "Trùng", seen_version=made.version)
    assert made.demand not in html.unescape(visit("binh").get(f"/visits/{inspected.id}").text)
    with pytest.raises(Refused):
        recommendations.edit(person("binh"), made, draft(inspected), seen_version=made.version)
    assert db.session.get_one(Recommendation, made.id).withdrawn_reason == "Trùng"


def test_on_the_page_a_refused_draft_keeps_what_was_typed(visit, inspected):
    binh = visit("binh")
    binh.get(f"/visits/{inspected.id}")
    typed = {"shortcoming": "Chưa kiện toàn", "demand": "", "unit_id": "1", "due_on": "31/5/2024"}
    page = html.unescape(binh.post(f"/visits/{inspected.id}/recommendations", typed, status=422).text)
    assert str(recommendations.DEMAND_NEEDED) in page
    assert "Chưa kiện toàn" in page
    assert 'value="31/5/2024"' in page
    answer = binh.post(f"/visits/{inspected.id}/recommendations", typed | {"demand": "Kiện toàn Ban"}, status=303)
    assert answer.location.endswith(f"/visits/{inspected.id}#kien-nghi")
    assert "Kiện toàn Ban" in html.unescape(binh.get(f"/visits/{inspected.id}").text)


def test_what_was_concluded_is_no_draft_any_more(inspected):
    made = ask(inspected)
    asking.issue(inspected)
    with pytest.raises(Forbidden):
        recommendations.edit(person("binh"), made, draft(inspected, 1), seen_version=made.version)
    with pytest.raises(Forbidden):
        ask(stage.seen(inspected.id), 1)
