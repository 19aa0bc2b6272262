"""One guard stands before every reader of archives; each reader says in its own words what the guard found."""

import io
import zipfile

import pytest

from app.core.errors import Refused
from app.files.checks import faults, file_types
from app.files.checks.file_types import recognise
from app.formats import results_workbook, zip_guard
from app.formats.cells import parts
from app.formats.plan_reader import Problem, Unreadable, ooxml, read_plan
from app.formats.plan_reader.errors import SENTENCES
from app.formats.zip_guard import Allowance, BadArchive, Fault
from tests.files import corpus

ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaa">]><document>&a;</document>'
PARTS = {"[Content_Types].xml": corpus.types_xml(corpus.WORD, "word/document.xml"), "word/document.xml": b"<document/>"}
BOOK = {"xl/workbook.xml": b"<workbook/>"}


def upload(data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        recognise("a.docx", io.BytesIO(data))
    return str(refusal.value.sentence)


def plan(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_plan(data, "a.docx")
    return refusal.value.sentence


def results(data: bytes) -> str:
    with pytest.raises(results_workbook.Unfit) as refusal:
        results_workbook.read(data)
    return refusal.value.sentence


def locked(data: bytes) -> bytes:
    """`data` with every member said to be encrypted."""
    changed = bytearray(data)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(sign, at + 1)
    return bytes(changed)


def test_each_reader_says_in_its_own_words_that_a_file_is_locked():
    assert upload(locked(corpus.zipped(PARTS))) == str(faults.LOCKED)
    assert plan(locked(corpus.zipped(PARTS))) == SENTENCES[Problem.ENCRYPTED]
    assert results(locked(corpus.zipped(BOOK))) == results_workbook.NOT_A_WORKBOOK


def test_each_reader_has_its_own_bound_of_members(monkeypatch):
    for module, bound in ((file_types, "_MOST_MEMBERS"), (ooxml, "_MOST_MEMBERS"), (parts, "MOST_MEMBERS")):
        monkeypatch.setattr(module, bound, 3)
    more = {f"{number}.xml": b"<x/>" for number in range(3)}
    assert upload(corpus.zipped(PARTS | more)) == str(faults.TOO_MUCH)
    assert plan(corpus.zipped(PARTS | more)) == SENTENCES[Problem.TOO_LARGE]
    assert results(corpus.zipped(BOOK | more)) == results_workbook.TOO_MUCH


def test_no_reader_takes_declared_entities():
    swollen = corpus.zipped(PARTS | {"word/document.xml": ENTITIES})
    assert "DOCTYPE" in upload(swollen)
    assert plan(swollen) == SENTENCES[Problem.DAMAGED]
    assert results(corpus.zipped({"xl/workbook.xml": ENTITIES})) == results_workbook.NOT_A_WORKBOOK


def test_a_part_beyond_the_bound_of_its_reader_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(parts, "MOST_BYTES", 1_000)
    monkeypatch.setattr(ooxml, "_LARGEST_PART", 1_000)
    long = b"<document>" + bytes(range(32, 60)) * 50 + b"</document>"
    assert plan(corpus.zipped(PARTS | {"word/document.xml": long})) == SENTENCES[Problem.TOO_LARGE]
    assert results(corpus.zipped({"xl/workbook.xml": b"<workbook>" + b" " * 2_000})) == results_workbook.TOO_MUCH


def test_pieces_stop_at_the_allowance_and_not_behind_it():
    archive = zipfile.ZipFile(io.BytesIO(corpus.zipped({"a": bytes(300_000)})))
    given = io.BytesIO()
    with pytest.raises(BadArchive) as bad:
        given.writelines(zip_guard.pieces(archive, archive.infolist()[0], Allowance(0, 100_000)))
    assert (bad.value.fault, given.tell()) == (Fault.TOO_MUCH, 1 << 16)


def test_a_member_of_an_archive_is_named_where_its_own_archive_is_bad():
    inner = locked(corpus.zipped(PARTS))
    with pytest.raises(Refused) as refusal:
        recognise("a.zip", io.BytesIO(corpus.zipped({"trong.docx": inner})))
    assert str(refusal.value.sentence) == f"trong tệp nén có “trong.docx”: {faults.LOCKED}"
