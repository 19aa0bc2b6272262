"""Which files are taken: an allow-list by content. A name is only compared with what the bytes turned out to be."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.files.checks import known_signs, office_parts, old_office, ole, ooxml, scanner
from app.files.checks.faults import LOCKED, TOO_MUCH, refusing_damage, refusing_faults
from app.files.checks.names import ending, kept_name
from app.formats.zip_guard import Allowance, open_checked, pieces

TAKEN = _l("Hệ thống nhận PDF, DOCX, XLSX, PPTX, DOC, XLS, JPG, PNG, WEBP, HEIC, MP4 và ZIP gồm các loại đó.")
EMPTY = _l("Tệp trống (0 byte). Hãy kiểm tra lại tệp trên máy.")
WEB = _l("Không nhận tệp HTML, SVG vì có thể chứa mã chạy được. Hãy xuất ra PDF hoặc chụp thành ảnh.")
PROGRAM = _l("Không nhận chương trình hoặc tệp lệnh.")
UNKNOWN = _l("Không nhận loại tệp này.")
LOOKS_LIKE = _l("Không nhận loại tệp này (nội dung giống tệp %(ending)s).")
OTHER_ENDING = _l("Tên tệp có đuôi “%(ending)s” nhưng nội dung là %(kind)s. Hãy đổi đuôi thành %(right)s rồi tải lên.")
NO_ENDING = _l("Tên tệp không có đuôi; nội dung là %(kind)s. Hãy thêm đuôi %(right)s rồi tải lên.")
NESTED = _l("Tệp nén nằm trong tệp khác: hãy giải nén và tải lên từng tệp.")
CARRIES_FILE = _l("Tệp có nhúng tệp khác bên trong (Package) nên không được nhận. Hãy xuất ra PDF.")
OLD_OTHER = _l("Chỉ nhận tệp Word (.doc) và Excel (.xls) đời cũ; hãy lưu lại theo định dạng mới hoặc PDF.")
MEMBER = _l("trong tệp nén có “%(name)s”: %(sentence)s")


@dataclass(frozen=True)
class FileType:
    """One kind of file that is taken."""

    words: Any
    media_type: str
    endings: tuple[str, ...]


PDF = FileType("PDF", "application/pdf", (".pdf",))
DOCX = FileType(_l("văn bản Word (DOCX)"), ooxml.WORD, (".docx",))
XLSX = FileType(_l("bảng tính Excel (XLSX)"), ooxml.SHEET, (".xlsx",))
PPTX = FileType(_l("trình chiếu PowerPoint (PPTX)"), ooxml.SLIDES, (".pptx",))
DOC = FileType(_l("văn bản Word đời cũ (DOC)"), "application/msword", (".doc",))
XLS = FileType(_l("bảng tính Excel đời cũ (XLS)"), "application/vnd.ms-excel", (".xls",))
JPG = FileType(_l("ảnh JPG"), "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = FileType(_l("ảnh PNG"), "image/png", (".png",))
WEBP = FileType(_l("ảnh WEBP"), "image/webp", (".webp",))
HEIC = FileType(_l("ảnh HEIC"), "image/heic", (".heic", ".heif"))
MP4 = FileType(_l("video MP4"), "video/mp4", (".mp4", ".m4v"))
ZIP = FileType(_l("tệp nén ZIP"), "application/zip", (".zip",))

_OFFICE = {kind.media_type: kind for kind in (DOCX, XLSX, PPTX)}
_HEAD = 4096
_MOST_MEMBERS, _MOST_BYTES = 6_000, 300_000_000  # unpacked of one upload in all
_MOST_FILES = 200  # in one ZIP
_IN_MEMORY = 1_000_000
_DEEPEST = 3  # a ZIP, a document in it, a workbook embedded there
_BOM = b"\xef\xbb\xbf"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_STILL_BRANDS = _HEIC_BRANDS | {b"mif1", b"msf1"}
_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV"}
)
_WEB_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<svg")
_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
)  # fmt: skip
_PROGRAM_ENDINGS = (".bat", ".cmd", ".ps1", ".vbs", ".js", ".hta", ".sh", ".py", ".reg", ".lnk", ".wsf", ".jar")
_MACRO_NAMES = frozenset({"_vba_project", "_vba_project_cur", "vba", "macros"})


def recognise(name: str, stream: IO[bytes]) -> FileType:
    """What the bytes of `stream` really are; `stream` must be seekable and is left at its start.

    Raises `Refused`, and nothing else, for what is not on the list, is empty, damaged, locked, can run or reaches out,
    for a `name` whose ending says something else, and for what the office's scanner finds (`Busy`: it says nothing).
    """
    with refusing_damage():
        kind = _of_content(name, stream, Allowance(_MOST_MEMBERS, _MOST_BYTES), depth=0)
        stream.seek(0)
    _check_ending(name, kind)
    scanner.check(stream)
    return kind


def _of_content(name: str, stream: IO[bytes], allowance: Allowance, depth: int) -> FileType:
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        raise Refused(EMPTY)
    if depth > _DEEPEST:
        raise Refused(NESTED)
    known_signs.check(stream)
    if head.startswith(b"PK"):
        return _of_archive(stream, allowance, depth)
    if head.startswith(ole.MAGIC):
        return _of_compound(stream)
    for kind, fits in _SIMPLE:
        if fits(head):
            return kind
    raise Refused(_why_not(name, head))


def _of_archive(stream: IO[bytes], allowance: Allowance, depth: int) -> FileType:
    with refusing_damage(), open_checked(stream, allowance) as archive:
        listing = ooxml.find_types(archive)
        if listing is not None:
            kind = _OFFICE[ooxml.main_type(archive, listing)]
            office_parts.check_parts(archive, allowance)
            for member in ooxml.embedded(archive):
                _check_embedded(archive, member, allowance, depth)
            return kind
        if depth:
            raise Refused(NESTED)
        _check_files(archive, allowance)
    return ZIP


def _check_files(archive: zipfile.ZipFile, allowance: Allowance) -> None:
    files = [member for member in archive.infolist() if not member.is_dir()]
    if not files:
        raise Refused(EMPTY)
    if len(files) > _MOST_FILES:
        raise Refused(TOO_MUCH)
    for member in files:
        name = kept_name(member.filename)
        with _named(name), _unpacked(archive, member, allowance) as stream:
            _check_ending(name, _of_content(name, stream, allowance, depth=1))


def _check_embedded(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance, depth: int) -> None:
    with _unpacked(archive, member, allowance) as stream:
        head = stream.read(_HEAD)
        if head.startswith(ole.MAGIC):
            _compound_names(stream)  # an equation or another old object: no document, but nothing in it may run
        elif head:
            _of_content(member.filename, stream, allowance, depth + 1)


@contextmanager
def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance) -> Iterator[IO[bytes]]:
    """The bytes of one member as a stream that can be read anywhere."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        copy.writelines(pieces(archive, member, allowance))
        copy.seek(0)
        yield copy


