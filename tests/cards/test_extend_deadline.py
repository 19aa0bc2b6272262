"""An extension is asked by the unit and decided by the level that set the date; the approved date judges."""

import pytest

from app.board.views.card import Today, face
from app.cards.deadlines import operations as deadlines
from app.cards.deadlines.queries import extensions_asked, extensions_to_decide, open_extensions
from app.cards.due import replay_due
from app.cards.moves import Deed, MoveInput
from app.cards.operations import moving
from app.cards.queries.rows import events, row
from app.cards.state import EventKind
from app.cards.timeliness import Timeliness
from app.core import clock
from app.core.errors import Forbidden, Refused, Stale
from app.files.store import installed_store
from app.organisation.settings import Settings
from app.plans.models import ActionKind, DueLevel
from tests.cards.deciding import ask, change_kind, day, decide, grant, report, said, set_date
from tests.conftest import reread
from tests.world import move, person, prove

OFFICE, UBND = DueLevel.OFFICE, DueLevel.UBND


def stands(duty, on):
    return Today(day(on), Settings()).timeliness(row(duty.id))


@pytest.fixture
def asked(world):
    """The report of Ea Tam, whose head asks for 20/5 instead of the plan's 15/5."""
    duty = report(world)
    ask("yen", duty, "20/5", "Chờ số liệu của trường")
    return reread(duty)


@pytest.fixture
def agreed(card):
    """III.7.c with a date of the office, 20/5, and an extension to 25/5 that its chuyên viên asks for."""
    set_date("ha", card, OFFICE, "20/5")
    ask("mai", reread(card), "25/5", "Giáo viên tập huấn")
    return reread(card)


@pytest.mark.parametrize("who", ["yen", "nam"])
def test_heads_and_staff_of_the_leading_unit_ask(world, who):
    duty = report(world)
    event = ask(who, duty, "20/5", "Chờ số liệu", number="12/UBND")
    duty = reread(duty)
    assert (duty.due_on, duty.extension_id, duty.extension_wanted) == (day("15/5"), event.id, day("20/5"))
    assert (event.kind, event.reason, event.effective_on) == (
        EventKind.EXTENSION_ASKED,
        "Chờ số liệu",
        day("10/5"),
    )
    assert stands(duty, "16/5") is Timeliness.LATE


@pytest.mark.parametrize("who", ["lan", "binh", "chi", "ha", "son", "hoa", "quantri"])
def test_others_do_not_ask_for_a_unit(world, who):
    with pytest.raises(Forbidden, match="đơn vị thực hiện"):
        ask(who, report(world), "20/5")


