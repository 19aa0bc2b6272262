"""Where nothing of a visit can be saved, the sentence why stands in the place of the form."""

from datetime import timedelta

import pytest

from app.inspections.models import RoundStatus
from app.inspections.rounds import operations
from app.inspections.visits.operations.findings import CANCELLED, CLOSED, NO_DAY, NOT_RUNNING
from app.inspections.visits.operations.self_reports import TOO_LATE
from tests.inspections.stage import a_visit, contents, record_all, seen
from tests.world import TODAY, person

JSON = {"Accept": "application/json"}
RECORDS = ('data-keeps="content"', 'data-keeps="summary"', 'data-keeps="files"', "Hoàn thành việc ghi</button>")


def turn(visit, status):
    operations.set_status(person("chi"), visit.round, status, seen_version=visit.round.version)


def unscheduled():
    return a_visit("binh", day=None)


def too_early():
    return a_visit("binh", day=TODAY + timedelta(days=1))


def archived():
    visit = a_visit("binh")
    turn(visit, RoundStatus.ARCHIVED)
    return visit


@pytest.mark.parametrize(
    ("made", "why"), [(unscheduled, str(NO_DAY)), (too_early, "chưa đến ngày"), (archived, str(NOT_RUNNING))]
)
def test_where_nothing_can_be_recorded_the_sentence_stands_in_the_place_of_the_forms(visit, made, why):
    held = made()
    binh = visit("binh")
    for url in (f"/visits/{held.id}", f"/visits/{held.id}/contents/{contents(held)[0]}"):
        page = binh.get(url).text
        assert why in page, url
        assert not [form for form in RECORDS if form in page], url


def test_where_it_can_be_recorded_the_forms_stand_and_no_sentence(visit):
    held = a_visit("binh")
    binh = visit("binh")
    page = binh.get(f"/visits/{held.id}").text + binh.get(f"/visits/{held.id}/contents/{contents(held)[0]}").text
    assert not [form for form in RECORDS if form not in page]
    assert not [why for why in (NO_DAY, NOT_RUNNING, CLOSED, CANCELLED) if str(why) in page]


def test_a_refused_form_comes_back_with_what_was_typed_though_no_form_stands_there(visit):
    held = a_visit("binh")
    binh, url = visit("binh"), f"/visits/{held.id}/contents/{contents(held)[0]}"
    binh.get(url)
    turn(seen(held.id), RoundStatus.ARCHIVED)
    page = binh.post(url, {"client_key": "k", "version": 0, "remark": "Chữ đã nhập"}, status=422).text
    assert str(NOT_RUNNING) in page
    assert "Chữ đã nhập" in page
    typed = {"client_key": "m", "version": held.version, "causes": "Nguyên nhân đã nhập"}
    assert "Nguyên nhân đã nhập" in binh.post(f"/visits/{held.id}/summary", typed, status=422).text


def test_a_self_report_and_a_day_are_asked_for_while_they_can_be_given(visit):
    held = a_visit("binh")
    record_all(held)
    yen, chi = visit("yen"), visit("chi")
    assert "/report" in yen.get(f"/visits/{held.id}/report").text
    turn(seen(held.id), RoundStatus.ARCHIVED)
    page = yen.get(f"/visits/{held.id}/report").text
    assert str(TOO_LATE) in page
    assert 'value="save"' not in page
    assert "Lập báo cáo tự kiểm tra" not in yen.get(f"/visits/{held.id}").text
    assert 'id="lich"' not in chi.get(f"/visits/{held.id}").text


def test_a_device_is_told_what_became_of_every_kind_of_sending(app, visit):
    held = a_visit("binh")
    binh, base = visit("binh"), f"/visits/{held.id}"
    binh.get(base)

    def send(path, **form):
        with app.app_context():
            return binh.client.post(base + path, data={"csrf_token": binh.token} | form, headers=JSON)

    said = send("/summary", client_key="s1", version=held.version, causes="Thiếu kinh phí")
    assert (said.status_code, said.get_json()["outcome"]) == (201, "saved")
    follower = send("/summary", client_key="s2", **{k: said.get_json()[k] for k in ("version", "seen")}, causes="Hai")
    assert follower.status_code == 201
    late = send("/summary", client_key="s3", version=held.version, seen="", causes="Ba")
    assert (late.status_code, late.get_json()["outcome"]) == (409, "overtaken")
    asked = send("/recommendations", client_key="r1", shortcoming="Chưa có", demand="")
    assert (asked.status_code, asked.get_json()["field"]) == (422, "demand")
    assert send("/files", client_key="f1", role="document").get_json()["outcome"] == "refused"
    for answer in (said, late, asked):
        assert answer.headers["X-Request-Id"].startswith("BDG-")
