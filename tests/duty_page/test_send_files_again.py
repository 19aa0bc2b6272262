"""A file whose answer was lost is sent again: it is known and written once, and its form knows on which page it is."""

import io

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.inspections.recommendations.models import RoundDocument
from app.intake.models import ResultsImport
from app.intake.queries import drafts
from app.plans.models import PlanDraft
from tests.inspections.stage import a_visit
from tests.intake.test_import_results import GOOD, filled
from tests.test_routes import PLAN
from tests.world import PDF

PAPER = {"deed": "issue", "kind": "notice", "number": "18/TB-UBND", "issued_on": "10/05/2024", "signer": "Chi"}


def number_of(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def twice(person, url, form, field, name, data):
    """Both answers of the script's way in, as receipts."""
    answers = []
    for _time in range(2):
        answer = person.htmx("POST", url, form | {field: (io.BytesIO(data), name)})
        assert answer.status_code == 201, answer.text
        assert answer.headers["X-Request-Id"].startswith("BDG-")
        answers.append(answer.headers["HX-Redirect"])
    assert answers[0] == answers[1]
    return answers[0]


def test_a_signed_paper_that_is_sent_again_is_noted_once(visit):
    place, chi = a_visit("binh"), visit("chi")
    chi.get(f"/inspections/{place.round_id}")
    twice(chi, f"/inspections/{place.round_id}/documents", PAPER, "files", "thông báo.pdf", PDF)
    assert number_of(RoundDocument) == 1
    other = PAPER | {"number": "19/TB-UBND", "files": (io.BytesIO(PDF), "thông báo.pdf")}
    assert chi.htmx("POST", f"/inspections/{place.round_id}/documents", other).status_code == 201
    assert number_of(RoundDocument) == 2


def test_a_plan_that_is_sent_again_is_one_draft_until_somebody_worked_on_it(visit):
    chi = visit("chi")
    chi.get("/plans/new")
    before = number_of(PlanDraft)
    address = twice(chi, "/plans/drafts", {}, "file", "ke-hoach.txt", PLAN.read_bytes())
    assert number_of(PlanDraft) == before + 1
    duty = drafts.duties(int(address.rpartition("/")[2]))[0]
    chi.get(address)
    chi.post(f"{address}/duties/{duty.id}/inclusion", {"version": str(duty.version), "included": ""}, status=303)
    again = {"file": (io.BytesIO(PLAN.read_bytes()), "ke-hoach.txt")}
    assert chi.htmx("POST", "/plans/drafts", again).headers["HX-Redirect"] != address


def test_results_that_are_sent_again_wait_once(world, visit):
    data, _places = filled(world, GOOD)
    chi = visit("chi")
    chi.get(f"/plans/{world.plan.id}/results")
    twice(chi, f"/plans/{world.plan.id}/results", {"document_number": "9/LĐTBXH"}, "file", "ket-qua.xlsx", data)
    assert number_of(ResultsImport) == 1


@pytest.mark.parametrize(("deed", "field"), [("placement", "buoc"), ("evidence", "minh-chung")])
def test_a_refused_form_comes_back_on_a_page_that_knows_its_own_address(visit, card, deed, field):
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    page = lan.post(
        f"/cards/{card.id}/{deed}", {"deed": "send", "version": str(card.version), "to": "waiting"}, status=422
    )
    assert f'data-page="/cards/{card.id}"' in page.text
    assert f'id="{field}"' in page.text
    assert "<title>Chưa thực hiện được: " in page.text
    assert f'data-page="/cards/{card.id}?x=1"' in lan.get(f"/cards/{card.id}?x=1").text


def test_an_open_page_learns_whose_session_is_open_and_gets_a_token_that_works(visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    said = mai.get("/sessions/current").json
    assert said["name"] == "Mai"
    form = {"csrf_token": said["csrf_token"], "kind": "report", "number": "1", "summary": "Báo cáo"}
    assert mai.htmx("POST", f"/cards/{card.id}/evidence", form).status_code == 201
