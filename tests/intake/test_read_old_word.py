"""A .doc is read where LibreOffice is installed; elsewhere the sentence says to save it as .docx."""

import io
import socket
import stat
import sys
import threading
from contextlib import suppress

import docx
import pytest

from app.core import libreoffice
from app.core.errors import Refused
from app.intake import old_word
from app.intake.queries import drafts
from tests.files.corpus import old_office
from tests.intake.conftest import ANOTHER
from tests.intake.linked_files import as_doc, linked, odt

OLD = old_office("1Table", "WordDocument")
NOISE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2_000_000)
OFFICE = """#!{python}
import shutil, sys, time
from pathlib import Path
profile = next(word for word in sys.argv if word.startswith("-env:UserInstallation=file://"))
settings = Path(profile.split("file://")[1]) / "user" / "registrymodifications.xcu"
assert "DisableMacrosExecution" in settings.read_text()
time.sleep({seconds})
shutil.copy({made!r}, Path(sys.argv[sys.argv.index("--outdir") + 1]) / "ke-hoach.docx")
"""


@pytest.fixture
def bench(sqlite_bench):
    """One database: files are read the same way on both."""
    return sqlite_bench


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A program that behaves like LibreOffice, after so many seconds."""
    document = docx.Document()
    for line in ANOTHER.split("\n\n"):
        document.add_paragraph(" ".join(line.split()))
    made = io.BytesIO()
    document.save(made)
    (tmp_path / "made.docx").write_bytes(made.getvalue())

    def install(seconds: int) -> None:
        place = tmp_path / "soffice"
        place.write_text(OFFICE.format(python=sys.executable, seconds=seconds, made=str(tmp_path / "made.docx")))
        place.chmod(place.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(libreoffice, "program", lambda: str(place))

    return install


def test_where_libreoffice_is_installed_an_old_file_is_read(desk, office):
    office(0)
    draft = desk.read(OLD, "ke-hoach.doc")
    assert draft.source_name == "ke-hoach.doc"
    assert drafts.duties(draft.id)


def test_elsewhere_the_sentence_says_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(Refused, match=r"lưu lại thành \.docx"):
        desk.read(OLD, "ke-hoach.doc")


def test_a_file_that_takes_too_long_is_given_up(desk, office, monkeypatch):
    office(60)
    monkeypatch.setattr(old_word, "SECONDS", 0.2)
    with pytest.raises(Refused, match=r"lưu lại thành \.docx"):
        desk.read(OLD, "ke-hoach.doc")


def test_what_only_holds_the_word_is_refused_before_anything_is_started(desk, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: pytest.fail("LibreOffice was asked"))
    for data in (NOISE, NOISE[:600], old_office("Workbook") + "WordDocument".encode("utf-16-le")):
        with pytest.raises(Refused, match="Loại tệp này không nhập được"):
            desk.read(data, "ke-hoach.doc")


@pytest.fixture
def listener():
    """An address of this machine that notes who asks for something: (its address, what was asked)."""
    asked, server = [], socket.create_server(("127.0.0.1", 0))

    def listen():
        with suppress(OSError):
            while True:
                connection, _address = server.accept()
                with connection:
                    asked.append(connection.recv(200).partition(b"\r\n")[0])
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(10)


@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is missing")
@pytest.mark.parametrize("network", ["none", "a proxy that leads nowhere"])
def test_a_file_full_of_links_asks_no_address_of_the_network(listener, tmp_path, monkeypatch, network):
    site, asked = listener
    if network != "none":
        monkeypatch.setattr(libreoffice, "without_network", tuple)
    elif not libreoffice.without_network():
        pytest.skip("this system gives no namespace")
    for name, data in (("a.docx", linked(site)), ("b.odt", odt(site))):
        old = as_doc(libreoffice.program(), name, data, tmp_path)
        assert b"picture.png" in old or b"a.png" in old
        asked.clear()
        assert old_word.to_docx(old)
        assert asked == []