@contextmanager
def _named(name: str) -> Iterator[None]:
    try:
        with refusing_faults():
            yield
    except Refused as refusal:
        raise Refused(MEMBER % {"name": name, "sentence": refusal.sentence}) from refusal


def _of_compound(stream: IO[bytes]) -> FileType:
    names = _compound_names(stream)
    if "worddocument" in names:
        return DOC
    if names & {"workbook", "book"}:
        return XLS
    raise Refused(OLD_OTHER)


def _compound_names(stream: IO[bytes]) -> frozenset[str]:
    file = ole.Compound(stream)
    names = file.names
    if "encryptedpackage" in names:
        raise Refused(LOCKED)
    if names & _MACRO_NAMES:
        raise Refused(ooxml.MACROS)
    if "\x01ole10native" in names:
        raise Refused(CARRIES_FILE)
    old_office.check(file)
    return names


def _check_ending(name: str, kind: FileType) -> None:
    written = ending(name).lower()
    if written not in kind.endings:
        sentence = OTHER_ENDING if written else NO_ENDING
        raise Refused(sentence % {"ending": written, "kind": kind.words, "right": kind.endings[0]})


def _why_not(name: str, head: bytes) -> str:
    text = head.removeprefix(_BOM).lstrip().lower()
    if text.startswith(_WEB_STARTS) or (text.startswith(b"<") and b"<svg" in text):
        return f"{WEB}"
    if head.startswith(_PROGRAM_STARTS) or ending(name).lower() in _PROGRAM_ENDINGS:
        return f"{PROGRAM} {TAKEN}"
    import puremagic  # late: its table is read as it is imported, and few files are refused

    try:
        guess = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        guess = ""
    return f"{LOOKS_LIKE % {'ending': guess} if guess else UNKNOWN} {TAKEN}"


def _is_pdf(head: bytes) -> bool:
    return head.removeprefix(_BOM).lstrip().startswith(b"%PDF-")


def _is_jpg(head: bytes) -> bool:
    return head.startswith(b"\xff\xd8\xff")


def _is_png(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR"


def _is_webp(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP" and head[12:15] == b"VP8"


def _brands(head: bytes) -> tuple[bytes, frozenset[bytes]]:
    """The brand of an ISO media file, and those it is compatible with; blank for anything else."""
    length = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= length <= len(head):  # noqa: PLR2004
        return b"", frozenset()
    return head[8:12], frozenset(head[at : at + 4] for at in range(16, length, 4))


def _is_heic(head: bytes) -> bool:
    brand, others = _brands(head)
    return brand in _STILL_BRANDS and bool(({brand} | others) & _HEIC_BRANDS)  # avif shares the general brands


def _is_mp4(head: bytes) -> bool:
    return _brands(head)[0] in _MP4_BRANDS


_SIMPLE: tuple[tuple[FileType, Callable[[bytes], bool]], ...] = (
    (PDF, _is_pdf),
    (JPG, _is_jpg),
    (PNG, _is_png),
    (WEBP, _is_webp),
    (HEIC, _is_heic),
    (MP4, _is_mp4),
)
