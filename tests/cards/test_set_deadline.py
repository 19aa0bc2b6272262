"""The office sets its own dates, an agreement, and enters UBND's by its document; nobody else does."""

import pytest

from app.board.views.card import Today, face
from app.cards.deadlines import operations as deadlines
from app.cards.due import kind_in_force, replay_due
from app.cards.moves import Deed, MoveInput
from app.cards.operations import moving
from app.cards.queries.rows import events, row
from app.cards.state import EventKind
from app.cards.timeliness import Count, Timeliness
from app.core import clock
from app.core.errors import Forbidden, Refused, Stale
from app.files.store import installed_store
from app.organisation.settings import Settings
from app.plans.models import ActionKind, DueLevel
from tests.cards.deciding import HALF_YEAR, ask, day, grant, report, set_date
from tests.conftest import reread
from tests.world import move, person, prove

OFFICE, UBND = DueLevel.OFFICE, DueLevel.UBND


def test_the_office_sets_a_date_with_its_basis(card):
    event = set_date("ha", card, OFFICE, "20/5", "Công văn đề nghị", number="131/LĐTBXH", document_on="8/5")
    card = reread(card)
    assert (card.due_on, card.due_level, card.due_basis) == (day("20/5"), OFFICE, "Công văn đề nghị")
    assert (event.kind, event.effective_on, event.entered_on) == (EventKind.DUE_SET, day("8/5"), day("10/5"))
    assert card.version == event.card_version
    assert kind_in_force(card) is ActionKind.WITHIN_YEAR
    assert card.due == replay_due(card.action, events(card.id))


def test_a_missed_date_of_the_office_is_chậm_so_với_đề_nghị_and_stays_trong_năm(card):
    set_date("chi", card, OFFICE, "20/5")
    today = Today(day("22/5"), Settings())
    shown = row(card.id)
    assert today.timeliness(shown) is Timeliness.ASKED_LATE
    assert today.counted(shown) is Count.NO_DATE
    seen = face(person("lan"), shown, today)
    assert (seen.due_phrase, seen.due_tone) == ("chậm 2 ngày so với đề nghị", "soon")


def test_a_date_of_ubnd_makes_a_duty_có_thời_hạn_and_late(card):
    set_date("ha", card, UBND, "20/5", number="412/UBND", document_on="6/5")
    card = reread(card)
    assert card.kind is ActionKind.DATED
    today = Today(day("22/5"), Settings())
    assert today.timeliness(row(card.id)) is Timeliness.LATE
    assert face(person("lan"), row(card.id), today).due_phrase == "quá hạn 2 ngày"


def test_one_unit_of_a_shared_duty_has_a_date_of_its_own_and_the_others_none(world):
    shared = world.card("III.10.b", "P. Ea Tam")
    assert shared.kind is ActionKind.WITHIN_YEAR
    set_date("ha", shared, UBND, "20/5", number="412/UBND")
    other = world.card("III.10.b", "P. Tân Lợi")
    assert kind_in_force(reread(shared)) is ActionKind.DATED
    assert (other.due_on, kind_in_force(other), other.action.kind) == (
        None,
        ActionKind.WITHIN_YEAR,
        ActionKind.WITHIN_YEAR,
    )


@pytest.mark.parametrize("who", ["lan", "mai", "binh", "son", "quantri", "hoa", "yen"])
def test_nobody_else_sets_a_date(who, card):
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        set_date(who, card, OFFICE, "20/5")
    assert reread(card).due_on is None


