"""Connections that ask for nothing, or slowly, stand in nobody's way."""

import time
from contextlib import suppress

import pytest

from app.serve import listening
from app.serve.listening import channel
from tests.raw import Raw


def slow(server, count, source="127.0.0.1") -> list[Raw]:
    """Connections on which half a head has come."""
    clients = []
    for _ in range(count):
        client = server.connect(source)
        client.say("GET / HTTP/1.1", "Host: loc")
        clients.append(client)
    return clients


def alive(clients: list[Raw]) -> int:
    number = 0
    for client in clients:
        client.socket.setblocking(False)
        with suppress(BlockingIOError, ConnectionError):
            if client.socket.recv(1) == b"":
                continue
        number += 1
    return number


@pytest.mark.parametrize("newcomer", ["127.0.0.1", "127.0.0.2"])
def test_a_newcomer_is_let_in_however_many_slow_ones_there_are(running, monkeypatch, newcomer):
    monkeypatch.setattr(listening, "CONNECTIONS", 40)
    monkeypatch.setattr(listening, "PER_ADDRESS", 25)
    server = running()
    crowd = slow(server, 60)
    visitor, begun = server.connect(newcomer), time.monotonic()
    visitor.ask("GET", "/login")
    assert visitor.status() == 200
    assert time.monotonic() - begun < 5
    assert alive(crowd) <= 25


def test_behind_a_proxy_all_connections_are_of_one_address_and_stay(running, monkeypatch):
    monkeypatch.setattr(listening, "PER_ADDRESS", 5)
    server = running(proxies=1)
    crowd = slow(server, 20)
    time.sleep(0.5)
    assert alive(crowd) == 20


def test_a_request_that_is_worked_on_makes_no_room(running, monkeypatch):
    monkeypatch.setattr(listening, "PER_ADDRESS", 3)
    server = running()
    sending = server.connect()
    sending.ask("POST", "/login", Content_Length=2)
    time.sleep(0.2)
    slow(server, 10)
    sending.say("ab")
    assert sending.status() == 400  # read whole, and refused for its form


@pytest.mark.parametrize("said", ["GET / HT", "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\na", ""])
def test_patience_ends(running, monkeypatch, said):
    for name in ("HEADER_S", "SLOW_AFTER_S", "IDLE_S"):
        monkeypatch.setattr(channel, name, 0.5)
    client = running().connect()
    client.say(said)
    assert client.answer(10) == b""


def test_a_body_that_comes_slowly_but_steadily_is_waited_for(running, monkeypatch):
    monkeypatch.setattr(channel, "SLOW_AFTER_S", 0.5)
    monkeypatch.setattr(channel, "HEADER_S", 0.5)
    client = running().connect()
    client.ask("POST", "/login", Content_Length=5_000)
    for _ in range(5):
        client.say("a" * 1_000)
        time.sleep(0.6)
    assert client.status() == 400
