"""The office changes the kind of a duty with a reason; every unit's card follows, and the counts with it."""

from collections import Counter

import pytest

from app.board.views.card import Today
from app.cards.moves import Deed, MoveInput
from app.cards.queries.rows import events, row, rows
from app.cards.state import EventKind
from app.cards.timeliness import Count, Timeliness
from app.core.errors import Forbidden, Refused
from app.files.store import installed_store
from app.organisation.settings import Settings
from app.plans.models import ActionKind, DueLevel
from tests.cards.deciding import ask, change_kind, day, report, set_date
from tests.conftest import reread
from tests.world import move, prove

WITHIN, STANDING, DATED = ActionKind.WITHIN_YEAR, ActionKind.STANDING, ActionKind.DATED
TODAY = Today(day("10/5"), Settings())


def lines(plan_id):
    return Counter(TODAY.counted(row) for row in rows(plan_id))


def test_a_duty_of_the_year_becomes_standing_and_is_counted_so(card):
    before = lines(card.plan_id)
    (event,) = change_kind("ha", card, STANDING, reason="Làm quanh năm")
    after = lines(card.plan_id)
    assert (event.kind, event.kind_before, event.kind_after) == (EventKind.KIND_CHANGED, WITHIN, STANDING)
    assert after[Count.STANDING] == before[Count.STANDING] + 1
    assert after[Count.NO_DATE] == before[Count.NO_DATE] - 1
    assert sum(after.values()) == sum(before.values())
    assert reread(card).version == event.card_version
    change_kind("ha", reread(card), WITHIN)
    assert lines(card.plan_id) == before


def test_all_units_of_a_shared_duty_keep_one_kind(world):
    shared = world.card("III.10.b", "P. Ea Tam")
    changed = change_kind("chi", shared, STANDING)
    assert len(changed) == 21
    other = world.card("III.10.b", "P. Tân Lợi")
    assert other.kind is STANDING
    assert [e.kind for e in events(other.id)] == [EventKind.KIND_CHANGED]
    assert other.version == 2


@pytest.mark.parametrize("who", ["lan", "mai", "son", "quantri", "hoa", "yen"])
def test_nobody_else_changes_a_kind(who, card):
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        change_kind(who, card, STANDING)
    assert reread(card).kind is WITHIN


@pytest.mark.parametrize(
    ("kind", "reason", "field", "sentence"),
    [
        (None, "Lý do", "kind", "Chọn tính chất"),
        (WITHIN, "Lý do", "kind", "đã là “Trong năm”"),
        (STANDING, "", "reason", "lý do"),
        (DATED, "Lý do", "kind", "theo văn bản của UBND trước"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(card, kind, reason, field, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        change_kind("ha", card, kind, reason=reason)
    assert refusal.value.field == field


def test_a_request_has_no_kind_to_change(world):
    with pytest.raises(Refused, match="đề nghị"):
        change_kind("ha", world.card("III.9.a", "MTTQ"), STANDING)


def test_a_date_of_ubnd_stands_in_the_way_unless_ubnd_s_document_says_so(world):
    duty = report(world)
    with pytest.raises(Refused, match="không là “trong năm”"):
        change_kind("ha", duty, WITHIN)
    with pytest.raises(Refused, match="số, ký hiệu"):
        change_kind("ha", duty, STANDING)
    change_kind("ha", duty, STANDING, number="412/UBND", document_on="9/5")
    assert TODAY.timeliness(row(duty.id)) is Timeliness.STANDING
    change_kind("ha", reread(duty), DATED)
    assert (reread(duty).due_on, TODAY.timeliness(row(duty.id))) == (day("15/5"), Timeliness.SOON)


def test_what_waits_comes_first(world, card):
    duty = report(world)
    ask("yen", duty, "20/5")
    with pytest.raises(Refused, match="1 đơn vị đang đề nghị gia hạn"):
        change_kind("ha", reread(duty), STANDING, number="1")
    prove("lan", card, installed_store())
    move("lan", reread(card), Deed.SEND)
    with pytest.raises(Refused, match="1 đơn vị đang chờ xác nhận"):
        change_kind("ha", reread(card), STANDING)
    move("chi", reread(card), Deed.RETURN, MoveInput(reason="Chưa đạt"))
    change_kind("ha", reread(card), STANDING)
    assert reread(card).is_standing


def test_a_date_of_the_office_is_forgotten_by_a_standing_duty_only(card):
    set_date("ha", card, DueLevel.OFFICE, "20/5")
    change_kind("ha", reread(card), STANDING)
    assert TODAY.counted(row(card.id)) is Count.STANDING
