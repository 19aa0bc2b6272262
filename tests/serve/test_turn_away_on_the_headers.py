"""How large a body may be is decided on the headers: of what is too large, nothing is taken."""

import shutil
import sys

import pytest
from sqlalchemy import event

from app.extensions import db
from app.serve.listening import door as doors
from app.serve.listening.door import STRANGER_BYTES, Door
from tests.serve.conftest import bytes_in_temporary_files

HUGE = 250_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed there alone")
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", ["/nope", "/login", "/cards/15/notes", "/plans/drafts?x=1"])
def test_a_body_that_no_address_takes_is_refused_and_nothing_of_it_is_kept(running, cookie, signed_in, path):
    client, before = running().connect(), bytes_in_temporary_files()
    client.ask("POST", path, Content_Length=HUGE, **({"Cookie": cookie} if signed_in else {}))
    client.pour(3_000_000, seconds=3)
    assert bytes_in_temporary_files() == before
    answer = client.answer(15).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "Connection: close" in answer
    assert "Tệp gửi lên quá lớn" in answer


def test_the_answer_comes_before_anything_was_sent_even_where_the_client_asks_for_leave(running):
    client = running().connect()
    client.ask("PUT", "/", Content_Length=HUGE, Expect="100-continue")
    assert client.status() == 413


def test_a_body_in_pieces_is_cut_where_the_limit_is(running):
    client = running().connect()
    client.ask("POST", "/login", Transfer_Encoding="chunked")
    for _ in range(2 + STRANGER_BYTES // 4_096):
        client.say("1000", "a" * 4_096, "")
    assert client.status() == 413


def test_what_follows_a_refused_head_is_no_request_of_its_own(running):
    client = running().connect()
    client.say(
        "POST /login HTTP/1.1", f"Content-Length: {HUGE}", "Host: localhost", "", "GET /healthz HTTP/1.1", "", ""
    )
    assert client.answer(15).count(b"HTTP/1.1 ") == 1


def test_nothing_is_read_from_the_database_before_a_stranger_is_refused(running):
    asked = []

    def note(*said):
        asked.append(said[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client = running().connect()
        client.ask("POST", "/cards/15/evidence", Content_Length=HUGE)
        assert client.status() == 413
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert asked == []


def test_who_is_signed_in_may_send_files_where_files_are_taken_and_forms_elsewhere(app, cookie):
    door = Door(app)
    assert door.limit("POST", "/cards/15/evidence", cookie) == 1_001_000_000
    assert door.limit("POST", "/plans/drafts", cookie) == 26_000_000
    for method, path in (
        ("GET", "/cards/15/evidence"),
        ("POST", "/cards/15/notes"),
        ("POST", "/%ff"),
        ("POST", "/\xff"),
    ):
        assert door.limit(method, path, cookie) == 1_000_000
    forged = cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB")
    for stranger in ("", "bdg=", "bdg=x.y.z", forged, "other=1"):
        assert door.limit("POST", "/cards/15/evidence", stranger) == STRANGER_BYTES


def test_a_session_without_a_person_is_a_stranger(app, visit):
    stranger = visit(None)
    stranger.get("/login")
    sealed = f"{stranger.cookie_name}={stranger.client.get_cookie(stranger.cookie_name).value}"
    assert Door(app).limit("POST", "/cards/15/evidence", sealed) == STRANGER_BYTES


def test_a_disk_without_room_says_so_before_anything_is_sent(running, cookie, monkeypatch):
    monkeypatch.setattr(doors.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(1, 1, 210_000_000))
    client = running().connect()
    client.ask("POST", "/cards/15/evidence", Content_Length=20_000_000, Cookie=cookie)
    answer = client.answer(15).decode()
    assert answer.startswith("HTTP/1.1 507")
    assert "hết dung lượng lưu trữ" in answer
