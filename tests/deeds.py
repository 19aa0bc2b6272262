"""What the tests of deeds share: a store, a proved card, a sent one, and refusals looked at from every side."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from app.cards.models import Card, CardEvent
from app.cards.moves import Deed
from app.cards.state import Status
from app.core import actor
from app.core.audit import AuditEntry
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.files.store import FileStore, installed_store
from tests.conftest import reread
from tests.world import move, prove


@pytest.fixture
def store(app) -> FileStore:
    return installed_store()


@pytest.fixture
def proved(card, store) -> Card:
    """III.7.c with a signed document of the unit, uploaded by its chuyên viên."""
    prove("mai", card, store)
    return reread(card)


@pytest.fixture
def sent(proved) -> Card:
    """III.7.c, sent by its head from Đang thực hiện and waiting."""
    move("lan", proved, Deed.START)
    move("lan", proved, Deed.SEND)
    return reread(proved)


@pytest.fixture
def office_card(world, store) -> Card:
    """An ordinary duty of the coordinating office itself, with a document that its chuyên viên uploaded."""
    card = world.card("III.1.c")
    revise(card.action, kind="within_year")
    prove("ha", card, store)
    return reread(card)


def revise(row: Any, **values: Any) -> None:
    """Set columns of an audited row that no page can set yet."""
    with change(actor.system(), Permission.UNIT_MANAGE):
        for name, value in values.items():
            kind = type(getattr(row, name))
            setattr(row, name, kind(value) if not isinstance(value, kind) else value)


def last_event(card: Card) -> CardEvent:
    """The newest event of a card, as the database has it now."""
    db.session.rollback()
    query = select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc()).limit(1)
    return db.session.scalars(query).one()


@contextmanager
def untouched(card: Card) -> Iterator[None]:
    """What happens inside leaves the card, its events and the log as they were."""
    before = _standing(card)
    yield
    assert _standing(card) == before


def _standing(card: Card) -> tuple[Any, ...]:
    now = reread(card)
    events = db.session.scalar(select(func.count()).select_from(CardEvent))
    deeds = AuditEntry.action != "account.sign_in"  # somebody may come in meanwhile
    lines = db.session.scalar(select(func.count()).select_from(AuditEntry).where(deeds))
    return now.state, now.version, now.evidence_valid, events, lines


WAYS = ("form", "button", "drag")


@pytest.fixture
def go(visit):
    """Let somebody make a move on the page in one of the ways there are; answers what the server answered."""

    browsers: dict[str, Any] = {}

    def make(who: str, card: Card, deed: Deed, to: Status, way: str = "form", **typed: str) -> Any:
        if who not in browsers:
            browsers[who] = visit(who)
            browsers[who].get(f"/cards/{card.id}")
        browser = browsers[who]
        version = typed.pop("version", str(reread(card).version))
        url, values = f"/cards/{card.id}/placement", {"to": to.value, "version": version}
        if way == "form":
            return browser.post(url, values | typed | {"deed": deed.value, "next": "card"})
        if way == "button":
            return browser.htmx("POST", f"{url}?{urlencode(values | {'deed': deed.value, 'next': 'board'})}", typed)
        return browser.htmx("POST", url, values | typed | {"next": "board"})

    return make


@pytest.fixture
def refused(go):
    """A move that is refused alike by form, button and drag: its status, its sentence, what was typed, no trace."""

    def look(who: str, card: Card, deed: Deed, to: Status, status: int, says: Any, **typed: str) -> None:
        with untouched(card):
            for way in WAYS:
                answer = go(who, card, deed, to, way, **typed)
                text = html.unescape(answer.text)
                assert answer.status_code == status, (way, answer.status_code, text[:300])
                assert str(says) in text, (way, text[:300])
                if way != "form":
                    assert answer.headers["HX-Retarget"] == "#notices"
                    assert "<!doctype" not in answer.text
                else:
                    assert all(value in text for value in typed.values()), "what was typed is gone"

    return look
