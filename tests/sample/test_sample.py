"""The sample lives: every kind of thing has happened in it, its files are real, and it says that it is invented."""

import io

import docx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from app.audit.queries import verify
from app.cards.due import replay_due
from app.cards.models import Card, CardEvent
from app.cards.notes.models import Answer, CardNote, CorrectionRequest, NoteKind
from app.cards.queries import rows
from app.cards.state import EventKind, replay
from app.core import clock
from app.evidence.models import EvidenceFile, Review
from app.extensions import db
from app.files.store import FileStore
from app.sample.build import TODAY
from app.sample.files import MARK
from tests.page_client import Browser
from tests.web.test_kept_pages import addresses

pytestmark = pytest.mark.both_databases

LATER = {
    EventKind.REOPENED,
    EventKind.CLOSED,
    EventKind.ANSWER_TAKEN_BACK,
    EventKind.RESUMED,
    EventKind.UNDONE,
    EventKind.AMENDED,
    EventKind.INHERITED,
}
"""What a visitor does, or what comes with the end of the year."""


def test_everything_that_can_happen_to_a_duty_has_happened(sample):
    assert set(db.session.scalars(select(CardEvent.kind))) == set(EventKind) - LATER
    assert set(db.session.scalars(select(CardNote.kind))) == set(NoteKind)
    assert {a.answer for a in db.session.scalars(select(CorrectionRequest))} == {None, Answer.CORRECTED}
    days = set(db.session.scalars(select(CardEvent.entered_on)))
    assert len(days) > 10
    assert max(days) <= TODAY


def test_its_columns_are_what_its_events_say_and_its_log_holds(sample):
    for card in db.session.scalars(select(Card)).all():
        happened = rows.events(card.id)
        assert card.state == replay(happened), card.id
        assert card.due == replay_due(card.action, happened), card.id
    assert verify(sample.extensions["bdg"].data).broken is None


def test_its_files_are_real_and_say_that_they_are_invented(sample):
    store, kinds = FileStore(sample.extensions["bdg"].files), set()
    for file in db.session.scalars(select(EvidenceFile)).all():
        with store.open(file.storage_key) as stream:
            data, form = stream.read(), file.name.rpartition(".")[2]
        kinds.add(form)
        assert READ[form](data), file.name
    assert kinds == set(READ)
    reviews = set(db.session.scalars(db.text("SELECT DISTINCT review FROM evidence")))
    assert reviews == set(Review)


def _of_letter(data):
    letter = docx.Document(io.BytesIO(data))
    return MARK in letter.sections[0].header.paragraphs[0].text and MARK in letter.paragraphs[-1].text


def _of_page(data):
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    return text.startswith("DU LIEU GIA DINH")  # the marks are typed over the letters


READ = {
    "docx": _of_letter,
    "pdf": _of_page,
    "xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value == MARK,
    "png": lambda data: data.startswith(b"\x89PNG") and len(data) > 1000,
}


def test_every_page_says_that_it_is_invented(sample):
    urls, browser = addresses(sample), Browser(sample)
    clock.pretend(TODAY)
    browser.sign_in("chi", "mau-bdg-chi")
    answers = {url: browser.client.get(url) for url in urls}
    pages = {url: a.text for url, a in answers.items() if a.mimetype == "text/html" and a.text.startswith("<!doctype")}
    assert len(pages) > 15
    assert [url for url, page in pages.items() if MARK not in page] == []
