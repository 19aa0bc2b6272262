"""Files are taken by what they are, not by what they are called; nothing hostile gives more than a sentence."""

import io
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core.errors import Refused
from app.files.checks import file_types
from app.files.checks.file_types import recognise

from . import corpus

SEEDS = [data for _name, data, _type in corpus.HONEST]


def kind_of(name, data):
    return recognise(name, io.BytesIO(data))


@pytest.mark.parametrize(("name", "data", "media_type"), corpus.HONEST, ids=[name for name, *_ in corpus.HONEST])
def test_every_kind_on_the_list_is_taken(name, data, media_type):
    stream = io.BytesIO(data)
    assert recognise(name, stream).media_type == media_type
    assert stream.read() == data  # left at its start, ready to be stored


@pytest.mark.parametrize("file", corpus.HOSTILE, ids=[f"{n}-{f.says}" for n, f in enumerate(corpus.HOSTILE)])
def test_hostile_files_are_refused_with_a_sentence_that_says_why(file):
    began = time.perf_counter()
    with pytest.raises(Refused) as refusal:
        kind_of(file.name, file.data)
    assert file.says in str(refusal.value)
    assert time.perf_counter() - began < 2


def test_a_workbook_written_by_a_real_library_is_taken():
    out = io.BytesIO()
    Workbook().save(out)
    assert kind_of("a.xlsx", out.getvalue()).endings == (".xlsx",)


def test_a_document_whose_default_type_is_its_main_part_is_taken():
    types = corpus.types_xml(corpus.WORD, "word/none.xml").replace(b"application/xml", corpus.WORD.encode())
    data = corpus.zipped({"[Content_Types].xml": types, "word/document.xml": b"<x/>"})
    assert kind_of("a.docx", data).endings == (".docx",)


def test_a_huge_directory_is_refused_before_it_is_read(monkeypatch):
    data = corpus.zipped({f"{n:05}" * 20: b"" for n in range(20_000)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # would fail if it were reached
    with pytest.raises(Refused, match="quá nhiều"):
        kind_of("a.zip", data)


def test_documents_nested_in_an_archive_share_one_allowance(monkeypatch):
    monkeypatch.setattr(file_types, "_MOST_MEMBERS", 8)
    documents = {f"{n}.docx": corpus.office() for n in range(3)}
    with pytest.raises(Refused, match="quá nhiều"):
        recognise("a.zip", io.BytesIO(corpus.zipped(documents)))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.sampled_from(SEEDS), data=st.data())
def test_damaged_files_give_an_answer_or_a_refusal_and_never_a_fault(seed, data):
    broken = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    for name in ("a.docx", "a.zip", "a.doc"):
        for version in (bytes(broken), bytes(broken[:cut])):
            with suppress(Refused):
                kind_of(name, version)
