"""Who opens an address that only takes forms comes to the page with the form."""

import re

import pytest

from app.cards.moves import Deed
from app.files.store import FileStore
from app.web.page_addresses import OWN_PAGE
from tests.visitor import Visitor
from tests.world import move, prove

TAKES_ONLY = ("/logout", "/preferences", "/preferences/plan")  # of no page


def form_addresses(app):
    """Every rule that takes a form and shows nothing, with its endpoint."""
    shown = {str(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    rules = {str(rule): rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    return sorted((rule, endpoint) for rule, endpoint in rules.items() if rule not in shown)


@pytest.mark.parametrize("place", ["evidence", "placement", "notes", "sent-date", "deadline", "kind", "holder"])
def test_a_form_of_the_duty_leads_to_the_duty(visit, card, place):
    lan = visit("lan")
    answer = lan.get(f"/cards/{card.id}/{place}", status=303, follow=False)
    assert answer.location == f"/cards/{card.id}"
    assert lan.htmx("GET", f"/cards/{card.id}/{place}").location == f"/cards/{card.id}"


def test_what_is_named_by_its_own_id_leads_to_where_it_stands(visit, card, bench):
    evidence_id = prove("mai", card, FileStore(bench.data / "files")).id
    event_id = move("lan", card, Deed.START).id
    chi = visit("chi")
    for address in (f"/evidence/{evidence_id}/review", f"/card-events/{event_id}/undo"):
        assert chi.get(address, status=303, follow=False).location == f"/cards/{card.id}", address
    assert chi.get("/plans/drafts", status=303, follow=False).location == "/plans/new"
    assert chi.get("/plans/1/workbook", status=303, follow=False).location == "/export?plan=1"


def test_every_address_of_a_form_has_a_page(app):
    chi, nowhere = Visitor(app, "chi"), []
    for rule, endpoint in form_addresses(app):
        answer = chi.ask("GET", re.sub("<[^>]*>", "9", rule))
        if answer.status_code != 303 and endpoint not in OWN_PAGE:  # what is named by its own id may not be there
            nowhere.append(rule)
    assert sorted(nowhere) == list(TAKES_ONLY)


def test_a_stranger_comes_to_the_page_after_signing_in(visit, card):
    answer = visit(None).get(f"/cards/{card.id}/notes", status=303, follow=False)
    assert answer.location == f"/login?next=/cards/{card.id}/notes"


def test_what_takes_no_such_call_is_a_405_and_called_so(visit, card):
    lan = visit("lan")
    for page in (lan.get("/logout", status=405), lan.post("/board", status=405)):
        assert "Mã lỗi 405" in page.text
        assert "Mã lỗi 400" not in page.text
        assert page.headers["Allow"]
    assert lan.htmx("GET", "/logout").status_code == 405
