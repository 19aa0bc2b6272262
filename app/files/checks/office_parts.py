"""Reads the parts of an Office file for what may not stand in it; nothing is built, and every part within bounds."""

import zipfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any
from xml.parsers import expat

from app.core.errors import Refused
from app.files.checks import known_signs, ooxml, reaching_out
from app.files.checks.faults import TOO_MUCH
from app.formats.zip_guard import Allowance, Fault, pieces, xml_parser

_MOST_ELEMENTS = 6_000_000  # of all parts
_MOST_LETTERS = 20_000  # of one field or formula
_TEXTS = (".xml", ".rels", ".vml")
_LOOSE = ".vml"  # Excel itself writes these in a way that no parser takes
_SHEETS = "spreadsheetml"  # in the namespace of what belongs to a workbook
_FORMULAS = frozenset({"f", "definedName"})
_FIELD_TEXTS, _FIELD_ENDS = frozenset({"instrText", "delInstrText"}), frozenset({"separate", "end"})
_MACRO_KINDS = frozenset({"xlMacrosheet", "xlIntlMacrosheet", "vbaProject", "wordVbaData", "control"})
_CHUNK_KIND = "aFChunk"  # a page of another kind, taken in when the document is opened
_MACRO_NAMES = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


def check_parts(archive: zipfile.ZipFile, allowance: Allowance) -> None:
    """Raise `Refused` for the first thing that reaches out of the document, would run, or unfolds without end."""
    reader = _Reader()
    for member in archive.infolist():
        name, signs = member.filename.casefold(), known_signs.Signs()
        feed = reader.of_part() if member.file_size and name.endswith(_TEXTS) else _nothing
        with suppress(expat.ExpatError) if name.endswith(_LOOSE) else nullcontext():
            for piece in pieces(archive, member, allowance):
                signs.look(piece)
                feed(piece, False)
            feed(b"", True)
        reader.finish()


def _nothing(_piece: bytes, _is_last: bool) -> None:
    """What is no text is not parsed."""


class _Reader:
    """Follows the elements of one part after the other."""

    def __init__(self) -> None:
        self._elements = 0
        self._fields: list[list[str]] = []
        self._heard: list[str] | None = None

    def of_part(self) -> Callable[[bytes, bool], Any]:
        self._fields, self._heard = [], None
        parser = xml_parser(Fault.ENTITIES, namespace_separator=" ")
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        return parser.Parse

    def _begins(self, element: str, given: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise Refused(TOO_MUCH)
        name, sheet = _plain(element), _SHEETS in element
        known = _ELEMENTS.get(name) or (_SHEET_ELEMENTS.get(name) if sheet else None)
        if known is not None:
            known({_plain(key): value for key, value in given.items()})
        if name in _FIELD_TEXTS or (sheet and name in _FORMULAS):
            self._heard = []
        elif name == "fldChar":
            self._turn(next((value for key, value in given.items() if _plain(key) == "fldCharType"), ""))

    def _ends(self, element: str) -> None:
        if self._heard is None:
            return
        name, said = _plain(element), "".join(self._heard)
        if name in _FIELD_TEXTS:
            self._heard = None
            if not self._fields:
                self._fields.append([])
            self._fields[-1].append(said)
        elif name in _FORMULAS:
            self._heard = None
            reaching_out.check_formula(said)

    def _says(self, text: str) -> None:
        if self._heard is not None:
            self._heard.append(text)
            if sum(map(len, self._heard)) > _MOST_LETTERS:
                raise Refused(TOO_MUCH)

    def finish(self) -> None:
        """Look at the fields that the part began and did not end."""
        for code in self._fields:
            reaching_out.check_field("".join(code))

    def _turn(self, kind: str) -> None:
        """A field begins, or its code has been told: in however many pieces it was written."""
        if kind == "begin":
            self._fields.append([])
        elif kind in _FIELD_ENDS and self._fields:
            reaching_out.check_field("".join(self._fields[-1]))
            if kind == "end":
                self._fields.pop()


def _relation(given: dict[str, str]) -> None:
    kind = given.get("Type", "").rpartition("/")[2]
    if kind in _MACRO_KINDS:
        raise Refused(ooxml.MACROS)
    if kind == _CHUNK_KIND:
        reaching_out.refuse_reading(given.get("Target", ""))
    reaching_out.check_relation(kind, given.get("Target", ""), given.get("TargetMode", ""))


def _check_name(given: dict[str, str]) -> None:
    named = given.get("name", "").casefold().removeprefix("_xlnm.")
    if given.get("xlm") in ("1", "true") or given.get("vbProcedure") in ("1", "true") or named.startswith(_MACRO_NAMES):
        raise Refused(ooxml.MACROS)


def _connection(given: dict[str, str]) -> None:
    if given.get("refreshOnLoad") in ("1", "true"):
        reaching_out.refuse_reading(given.get("name", ""))


def _action(given: dict[str, str]) -> None:
    reaching_out.check_action(given.get("action", ""))


_ELEMENTS: dict[str, Callable[[dict[str, str]], None]] = {
    "Relationship": _relation,
    "fldSimple": lambda given: reaching_out.check_field(given.get("instr", "")),
    "hlinkClick": _action,
    "hlinkHover": _action,
    "hlinkMouseOver": _action,
}
_SHEET_ELEMENTS: dict[str, Callable[[dict[str, str]], None]] = {
    "definedName": _check_name,
    "ddeLink": lambda given: reaching_out.refuse_starting(f"{given.get('ddeService')}|{given.get('ddeTopic')}"),
    "connection": _connection,
    "webPr": lambda given: reaching_out.refuse_reading(given.get("url", "")),
}


def _plain(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]
