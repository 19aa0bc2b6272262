"""Vietnamese or English, light or dark: kept with the account, before the sign-in in a cookie."""

import re

import pytest
from flask_babel import force_locale

from app.core.days import day_words
from app.web.rendering import filesize
from tests.world import TODAY


def choose(browser, came="/login", **chosen):
    with browser.app.app_context():
        return browser.client.post(
            "/preferences",
            data={"csrf_token": browser.token} | chosen,
            headers={"Referer": f"http://localhost{came}"},
        )


def root(browser, url):
    return re.search(r"<html[^>]*>", browser.get(url).text)[0]


def test_a_stranger_chooses_for_this_browser(visit):
    stranger = visit(None)
    assert root(stranger, "/login") == '<html lang="vi">'
    assert choose(stranger, language="en", theme="dark").location == "/login"
    page = stranger.get("/login").text
    assert '<html lang="en" data-theme="dark">' in page
    assert '<meta name="color-scheme" content="dark">' in page
    assert "Sign in" in page


def test_a_person_takes_the_choice_along_to_another_browser(visit):
    lan = visit("lan")
    lan.get("/board")
    assert choose(lan, "/board?unit=", language="en").location == "/board?unit="
    choose(lan, "/board", theme="light")
    elsewhere = visit("lan")
    assert root(elsewhere, "/board") == '<html lang="en" data-theme="light">'
    assert root(visit("duc"), "/board") == '<html lang="vi">'
    choose(elsewhere, "/board", theme="system")
    assert root(lan, "/board") == '<html lang="en">'


def test_what_is_kept_is_of_one_language_and_one_theme(visit):
    duc = visit("duc")
    tags = {}
    for name, value in [
        ("language", "vi"),
        ("language", "en"),
        ("theme", "dark"),
        ("theme", "light"),
        ("theme", "system"),
    ]:
        choose(duc, "/board", **{name: value})
        answer = duc.get("/board", **{"If-None-Match": ", ".join(tags)})
        tags[answer.headers["ETag"]] = root(duc, "/board")
    assert len(tags) == len(set(tags.values()) | {"vi"}) == 5


def test_two_browsers_of_one_person_are_kept_apart(visit):
    """Nothing is chosen for the account, so each browser's cookie counts."""
    first, second = visit("mai"), visit("mai")
    for browser, language in ((first, "vi"), (second, "en")):
        browser.client.set_cookie("bdg_language", language)
    pages = [browser.get("/board?unit=").text for browser in (first, second, first, second)]
    assert [re.search(r'<html lang="(\w+)"', page)[1] for page in pages] == ["vi", "en", "vi", "en"]
    assert ["Chưa thực hiện" in page for page in pages] == [True, False, True, False]


@pytest.mark.parametrize("form", [{"language": "fr"}, {"theme": "pink"}, {}, {"language": "en\r\nX: y"}])
def test_what_is_not_offered_changes_nothing(visit, form):
    lan = visit("lan")
    lan.get("/board")
    answer = choose(lan, "/board", **form)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    lan.client.set_cookie("bdg_language", "fr")
    assert root(lan, "/board") == '<html lang="vi">'


@pytest.mark.parametrize("came", ["/logout", "/cards/1/placement", "/khong-co", ""])
def test_it_leads_back_only_to_what_can_be_visited(visit, came):
    lan = visit("lan")
    lan.get("/board")
    assert choose(lan, came, theme="dark").location == "/"


def test_it_leads_to_no_other_site(visit):
    stranger = visit(None)
    stranger.get("/login")
    with stranger.app.app_context():
        answer = stranger.client.post(
            "/preferences", data={"csrf_token": stranger.token}, headers={"Referer": "http://evil.example/board"}
        )
    assert answer.location == "/"


def test_days_and_sizes_follow_the_language(app):
    assert (day_words(TODAY), filesize(1_234_000)) == ("10/05/2024", "1,2 MB")
    with force_locale("en"):
        assert (day_words(TODAY), filesize(1_234_000)) == ("10 May 2024", "1.2 MB")


def test_what_is_pasted_to_the_units_stays_vietnamese(visit):
    ha = visit("ha")
    ha.client.set_cookie("bdg_language", "en")
    page = ha.get("/reminder-text?unit=").text
    assert '<html lang="en">' in page
    assert "SẮP ĐẾN HẠN:" in page
