"""A .doc is read where LibreOffice is installed; elsewhere the sentence says to save it as .docx."""

import io
import stat
import sys

import docx
import pytest

from app.core.errors import Refused
from app.intake import drafts, old_word
from tests.intake.conftest import ANOTHER

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)
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
        monkeypatch.setattr(old_word, "program", lambda: str(place))

    return install


def test_where_libreoffice_is_installed_an_old_file_is_read(desk, office):
    office(0)
    draft = desk.read(OLD, "ke-hoach.doc")
    assert draft.source_name == "ke-hoach.doc"
    assert drafts.duties(draft.id)


def test_elsewhere_the_sentence_says_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(old_word, "program", lambda: None)
    with pytest.raises(Refused, match=r"lưu lại thành \.docx"):
        desk.read(OLD, "ke-hoach.doc")


def test_a_file_that_takes_too_long_is_given_up(desk, office, monkeypatch):
    office(60)
    monkeypatch.setattr(old_word, "SECONDS", 0.2)
    with pytest.raises(Refused, match=r"lưu lại thành \.docx"):
        desk.read(OLD, "ke-hoach.doc")
