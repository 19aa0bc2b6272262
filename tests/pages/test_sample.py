"""The sample lives: every kind of thing has happened in it, its files are real, and it says that it is invented."""

import argparse
import io
import json
import os
import socket

import docx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from app import config, serving
from app.audit.verification import verify
from app.board import queries
from app.board.due import replay_due
from app.board.models import Card, CardEvent
from app.board.note_models import Answer, CardNote, CorrectionRequest, NoteKind
from app.board.state import EventKind, replay
from app.core import clock
from app.evidence.models import EvidenceFile, Review
from app.evidence.storage import FileStore
from app.extensions import db
from app.sample.build import TODAY
from app.sample.files import MARK
from tests.page_client import Browser
from tests.pages.test_kept_pages import addresses

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
        happened = queries.events(card.id)
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


def asked(**more):
    said = {"host": "127.0.0.1", "port": 1, "no_sample": False, "reset_sample": True, "allow_sample_on_network": False}
    return argparse.Namespace(**said | more)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder with a key, a file and something like a database."""
    monkeypatch.setenv("BDG_DATA", str(tmp_path))
    monkeypatch.delenv("BDG_DATABASE_URL", raising=False)
    (tmp_path / "secret.key").write_text("k" * 40)
    (tmp_path / "secret.key").chmod(0o600)
    (tmp_path / "bdg.sqlite3").write_bytes(b"")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one").write_bytes(b"1")
    return tmp_path


def test_what_is_no_sample_is_not_made_again(folder):
    with pytest.raises(config.ConfigError, match="không phải dữ liệu giả định"):
        serving.prepare(asked())
    assert (folder / "files" / "one").exists()


def test_a_sample_is_made_again_from_nothing_but_its_key(folder, monkeypatch):
    (folder / "sample.json").write_text('{"today": "2024-05-10", "complete": true}')
    made = []
    monkeypatch.setattr(serving, "_with_sample", lambda app: made.append(app) or app)
    serving.prepare(asked())
    assert len(made) == 1
    assert not (folder / "files" / "one").exists()
    assert (folder / "secret.key").read_text() == "k" * 40


@pytest.mark.parametrize("why", ["a network", "a running server"])
def test_a_sample_that_cannot_be_opened_again_is_not_emptied_first(folder, why):
    (folder / "sample.json").write_text('{"today": "2024-05-10", "complete": true}')
    with socket.create_server(("127.0.0.1", 0)) as server:
        noted = {"host": "0.0.0.0", "port": server.getsockname()[1], "process": os.getppid()}
        (folder / "serving.json").write_text(json.dumps(noted))
        asks, said = ("0.0.0.0", "chỉ mở trên máy này") if why == "a network" else ("127.0.0.1", "Máy chủ đang chạy")
        with pytest.raises(config.ConfigError, match=said):
            serving.prepare(asked(host=asks))
    assert (folder / "files" / "one").exists()
