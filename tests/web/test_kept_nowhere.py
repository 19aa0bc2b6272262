"""What a browser may keep of an answer: nothing of visits, incidents, people and restricted files."""

import base64

import pytest

from app.extensions import db
from app.files.store import FileStore
from app.web.browser_cache import KEPT, KEPT_NOWHERE
from tests.inspections import stage
from tests.world import person, prove

CLOSED = (
    "/visits",
    "/visit-files",
    "/self-reports",
    "/inspections",
    "/incidents",
    "/people",
    "/conclusions",
    "/account",
)
NO_STORE = "private, no-store"


def caching(browser, url):
    return browser.get(url).headers["Cache-Control"]


def test_every_feature_is_on_one_of_the_two_lists_and_closed_addresses_on_the_closed_one(app):
    assert not KEPT & KEPT_NOWHERE
    for rule in app.url_map.iter_rules():
        feature = rule.endpoint.split(".")[0]
        assert feature in KEPT | KEPT_NOWHERE, f"{rule}: decide whether a browser may keep it"
        if rule.rule.startswith(CLOSED) or rule.rule.endswith(("/hand-over", "/report")):
            assert feature in KEPT_NOWHERE, rule


def test_pages_of_visits_incidents_and_people_are_kept_nowhere_and_boards_are(visit, card):
    held = stage.a_visit("binh")
    binh, chi, lan = visit("binh"), visit("chi"), visit("lan")
    first = stage.contents(held)[0]
    for url in (
        f"/visits/{held.id}",
        f"/visits/{held.id}/contents/{first}",
        f"/inspections/{held.round_id}",
        "/account",
    ):
        assert caching(binh, url) == NO_STORE, url
    for url in ("/incidents", "/inspections", "/inspections/overview", f"/visits/{held.id}/report"):
        assert caching(visit("yen") if "report" in url else chi, url) == NO_STORE, url
    assert caching(lan, "/people") == NO_STORE
    for url in ("/", "/board", "/list", "/help", f"/cards/{card.id}"):
        assert caching(lan, url) == "private, no-cache", url


def test_a_duty_with_a_restricted_document_is_kept_nowhere_also_when_asked_for_again(visit, card, bench):
    prove("lan", card, FileStore(bench.data / "files"), restricted=True)
    for who in ("lan", "chi"):
        browser = visit(who)
        for _time in range(2):
            answer = browser.get(f"/cards/{card.id}")
            assert answer.headers["Cache-Control"] == NO_STORE
            assert "ETag" not in answer.headers


def test_signing_out_empties_the_caches_of_pages_and_not_what_a_person_has_written(visit):
    answer = visit("lan").post("/logout", status=303)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "X-Person" not in answer.headers


@pytest.mark.parametrize("url", ["/board", "/help", "/no-such-page"])
def test_a_page_says_whose_it_is_and_a_page_of_nobody_does_not(visit, url):
    lan = visit("lan")
    status = 404 if "no-such" in url else 200
    for _time in range(2):
        assert lan.get(url, status=status).headers["X-Person"] == str(person("lan").id)
    assert "X-Person" not in visit(None).get("/login").headers


def test_a_device_is_given_its_persons_key_and_nobody_elses(app, visit):
    binh, again, mai = (visit(who).get("/visits/device") for who in ("binh", "binh", "mai"))
    assert binh.get_json()["person"] == person("binh").id
    assert binh.get_json()["name"] == person("binh").name
    assert binh.get_json()["key"] == again.get_json()["key"] != mai.get_json()["key"]
    assert len(base64.b64decode(binh.get_json()["key"])) == 32
    assert binh.headers["Cache-Control"] == NO_STORE
    assert visit(None).get("/visits/device", status=303, follow=False).location.startswith("/login")
    db.session.rollback()
