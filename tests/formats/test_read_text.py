"""The reference plan as plain text, in every shape an office may save it."""

import json
import unicodedata
from pathlib import Path

import pytest

from app.formats.plan_reader import ReadPlan, from_dict, read_plan, to_dict, to_json

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "app" / "sample" / "plan.txt"
EXPECTED = json.loads((Path(__file__).parent / "data" / "expected.json").read_text(encoding="utf-8"))
HEAD_KEYS = ("title", "issuer", "number", "number_suffix", "date", "year", "signer", "legal_bases", "common_contents")


def plain_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def read(text: str) -> ReadPlan:
    return read_plan(text.encode(), "ke-hoach.txt")


@pytest.mark.parametrize("key", [*HEAD_KEYS, "clauses", "actions"])
def test_the_reference_plan_is_read_as_a_careful_person_reads_it(key: str) -> None:
    assert to_json(read(plain_text()))[key] == EXPECTED[key]


VARIANTS = {
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text).encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16 with a mark": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "big-endian UTF-16": lambda text: text.encode("utf-16-be"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r").encode(),
    "no blank lines": lambda text: "\n".join(line for line in text.split("\n") if line.strip()).encode(),
    "long dashes for short ones": lambda text: text.replace("\n- ", "\n– ").encode(),
    "short dashes for long ones before items": lambda text: text.replace("\n- ", "\n− ").encode(),
    "bullets for dashes": lambda text: text.replace("\n- ", "\n• ").encode(),
    "no-break spaces after numbers": lambda text: text.replace(". ", ".\u00a0").encode(),
    "page breaks glued to text": lambda text: text.replace("\n của các nhóm", "\n\f của các nhóm").encode(),
    "page numbers beside page breaks": lambda text: text.replace("\n của các nhóm", "\n\f2\n\n của các nhóm").encode(),
    "trailing spaces cut": lambda text: "\n".join(line.rstrip() for line in text.split("\n")).encode(),
    "leading spaces cut": lambda text: "\n".join(
        line if i < 20 or "   " in line.strip() else line.lstrip() for i, line in enumerate(text.split("\n"))
    ).encode(),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_shape_of_the_file_changes_nothing(name: str) -> None:
    variant = to_json(read_plan(VARIANTS[name](plain_text()), "ke-hoach.txt"))

    assert {key: variant[key] for key in (*HEAD_KEYS, "actions")} == {
        key: EXPECTED[key] for key in (*HEAD_KEYS, "actions")
    }
    assert variant["clauses"] == EXPECTED["clauses"]


def test_a_file_in_the_old_vietnamese_code_page_is_read() -> None:
    text = "".join(_cp1258(letter) for letter in plain_text().replace("−", "-"))

    assert to_json(read_plan(text.encode("cp1258", "replace"), "ke-hoach.txt"))["actions"] == EXPECTED["actions"]


def _cp1258(letter: str) -> str:
    """`letter` as Windows wrote it: the vowel composed, its tone apart."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in tones)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone


def test_what_is_read_can_be_stored_and_read_back() -> None:
    draft = read(plain_text())

    assert from_dict(json.loads(json.dumps(to_dict(draft)))) == draft


def test_each_clause_knows_its_place_in_the_extracted_text() -> None:
    draft = read(plain_text())

    for clause in draft.clauses:
        quoted = draft.source[clause.place.start : clause.place.end]
        assert clause.text.split()[0] in quoted
        assert quoted.split()[-1] == clause.text.split()[-1]
        assert draft.source.count("\n", 0, clause.place.start) == clause.place.first_line - 1


def test_every_word_between_the_first_clause_and_the_signature_is_in_a_clause_or_the_closing() -> None:
    draft = read(plain_text())
    body = draft.source[draft.clauses[0].place.start : draft.source.index("Nơi nhận:")]

    kept = " ".join([*(f"{clause.marker} {clause.text}" for clause in draft.clauses), draft.closing])

    assert kept.split() == body.split()
