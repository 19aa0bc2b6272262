"""A stop takes no new connections and lets what is coming in, and what is worked on, come to its end."""

import threading
import time

import pytest

from app.serve import listening


def test_uploads_under_way_are_received_and_answered(running):
    server = running()
    uploads = [server.connect() for _ in range(12)]
    for upload in uploads:
        upload.ask("POST", "/login", Content_Length=20_000)
        upload.pour(10_000)
    idle = server.connect()
    time.sleep(0.5)
    server.stop(wait=False)
    assert idle.answer(5) == b"", "a connection that asks for nothing is closed at once"
    with pytest.raises(ConnectionRefusedError):
        server.connect()
    for upload in uploads:
        upload.pour(10_000)
    assert [upload.status() for upload in uploads] == [400] * 12
    server.stop()


def test_one_that_never_ends_holds_the_stop_for_a_bounded_time(running, monkeypatch):
    monkeypatch.setattr(listening, "STOP_S", 0.5)
    server = running()
    upload = server.connect()
    upload.ask("POST", "/login", Content_Length=20_000)
    time.sleep(0.2)
    begun = time.monotonic()
    server.stop(wait=False)
    assert upload.status() == 0
    assert time.monotonic() - begun < 10


def test_an_answer_in_the_making_is_given(running, app, monkeypatch):
    inside, go_on = threading.Event(), threading.Event()

    def wait():
        inside.set()
        go_on.wait(10)

    server = running()
    monkeypatch.setitem(app.before_request_funcs, None, [*app.before_request_funcs[None], wait])
    visitor = server.connect()
    visitor.ask("GET", "/healthz")
    assert inside.wait(10)
    server.stop(wait=False)
    time.sleep(0.3)
    go_on.set()
    assert visitor.status() == 200
    server.stop()
