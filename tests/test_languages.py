"""The catalogue of a request is looked up once; what that leans on inside Flask-Babel is held here."""

import pytest
from flask_babel import Domain, force_locale, gettext, refresh

VIETNAMESE, ENGLISH = "Đăng nhập", "Sign in"


@pytest.fixture
def looked_up(monkeypatch):
    """Counts how often the library looks for a catalogue."""
    calls, theirs = [], Domain.get_translations
    monkeypatch.setattr(Domain, "get_translations", lambda domain: calls.append(domain) or theirs(domain))
    return calls


def test_a_hundred_words_of_a_page_look_for_the_catalogue_once(app, looked_up):
    with app.app_context(), app.test_request_context("/login", headers={"Cookie": "bdg_language=en"}):
        assert {gettext(VIETNAMESE) for _ in range(100)} == {ENGLISH}
        assert len(looked_up) == 1


def test_another_language_inside_a_page_and_after_it_is_looked_up_anew(app, looked_up):
    with app.app_context(), app.test_request_context("/login", headers={"Cookie": "bdg_language=en"}):
        assert gettext(VIETNAMESE) == ENGLISH
        with force_locale("vi"):
            assert gettext(VIETNAMESE) == VIETNAMESE
        assert gettext(VIETNAMESE) == ENGLISH
        refresh()
        assert gettext(VIETNAMESE) == ENGLISH
    with app.app_context(), app.test_request_context("/login"):
        assert gettext(VIETNAMESE) == VIETNAMESE
    assert len(looked_up) <= 5
