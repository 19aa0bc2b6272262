"""The parts of a .docx file, opened with care: it comes from outside."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.zip_guard import BROKEN, Allowance, BadArchive, Fault, check_swelling, is_locked, open_archive, pieces

_MOST_MEMBERS = 5000
_LARGEST_PART = 20 * 1024 * 1024
_HIGHEST_RATIO = 300
_SMALL_PART = 2 * 1024 * 1024
_MAIN_TYPE = "/officeDocument"
_PROBLEMS = {Fault.LOCKED: Problem.ENCRYPTED, Fault.TOO_MUCH: Problem.TOO_LARGE}


@dataclass(frozen=True, slots=True)
class Package:
    """The trees of the parts that matter. Tags and attributes are without their namespace."""

    document: Element
    numbering: Element | None
    styles: Element | None


class _Tree(TreeBuilder):
    """Builds a tree with plain names and refuses declared entities: no part of a document needs them."""

    def start(self, tag: Any, attrs: Any) -> Element:
        return super().start(_plain(tag), {_plain(name): value for name, value in attrs.items()})

    def end(self, tag: Any) -> Element:
        return super().end(_plain(tag))

    def doctype(self, *_declared: str | None) -> None:
        raise BadArchive(Fault.ENTITIES)


def _plain(name: str) -> str:
    return name.rpartition("}")[2]


def open_package(data: bytes) -> Package:
    """The parts of the Word document in `data`. Raises Unreadable when it is none, locked, damaged or a bomb."""
    try:
        with open_archive(io.BytesIO(data), Allowance(_MOST_MEMBERS, 0)) as archive:
            return _package(archive)
    except BadArchive as error:
        raise Unreadable(_PROBLEMS.get(error.fault, Problem.DAMAGED)) from error
    except (ParseError, *BROKEN) as error:
        raise Unreadable(Problem.DAMAGED) from error


def _package(archive: zipfile.ZipFile) -> Package:
    members = {member.filename: member for member in archive.infolist()}
    if any(map(is_locked, members.values())):
        raise BadArchive(Fault.LOCKED)
    main = _main_part(archive, members)
    document = _part(archive, members.get(main))
    if document is None or document.tag != "document":
        raise Unreadable(Problem.UNKNOWN_KIND)
    folder = posixpath.dirname(main)
    return Package(
        document,
        _part(archive, members.get(posixpath.join(folder, "numbering.xml"))),
        _part(archive, members.get(posixpath.join(folder, "styles.xml"))),
    )


def _main_part(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> str:
    relations = _part(archive, members.get("_rels/.rels"))
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith(_MAIN_TYPE):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo | None) -> Element | None:
    if member is None:
        return None
    Allowance(0, _LARGEST_PART).spend(0, member.file_size)
    check_swelling(member.file_size, member.compress_size, ratio=_HIGHEST_RATIO, small=_SMALL_PART)
    parser = XMLParser(target=_Tree())
    parser.feed(b"".join(pieces(archive, member, Allowance(0, _LARGEST_PART))))
    root = parser.close()
    return root if isinstance(root, Element) else None
