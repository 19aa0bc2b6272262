"""The lines of a Word document as a reader sees them: automatic numbers written out, tables in reading order."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.lines import MOST_LINES, RawLine, tidy
from app.formats.plan_reader.numbering import Numbering
from app.formats.plan_reader.ooxml import open_package

_UNSEEN = frozenset(
    ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr")
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL_DASHES = frozenset(("F02D", "002D", "2013", "2014"))
_OFF = ("0", "false", "off")


def extract_docx(data: bytes) -> list[RawLine]:
    """The lines of the .docx file in `data`. Raises Unreadable when it cannot be opened or never ends.

    Tracked deletions, hidden text, footnotes, headers and footers are left out.
    """
    package = open_package(data)
    numbering = Numbering(package.numbering, package.styles)
    lines: list[RawLine] = []
    held = ""  # text of a paragraph whose end was deleted: it runs on into the next one
    for paragraph in _paragraphs(package.document):
        properties = paragraph.find("pPr")
        text = held + _text(paragraph)
        held = ""
        if _end_is_deleted(properties):
            held = text
            continue
        mark = numbering.mark_of(properties)
        lines += _lines(tidy(_marked(mark, text)))
        if len(lines) > MOST_LINES:
            raise Unreadable(Problem.TOO_LARGE)
    return lines + _lines(tidy(held))


def _lines(text: str) -> list[RawLine]:
    pieces = [piece for piece in text.split("\n") if piece.strip()]
    return [RawLine(piece, gap=index == 0) for index, piece in enumerate(pieces)]


def _marked(mark: str, text: str) -> str:
    """`text` after its automatic mark, unless somebody typed the dash as well."""
    bare = text.lstrip()
    if not bare or not mark or (mark in "-+" and bare[0] in "-–—−+"):
        return bare if mark else text
    return f"{mark} {bare}"


def _paragraphs(element: Element) -> Iterator[Element]:
    """The paragraphs in reading order, those of tables cell by cell and those of text boxes after their anchor."""
    for child in element:
        if child.tag in _UNSEEN or _continues_cell(child):
            continue
        if child.tag == "AlternateContent":
            yield from _paragraphs(_chosen(child))
            continue
        if child.tag == "p":
            yield child
        yield from _paragraphs(child)


def _chosen(alternatives: Element) -> Element:
    """What a word processor shows of several ways to say the same."""
    choice = alternatives.find("Choice")
    return choice if choice is not None else Element("none")


def _continues_cell(element: Element) -> bool:
    merge = element.find("tcPr/vMerge") if element.tag == "tc" else None
    return merge is not None and merge.get("val", "continue") == "continue"


def _text(element: Element) -> str:
    """The visible text under `element`, without that of text boxes in it."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _UNSEEN or child.tag in ("p", "tbl", "txbxContent"):
            continue
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag == "sym":
            pieces.append("-" if child.get("char", "").upper() in _SYMBOL_DASHES else "")
        elif child.tag == "AlternateContent":
            pieces.append(_text(_chosen(child)))
        elif child.tag == "r":
            pieces.append(_run(child))
        else:
            pieces.append(_text(child))
    return "".join(pieces)


def _run(run: Element) -> str:
    properties = run.find("rPr")
    if _is_on(properties, "vanish"):
        return ""
    text = _text(run)
    return text.upper() if _is_on(properties, "caps") else text


def _is_on(properties: Element | None, name: str) -> bool:
    switch = properties.find(name) if properties is not None else None
    return switch is not None and switch.get("val") not in _OFF


def _end_is_deleted(properties: Element | None) -> bool:
    return properties is not None and properties.find("rPr/del") is not None
