"""Where the office has ClamAV, it is asked about every file, and a file that nobody has looked at is not taken."""

import io
import socket
import struct
import threading

import pytest

from app.core.errors import Busy, Refused
from app.files.checks import file_types
from tests.files.corpus import PDF


@pytest.fixture
def scanner(monkeypatch):
    """A scanner that notes what it was sent and answers what it is told."""
    server, seen = socket.create_server(("127.0.0.1", 0)), []
    monkeypatch.setenv("BDG_CLAMAV", f"127.0.0.1:{server.getsockname()[1]}")

    def answer(said):
        def listen():
            connection, _address = server.accept()
            with connection, connection.makefile("rb") as file:
                assert file.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!L", file.read(4))[0]:
                    seen.append(file.read(size))
                connection.sendall(said)

        thread = threading.Thread(target=listen)
        thread.start()
        threads.append(thread)
        return seen

    threads = []
    yield answer
    for thread in threads:
        thread.join(10)
    server.close()


def test_a_clean_file_is_taken_and_was_sent_whole(scanner):
    seen = scanner(b"stream: OK\0")
    large = PDF + bytes(600_000)
    assert file_types.recognise("a.pdf", io.BytesIO(large)) is file_types.PDF
    assert b"".join(seen) == large


def test_what_it_finds_is_named(scanner):
    scanner(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    with pytest.raises(Refused, match=r"Win\.Test\.EICAR_HDB-1"):
        file_types.recognise("a.pdf", io.BytesIO(PDF))


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_without_a_clear_answer_nothing_is_taken(scanner, said):
    scanner(said)
    with pytest.raises(Busy, match="diệt virus"):
        file_types.recognise("a.pdf", io.BytesIO(PDF))


@pytest.mark.parametrize("place", ["127.0.0.1:1", "/nowhere/clamd.sock", "127.0.0.1:x"])
def test_a_scanner_that_is_not_there_lets_nothing_in(monkeypatch, place):
    monkeypatch.setenv("BDG_CLAMAV", place)
    with pytest.raises(Busy):
        file_types.recognise("a.pdf", io.BytesIO(PDF))