def test_it_may_be_asked_after_the_date_has_passed(world):
    duty = report(world)
    with clock.at(day("18/5")):
        ask("yen", duty, "25/5")
        decide("son", reread(duty), True, "25/5", number="412/UBND")
    assert stands(duty, "20/5") is Timeliness.SOON


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({}, "day", "Nhập ngày"),
        ({"on": "14/5"}, "day", "phải sau thời hạn"),
        ({"on": "15/5"}, "day", "phải sau thời hạn"),
        ({"on": "9/5"}, "day", "đã qua"),
        ({"on": "20/5", "reason": ""}, "reason", "lý do"),
    ],
)
def test_an_asking_names_a_later_day_and_why(world, words, field, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        ask("yen", report(world), **words)
    assert refusal.value.field == field


def test_one_asking_at_a_time(asked):
    with pytest.raises(Refused, match="đang chờ quyết định"):
        ask("nam", asked, "25/5")


def test_nothing_to_extend_without_a_date_for_requests_and_for_what_is_over(world, card):
    with pytest.raises(Refused, match="không có gì để gia hạn"):
        ask("lan", card, "20/5")
    with pytest.raises(Refused, match="đề nghị"):
        ask("hoa", world.card("III.9.a", "MTTQ"), "20/5")
    standing = world.card("III.1.c")
    assert standing.is_standing
    with pytest.raises(Refused, match="thường xuyên"):
        ask("chi", standing, "20/5")
    duty = report(world)
    prove("yen", duty, installed_store())
    move("yen", reread(duty), Deed.SEND)
    move("chi", reread(duty), Deed.CONFIRM)
    with pytest.raises(Refused, match="Hoàn thành"):
        ask("yen", reread(duty), "20/5")
    with pytest.raises(Refused, match="Hoàn thành"):
        grant("son", reread(duty), "20/5", number="1")


@pytest.mark.parametrize("who", ["son", "ha", "chi"])
def test_lãnh_đạo_ubnd_decides_the_plan_s_date_and_the_office_may_enter_it(asked, who):
    event = decide(who, asked, True, "18/5", number="412/UBND", document_on="9/5")
    duty = reread(asked)
    assert (duty.due_on, duty.due_level, duty.due_original_on, duty.extensions) == (day("18/5"), UBND, day("15/5"), 1)
    assert (duty.extension_id, duty.extension_wanted) == (None, None)
    assert (event.effective_on, event.answers_id) == (day("9/5"), asked_event(duty).id)
    assert [stands(duty, on) for on in ("17/5", "18/5", "19/5")] == [
        Timeliness.SOON,
        Timeliness.SOON,
        Timeliness.LATE,
    ]
    assert duty.due == replay_due(duty.action, events(duty.id))


def asked_event(duty):
    return next(e for e in events(duty.id) if e.kind is EventKind.EXTENSION_ASKED)


@pytest.mark.parametrize("who", ["yen", "nam", "lan", "hoa", "quantri"])
def test_others_do_not_decide_the_plan_s_date(asked, who):
    for granted in (True, False):
        with pytest.raises(Forbidden, match="Lãnh đạo UBND"):
            decide(who, asked, granted, "20/5", number="412/UBND")
    assert reread(asked).due_on == day("15/5")


@pytest.mark.parametrize("who", ["son", "ha"])
def test_ubnd_s_grant_names_its_document(asked, who):
    with pytest.raises(Refused, match="số, ký hiệu") as refusal:
        decide(who, asked, True, "20/5")
    assert refusal.value.field == "document_number"


@pytest.mark.parametrize("on", ["14/5", "15/5"])
def test_no_grant_of_an_earlier_or_the_same_day(asked, on):
    with pytest.raises(Refused, match="phải sau thời hạn"):
        decide("son", asked, True, on, number="412/UBND")


def test_a_refusal_has_a_reason_that_the_unit_reads(asked):
    with pytest.raises(Refused, match="lý do không gia hạn"):
        decide("son", asked, False, reason="")
    with pytest.raises(Refused, match="số, ký hiệu"):
        decide("ha", asked, False, reason="Kế hoạch đã ấn định")
    event = decide("son", asked, False, reason="Kế hoạch đã ấn định")
    duty = reread(asked)
    assert (event.kind, duty.extension_id, duty.due_on, duty.extensions) == (
        EventKind.EXTENSION_REFUSED,
        None,
        day("15/5"),
        0,
    )
    ask("yen", duty, "17/5")
    assert reread(duty).extension_wanted == day("17/5")


@pytest.mark.parametrize("who", ["ha", "chi"])
def test_the_office_decides_about_its_own_date_without_a_number(agreed, who):
    decide(who, agreed, True, "25/5")
    card = reread(agreed)
    assert (card.due_on, card.due_level, card.extensions) == (day("25/5"), OFFICE, 1)


@pytest.mark.parametrize("who", ["son", "lan", "mai", "binh", "quantri"])
def test_others_do_not_decide_about_the_office_s_date(agreed, who):
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        decide(who, agreed, True, "25/5", number="1")


def test_the_office_s_own_duty_is_extended_by_its_head_and_not_by_who_asked(world):
    duty = world.card("III.1.c")
    change_kind("chi", duty, ActionKind.WITHIN_YEAR)
    set_date("ha", reread(duty), OFFICE, "20/5")
    ask("ha", reread(duty), "25/5")
    with pytest.raises(Forbidden, match="thủ trưởng cơ quan"):
        decide("ha", reread(duty), True, "25/5")
    decide("chi", reread(duty), True, "25/5")
    ask("chi", reread(duty), "30/5")
    with pytest.raises(Forbidden, match="do chính mình gửi"):
        decide("chi", reread(duty), True, "30/5")


def test_an_extension_is_entered_from_a_document_without_an_asking(world):
    duty = report(world)
    with pytest.raises(Refused, match="số, ký hiệu"):
        grant("ha", duty, "20/5")
    grant("ha", duty, "20/5", number="412/UBND", document_on="9/5")
    grant("son", reread(duty), "30/5", number="430/UBND")
    duty = reread(duty)
    assert (duty.due_on, duty.due_original_on, duty.extensions) == (day("30/5"), day("15/5"), 2)
    assert duty.due == replay_due(duty.action, events(duty.id))
    shown = face(person("binh"), row(duty.id), Today(day("12/5"), Settings()))
    assert shown.due_remark == "hạn 30/05/2024, đã gia hạn 2 lần"


def test_nobody_grants_past_an_asking(asked):
    with pytest.raises(Refused, match="quyết định đề nghị đó trước"):
        grant("son", asked, "25/5", number="1")


def test_an_asking_is_decided_once(asked):
    first = asked.extension_id
    decide("son", asked, True, "20/5", number="1")
    duty = reread(asked)
    with pytest.raises(Refused, match="đã được quyết định"):
        deadlines.decide_extension(
            person("son"), duty, first, said("25/5", number="2"), granted=True, seen_version=duty.version
        )


def test_a_stale_view_decides_nothing(asked):
    seen = asked.version
    move("yen", asked, Deed.START)
    with pytest.raises(Stale):
        deadlines.decide_extension(
            person("son"), asked, asked.extension_id, said("20/5", number="1"), granted=True, seen_version=seen
        )


def test_who_asked_or_the_head_takes_the_asking_back(world, asked):
    with pytest.raises(Forbidden, match="Chỉ người đã đề nghị"):
        take_back("nam", asked)
    with pytest.raises(Forbidden):
        take_back("ha", asked)
    take_back("yen", asked)
    assert reread(asked).extension_id is None
    ask("nam", reread(asked), "20/5")
    take_back("yen", reread(asked))
    with pytest.raises(Refused, match="đã rút lại"):
        take_back("yen", reread(asked))


def take_back(who, duty):
    return deadlines.withdraw_extension(person(who), duty, duty.extension_id or 0, seen_version=duty.version)


def test_an_extension_does_not_touch_the_state_and_undo_does_not_touch_it(asked):
    moved = move("yen", asked, Deed.START)
    moving.undo(person("yen"), reread(asked), moved.id)
    duty = reread(asked)
    assert (duty.extension_wanted, duty.status.value) == (day("20/5"), "todo")
    granting = decide("son", duty, True, "20/5", number="1")
    with pytest.raises(Refused):
        moving.undo(person("son"), reread(duty), granting.id)


def test_an_extension_while_the_result_waits_or_is_asked_for_more_judges_the_day_it_was_sent(world):
    duty = report(world)
    prove("yen", duty, installed_store())
    with clock.at(day("17/5")):
        move("yen", reread(duty), Deed.SEND, MoveInput(day=day("17/5")))
        assert stands(duty, "17/5") is Timeliness.LATE
        ask("yen", reread(duty), "18/5")
        move("chi", reread(duty), Deed.ASK_MORE, MoveInput(reason="Thiếu biểu"))
        decide("son", reread(duty), True, "18/5", number="1")
    assert stands(duty, "30/5") is Timeliness.IN_TIME
    with clock.at(day("20/5")):
        move("yen", reread(duty), Deed.SEND)
        move("chi", reread(duty), Deed.RETURN, MoveInput(reason="Chưa đạt"))
    assert stands(duty, "20/5") is Timeliness.LATE


def test_a_paused_duty_is_extended_and_resumes_under_the_new_date(world):
    duty = report(world)
    move("son", duty, Deed.PAUSE, MoveInput(document_number="1"))
    grant("son", reread(duty), "20/5", number="2")
    move("son", reread(duty), Deed.RESUME, MoveInput(document_number="3"))
    assert [stands(duty, on) for on in ("20/5", "21/5")] == [Timeliness.SOON, Timeliness.LATE]


def test_what_waits_is_listed_for_those_who_decide_and_those_who_asked(asked, agreed):
    assert [e.id for e in extensions_to_decide(person("son"))] == [asked.extension_id]
    assert [e.id for e in extensions_to_decide(person("ha"))] == [agreed.extension_id]
    assert extensions_to_decide(person("yen")) == []
    assert [e.card_id for e in extensions_asked(person("nam"))] == [asked.id]
    assert extensions_asked(person("binh")) == []
    both = open_extensions(plan_ids=[asked.plan_id])
    assert [(e.code, e.unit_name, e.due_on, e.wanted_on, e.level) for e in both] == [
        ("III.10.a", "UBND phường Ea Tam", day("15/5"), day("20/5"), UBND),
        ("III.7.c", "Phòng Giáo dục và Đào tạo", day("20/5"), day("25/5"), OFFICE),
    ]
    decide("son", asked, False, reason="Không")
    assert [e.level for e in open_extensions()] == [OFFICE]


@pytest.mark.parametrize(("who", "sees"), [("yen", True), ("chi", True), ("son", True), ("lan", False), ("hoa", False)])
def test_what_waits_is_on_the_face_for_the_unit_and_those_who_decide(asked, who, sees):
    shown = face(person(who), row(asked.id), Today(day("10/5"), Settings()))
    assert shown.extension_wanted == (day("20/5") if sees else None)
