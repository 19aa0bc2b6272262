"""A form of one person's page is never written as another's, and what was typed comes back after signing in."""

import html
import io
import re

import pytest
from sqlalchemy import func, select

from app.accounts import page_owner
from app.cards.models import CardEvent
from app.cards.notes.models import CardNote
from app.core.audit import AuditEntry
from app.evidence.models import Evidence
from app.extensions import db
from tests.world import PASSWORD, PDF, person

NOTE = 'Đã tập huấn 3 trường; còn 2 trường <chưa> "xong"\ndòng hai'


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def written():
    db.session.rollback()
    return tuple(db.session.execute(select(CardNote.text, CardNote.author_id)).one())


def form_in(page, action):
    """The fields of the form with this address, as a browser would send them."""
    found = next(
        f for f in re.findall(r"<form\b.*?</form>", page.text, re.DOTALL) if f'action="{html.escape(action)}"' in f
    )
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found)
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', found, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*hidden, *texts]}


def shown(text):
    return html.escape(text, quote=True).replace("&quot;", "&#34;")


def forms_of(card):
    place = f"/cards/{card.id}"
    return {
        "move": (f"{place}/placement", {"to": "doing", "deed": "start", "version": card.version}),
        "button": (f"{place}/placement?to=doing&deed=start&version={card.version}&next=board", {}),
        "note": (f"{place}/notes", {"kind": "difficulty", "note": NOTE}),
        "evidence": (f"{place}/evidence", {"kind": "report", "summary": NOTE, "files": (io.BytesIO(PDF), "a.pdf")}),
    }


def typed_in(form):
    return next((value for value in form.values() if value == NOTE), None)


@pytest.mark.parametrize("kind", ["move", "button", "note", "evidence"])
@pytest.mark.parametrize("way", ["page", "script"])
def test_a_page_of_one_person_sends_nothing_as_another(visit, card, kind, way):
    browser = visit("lan")
    browser.get(f"/cards/{card.id}")
    token = browser.token
    browser.sign_in_as("duc")
    url, form = forms_of(card)[kind]
    before = [count(model) for model in (CardEvent, CardNote, Evidence)]
    form |= {"csrf_token": token}
    answer = browser.post(url, form) if way == "page" else browser.htmx("POST", url, form)
    assert answer.status_code == 403
    assert "Trang này của Lan; đang đăng nhập là Duc" in answer.text
    assert "Đăng nhập lại" in answer.text
    assert answer.headers["X-Signed-In-As-Another"] == "1"
    assert [count(model) for model in (CardEvent, CardNote, Evidence)] == before
    if way == "page" and typed_in(form):
        assert shown(NOTE) in answer.text
    if way == "script":
        assert answer.headers["HX-Retarget"] == "#notices"
        assert f"next=/cards/{card.id}" in answer.text


def note_after_the_end(browser, card):
    """A note that was typed while the session still stood, sent after it has ended."""
    browser.get(f"/cards/{card.id}")
    token = browser.token
    browser.post("/logout", status=303)
    url, form = forms_of(card)["note"]
    return browser.post(url, form | {"csrf_token": token}, status=401)


def sign_in_at(browser, page, username, password=PASSWORD):
    form = form_in(page, "/login")
    return browser.post("/login", form | {"username": username, "password": password})


def test_a_note_sent_after_the_session_has_ended_is_offered_again_and_can_be_written(visit, card):
    browser = visit("lan")
    ended = note_after_the_end(browser, card)
    assert "Phiên làm việc của Lan đã kết thúc" in ended.text
    assert shown(NOTE) in ended.text
    assert form_in(ended, "/login")["next"] == f"/cards/{card.id}"
    assert count(CardNote) == 0
    wrong = sign_in_at(browser, ended, "lan", "sai mật khẩu rồi")
    assert wrong.status_code == 422
    assert shown(NOTE) in wrong.text, "a wrong password loses nothing"
    offered = sign_in_at(browser, wrong, "lan")
    assert offered.status_code == 200
    assert count(CardNote) == 0, "nothing is written before it is sent again"
    form = form_in(offered, f"/cards/{card.id}/notes")
    assert (form["note"], form["kind"]) == (NOTE, "difficulty")
    browser.post(f"/cards/{card.id}/notes", form, status=303)
    assert written() == (NOTE, person("lan").id)