@pytest.mark.parametrize(
    ("level", "words", "field", "sentence"),
    [
        (None, {"on": "20/5"}, "level", "Chọn thời hạn"),
        (OFFICE, {}, "day", "Nhập ngày"),
        (OFFICE, {"on": "9/5"}, "day", "đã qua"),
        (OFFICE, {"on": "20/5/2033"}, "day", "2024–2026"),
        (UBND, {"on": "20/5/2023", "number": "1"}, "day", "2024–2026"),
        (OFFICE, {"on": "20/5", "reason": ""}, "reason", "căn cứ"),
        (OFFICE, {"on": "20/5", "reason": "x" * 2001}, "reason", "dài quá"),
        (OFFICE, {"on": "20/5", "number": "x" * 201}, "document_number", "dài quá"),
        (UBND, {"on": "20/5"}, "document_number", "văn bản của UBND"),
        (UBND, {"on": "20/5", "number": "1", "document_on": "11/5"}, "document_on", "sau ngày hôm nay"),
        (UBND, {"on": "1/5", "number": "1", "document_on": "2/5"}, "day", "trước ngày của văn bản"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(card, level, words, field, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        set_date("ha", card, level, **words)
    assert refusal.value.field == field
    assert reread(card).due_on is None


def test_a_date_of_ubnd_entered_after_it_has_passed_judges_all_the_same(card):
    set_date("ha", card, UBND, "8/5", number="412/UBND", document_on="2/5")
    assert Today(day("10/5"), Settings()).timeliness(row(card.id)) is Timeliness.LATE


def test_the_office_does_not_replace_the_plan_s_date_with_its_own(world):
    with pytest.raises(Refused, match="theo văn bản của UBND"):
        set_date("chi", report(world), OFFICE, "14/5")


@pytest.mark.parametrize(("on", "sentence"), [("15/5", "đã là ngày 15/05/2024"), ("16/5", "là gia hạn")])
def test_the_same_date_is_refused_and_a_later_one_is_an_extension(world, on, sentence):
    with pytest.raises(Refused, match=sentence):
        set_date("ha", report(world), UBND, on, number="412/UBND")


def test_ubnd_may_name_an_earlier_day_and_the_plan_s_is_kept(world):
    duty = report(world)
    set_date("ha", duty, UBND, "13/5", number="412/UBND")
    duty = reread(duty)
    assert (duty.due_on, duty.due_original_on, duty.extensions) == (day("13/5"), day("15/5"), 0)


def test_a_date_of_ubnd_begins_a_line_of_its_own_after_the_office_s(card):
    set_date("ha", card, OFFICE, "15/5")
    grant("chi", reread(card), "17/5")
    card = reread(card)
    set_date("ha", card, UBND, "25/5", number="412/UBND")
    card = reread(card)
    assert (card.due_level, card.due_original_on, card.extensions) == (UBND, None, 0)


def test_no_date_for_requests_standing_duties_and_what_is_over(world, card):
    for duty in (world.card("III.9.a", "MTTQ"), world.card("III.7.b")):
        with pytest.raises(Refused):
            set_date("ha", duty, UBND, "20/5", number="1")
    prove("lan", card, installed_store())
    move("lan", reread(card), Deed.SEND)
    move("chi", reread(card), Deed.CONFIRM)
    with pytest.raises(Refused, match="Hoàn thành"):
        set_date("ha", reread(card), UBND, "20/5", number="1")


def test_an_extension_that_is_asked_comes_first(world):
    duty = report(world)
    ask("yen", duty, "20/5")
    with pytest.raises(Refused, match="quyết định đề nghị đó trước"):
        set_date("ha", reread(duty), UBND, "12/5", number="1")


def test_a_stale_view_sets_nothing(card):
    seen = card.version
    move("lan", card, Deed.START)
    with pytest.raises(Stale):
        deadlines.set_deadline(person("ha"), card, OFFICE, MoveInput("Căn cứ", day("20/5")), seen_version=seen)


def test_a_set_date_is_no_move_to_take_back(card):
    moved = move("lan", card, Deed.START)
    event = set_date("ha", reread(card), OFFICE, "20/5")
    for who, taken in (("ha", event), ("lan", moved)):
        with pytest.raises(Refused):
            moving.undo(person(who), reread(card), taken.id)
    assert reread(card).due_on == day("20/5")


def test_dates_are_judged_in_the_day_of_the_domain(world):
    duty = report(world)
    for on, late in (("14/5", False), ("15/5", False), ("16/5", True)):
        with clock.at(day(on)):
            stands = Today(clock.today(), Settings()).timeliness(row(duty.id))
        assert (stands is Timeliness.LATE) is late
    assert duty.action.duty == HALF_YEAR
