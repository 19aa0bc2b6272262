"""What an Office file says it is made of ([Content_Types].xml), and whether anything in it can run."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.formats.zip_guard import BadArchive, Fault, xml_parser

CONTENT_TYPES = "[content_types].xml"
MACROS = _l("Tệp chứa macro nên không được nhận. Hãy lưu thành DOCX, XLSX, PPTX không có macro, hoặc PDF.")
NOT_OFFICE = _l("Tệp có phần mở rộng của Word, Excel, PowerPoint nhưng nội dung không phải. Hãy lưu lại hoặc xuất PDF.")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MAIN = {f"{kind}.main+xml": kind for kind in (WORD, SHEET, SLIDES)}
_ACTIVE_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "activex")
_ACTIVE_ENDINGS = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".hta", ".jar", ".lnk", ".msi",
    ".docm", ".xlsm", ".pptm", ".xlsb",
)  # fmt: skip
_ACTIVE_NAMES = ("vbaproject.bin", "vbadata.xml")
_MOST_BYTES = 1_000_000


@dataclass
class _Types:
    """The two lists of the file: a type for one part, a type for every part with an ending."""

    parts: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        return self.parts.get(f"/{name}") or self.endings.get(name.rpartition(".")[2], "")


def find_types(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The member that makes an archive an Office file, or None."""
    return next((m for m in archive.infolist() if m.filename.casefold() == CONTENT_TYPES), None)


def main_type(archive: zipfile.ZipFile, listing: zipfile.ZipInfo) -> str:
    """The media type of the main part: WORD, SHEET or SLIDES. Raises `Refused` for anything else, and for macros."""
    types = _read_types(archive, listing)
    names = [member.filename.casefold() for member in archive.infolist()]
    declared = [*types.parts.values(), *types.endings.values()]
    if any(mark in kind for kind in declared for mark in _ACTIVE_TYPES) or any(map(_is_active, names)):
        raise Refused(MACROS)
    found = {_MAIN[types.of(name)] for name in names if types.of(name) in _MAIN}
    if len(found) != 1:
        raise Refused(NOT_OFFICE)
    return found.pop()


def embedded(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The objects that were put into the document whole (a chart's workbook, an OLE object)."""
    for member in archive.infolist():
        if "/embeddings/" in f"/{member.filename.casefold()}" and not member.is_dir():
            yield member


def _is_active(name: str) -> bool:
    return name.endswith(_ACTIVE_ENDINGS) or name.rpartition("/")[2] in _ACTIVE_NAMES


def _read_types(archive: zipfile.ZipFile, listing: zipfile.ZipInfo) -> _Types:
    if listing.file_size > _MOST_BYTES:
        raise BadArchive(Fault.DAMAGED)
    types = _Types()

    def element(tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").casefold()
        if tag.endswith("Override"):
            types.parts[attributes.get("PartName", "").casefold()] = kind
        elif tag.endswith("Default"):
            types.endings[attributes.get("Extension", "").casefold()] = kind

    parser = xml_parser()
    parser.StartElementHandler = element
    parser.Parse(archive.read(listing), True)
    return types