def test_what_one_person_typed_is_not_offered_to_another(visit, card):
    browser = visit("lan")
    ended = note_after_the_end(browser, card)
    answer = sign_in_at(browser, ended, "duc")
    assert (answer.status_code, answer.location) == (303, f"/cards/{card.id}")
    assert shown(NOTE) not in browser.get(f"/cards/{card.id}").text


def test_a_page_of_the_first_person_goes_on_after_the_second_has_signed_in(visit, card):
    browser = visit("lan")
    browser.get(f"/cards/{card.id}")
    url, form = forms_of(card)["note"]
    kept = form | {"csrf_token": browser.token}
    browser.sign_in_as("duc")
    refused = browser.post(url, kept, status=403)
    offered = sign_in_at(browser, refused, "lan")
    browser.post(url, form_in(offered, url), status=303)
    assert written() == (NOTE, person("lan").id)


@pytest.mark.parametrize("kind", ["move", "button", "note"])
def test_a_form_from_an_earlier_session_of_the_same_person_is_shown_anew(visit, card, kind):
    browser = visit("lan")
    browser.get(f"/cards/{card.id}")
    token = browser.token
    browser.sign_in_as("lan")
    url, form = forms_of(card)[kind]
    before = count(AuditEntry)
    offered = browser.post(url, form | {"csrf_token": token}, status=400)
    again = form_in(offered, url)
    assert {name: again[name] for name in form} == {name: str(value) for name, value in form.items()}
    assert count(AuditEntry) == before
    browser.post(url, again, status=303)
    assert count(AuditEntry) > before


@pytest.mark.parametrize("made_up", ["5.abc", "1", "~", "x" * 300])
def test_a_mark_that_nobody_signed_says_nothing(visit, card, made_up):
    browser = visit("lan")
    browser.get(f"/cards/{card.id}")
    url, form = forms_of(card)["note"]
    token = browser.token.partition("~")[0]
    browser.post(url, form | {"csrf_token": f"{token}~{made_up}"}, status=303)
    browser.post("/logout")
    ended = browser.post(url, form | {"csrf_token": f"{token}~{made_up}"}, status=401)
    assert shown(NOTE) in ended.text
    assert "kept" not in form_in(ended, "/login")


def test_a_sealed_form_that_was_changed_is_not_opened(visit, card):
    browser = visit("lan")
    ended = note_after_the_end(browser, card)
    form = form_in(ended, "/login")
    form["kept"] = form["kept"][:-3] + "abc"
    answer = browser.post("/login", form | {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 303


def test_what_was_typed_is_still_shown_where_an_upgrade_has_taken_its_address_away(app, visit):
    browser = visit(None)
    browser.get("/login")
    with app.app_context():
        sealed = page_owner._sealer().dumps([person("lan").id, "/cards/1/remarks", [["note", NOTE]]])
    offered = browser.post("/login", {"username": "lan", "password": PASSWORD, "kept": sealed}, status=200)
    assert shown(NOTE) in offered.text


def test_a_password_is_never_kept(visit):
    browser = visit("lan")
    browser.get("/account")
    token = browser.token
    browser.post("/logout")
    said = {"now": "bí mật một", "password": "bí mật hai", "password_again": "bí mật hai", "csrf_token": token}
    ended = browser.post("/account/password", said, status=401)
    assert "bí mật" not in ended.text
    assert "kept" not in form_in(ended, "/login")


def test_what_was_kept_elsewhere_says_whose_it_is_in_a_field_of_its_own(visit, card):
    browser = visit("lan")
    mark = browser.get(f"/cards/{card.id}").text.partition('data-page-of="')[2].partition('"')[0]
    browser.sign_in_as("duc")
    browser.get(f"/cards/{card.id}")
    url, form = forms_of(card)["note"]
    browser.post(url, form | {"page_of": mark}, status=403)
    assert browser.htmx("GET", f"/cards/{card.id}/changes?since=1-x", **{"X-Page-Of": mark}).status_code == 403
    assert count(CardNote) == 0


def test_a_sign_in_page_that_is_too_old_keeps_what_waits_behind_it(visit, card):
    browser = visit("lan")
    ended = note_after_the_end(browser, card)
    form = form_in(ended, "/login") | {"csrf_token": "cũ", "username": "lan", "password": PASSWORD}
    answer = browser.post("/login", form, status=400)
    assert shown(NOTE) in answer.text
    assert sign_in_at(browser, answer, "lan").status_code == 200
