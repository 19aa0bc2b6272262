"""The office puts the ngày gửi right, with its basis; the first entry is kept."""

from datetime import date

import pytest

from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.operations import moving
from app.cards.queries.rows import events
from app.cards.state import EventKind
from app.core.errors import Forbidden, Refused, Stale
from tests.conftest import reread
from tests.deeds import untouched
from tests.world import TODAY, move, person

DAY = date(2024, 5, 8)


def correct(who, card, day=DAY, basis="Công văn 45/GDĐT"):
    return moving.correct_sent_date(person(who), card, day, basis, seen_version=card.version)


def test_the_office_corrects_it_and_both_entries_are_kept(sent):
    correct("ha", sent)
    assert reread(sent).sent_on == DAY
    kept = [(event.kind, event.effective_on) for event in events(sent.id)][-2:]
    assert kept == [(EventKind.SENT, TODAY), (EventKind.DATE_CORRECTED, DAY)]


def test_a_finished_duty_is_then_finished_on_that_day(sent):
    move("chi", sent, Deed.CONFIRM)
    correct("chi", reread(sent))
    assert reread(sent).finished_on == DAY


@pytest.mark.parametrize("who", ["lan", "mai", "son", "quantri", "binh"])
def test_nobody_else_corrects_it(who, sent):
    with pytest.raises(Forbidden), untouched(sent):
        correct(who, sent)


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"basis": ""}, "Nêu căn cứ"),
        ({"day": None}, "Nhập ngày gửi"),
        ({"day": date(2024, 5, 11)}, "không được sau ngày hôm nay"),
        ({"day": date(2023, 5, 11)}, "trước năm của kế hoạch"),
    ],
    ids=["no basis", "no day", "in the future", "before the plan's year"],
)
def test_what_cannot_be_is_refused(said, match, sent):
    with pytest.raises(Refused, match=match), untouched(sent):
        correct("ha", sent, **said)


def test_what_was_not_sent_or_was_returned_has_no_day_to_correct(card, sent):
    move("ha", sent, Deed.RETURN, MoveInput("chưa đạt"))
    with pytest.raises(Refused, match="chưa có ngày gửi"), untouched(sent):
        correct("ha", reread(sent))


def test_an_older_view_is_refused(sent):
    old = sent.version - 1
    with pytest.raises(Stale), untouched(sent):
        moving.correct_sent_date(person("ha"), sent, DAY, "căn cứ", seen_version=old)


def test_by_the_form_it_is_corrected_or_kept_as_typed(visit, sent):
    ha = visit("ha")
    ha.get(f"/cards/{sent.id}")
    url, form = f"/cards/{sent.id}/sent-date", {"version": sent.version, "deed": "sent-date", "reason": "CV 45/GDĐT"}
    with untouched(sent):
        answer = ha.post(url, form | {"day": "11/05/2024"}, status=422)
    assert str(rules.SENT_IN_FUTURE) in answer.text
    assert "CV 45/GDĐT" in answer.text
    ha.post(url, form | {"day": "08/05/2024"}, status=303)
    assert reread(sent).sent_on == DAY


def test_who_may_not_reads_why_with_what_was_typed(visit, sent):
    lan = visit("lan")
    page = lan.get(f"/cards/{sent.id}").text
    assert "Chỉnh ngày gửi" not in page
    form = {"version": sent.version, "deed": "sent-date", "reason": "CV 45/GDĐT", "day": "08/05/2024"}
    with untouched(sent):
        answer = lan.post(f"/cards/{sent.id}/sent-date", form, status=403)
    assert str(policy.OFFICE_ONLY) in answer.text
    assert "CV 45/GDĐT" in answer.text
