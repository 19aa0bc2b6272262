"""Whether a document asks for something outside itself, or would start a program: its relations, fields and formulas.

A link that a person clicks is allowed, whatever it points to but a program; nearly every honest document has some.
"""

import re
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused

OUTSIDE = _l(
    "Tệp lấy %(what)s từ nơi khác (%(where)s), không nằm trong tệp. Hãy nhúng nội dung vào tệp (ngắt liên kết) hoặc "
    "xuất PDF rồi tải lên."
)
STARTS = _l(
    "Tệp có liên kết hoặc trường tự chạy chương trình (%(what)s) nên không được nhận. Hãy bỏ chỗ đó hoặc xuất PDF."
)
TEMPLATE, PICTURE, OBJECT, WORKBOOK, MEDIA, PART = (
    _l("mẫu văn bản (template)"),
    _l("hình ảnh"),
    _l("đối tượng liên kết"),
    _l("dữ liệu của tệp Excel khác"),
    _l("âm thanh, video"),
    _l("nội dung liên kết"),
)
_WHAT = {
    "attachedTemplate": TEMPLATE, "image": PICTURE, "oleObject": OBJECT, "externalLinkPath": WORKBOOK,
    "audio": MEDIA, "video": MEDIA, "media": MEDIA,
}  # fmt: skip
_CLICKED = frozenset({"hyperlink", "slide"})
_LEFTOVERS = frozenset(  # where a list of addresses or another workbook once lay on the writer's own machine
    {"mailMergeSource", "mailMergeHeaderSource", "recipientData", "externalLinkPath", "xlPathMissing", "xlStartup"}
)
_CLICKABLE = frozenset(
    {"", "http", "https", "mailto", "tel", "callto", "sms", "ftp", "file", "onenote", "skype", "zalo", "geo"}
)
_PROGRAMS = (
    ".exe", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".jar",
    ".lnk", ".msi", ".pif", ".cpl", ".reg", ".url", ".scf", ".application", ".appref-ms", ".settingcontent-ms",
)  # fmt: skip
_STARTING_FIELDS = frozenset({"DDE", "DDEAUTO"})
_READING_FIELDS = frozenset({"LINK", "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "DATABASE", "RD"})
_STARTING_ACTIONS = ("ppaction://program", "ppaction://macro", "ppaction://ole")
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_NEWER = re.compile(r"_xl[a-z]+\.", re.IGNORECASE)  # before a function that older programs do not know
_STARTING_FUNCTIONS = re.compile(r"(?<![\w.])(RTD|CALL|REGISTER\.ID|EXEC)\s*\(", re.IGNORECASE)
_READING_FUNCTIONS = re.compile(r"(?<![\w.])(WEBSERVICE|IMAGE|FILTERXML)\s*\(", re.IGNORECASE)
_CALLS_LINK = re.compile(r"(?<![\w.])HYPERLINK\s*\(", re.IGNORECASE)
_SHOWN = 80


def check_relation(kind: str, target: str, mode: str) -> None:
    """Raise `Refused` for a relation (the end of its type, its target, its mode) that leads out of the file."""
    if mode.casefold() != "external" and not _is_elsewhere(target):
        return
    if kind in _CLICKED:
        check_link(target)
    elif kind not in _LEFTOVERS or _is_elsewhere(target):
        raise Refused(OUTSIDE % {"what": _WHAT.get(kind, PART), "where": _shown(target)})


def check_link(target: str) -> None:
    """Raise `Refused` for a link that would start something when it is clicked."""
    address = target.strip()
    scheme = _scheme(address)
    path = _path_of(address) if scheme in ("http", "https", "ftp") else address.split("#")[0]
    local = scheme not in ("http", "https", "ftp", "mailto")
    words = [word.rstrip("./\\\"'") for word in (path.strip(), *path.split())]
    if scheme not in _CLICKABLE or (local and any(word.casefold().endswith(_PROGRAMS) for word in words)):
        raise Refused(STARTS % {"what": _shown(address)})


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # an address that nobody can take apart, such as http://[1
        return address


def check_field(code: str) -> None:
    """Raise `Refused` for a Word field that starts a program or reads another file."""
    name, _blank, rest = code.strip().partition(" ")
    if name.upper() in _STARTING_FIELDS:
        raise Refused(STARTS % {"what": _shown(code)})
    if name.upper() in _READING_FIELDS:
        what = PICTURE if name.upper() == "INCLUDEPICTURE" else PART
        raise Refused(OUTSIDE % {"what": what, "where": _shown(rest)})


def check_formula(formula: str) -> None:
    """Raise `Refused` for a formula that starts a program (DDE has a bar outside quotes) or reads from the network."""
    bare = _NEWER.sub("", _QUOTED.sub("''", _LITERAL.sub('""', formula)))
    if "|" in bare or _STARTING_FUNCTIONS.search(bare):
        raise Refused(STARTS % {"what": _shown(formula)})
    if _READING_FUNCTIONS.search(bare):
        raise Refused(OUTSIDE % {"what": PART, "where": _shown(formula)})
    if _CALLS_LINK.search(bare):
        for literal in _LITERAL.findall(formula):
            check_link(literal)


def check_action(action: str) -> None:
    """Raise `Refused` for what a slide would start."""
    if action.strip().casefold().startswith(_STARTING_ACTIONS):
        raise Refused(STARTS % {"what": _shown(action)})


def refuse_starting(what: str) -> None:
    """Raise `Refused`: `what` starts a program."""
    raise Refused(STARTS % {"what": _shown(what)})


def refuse_reading(what: str) -> None:
    """Raise `Refused`: data come from `what`."""
    raise Refused(OUTSIDE % {"what": PART, "where": _shown(what)})


def _scheme(address: str) -> str:
    """The scheme of an address, casefolded; blank for a path, also one that begins with a drive."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", re.sub(r"[\x00-\x20]", "", address))
    return found[1].casefold() if found else ""


def _is_elsewhere(target: str) -> bool:
    """Whether the target lies on another machine."""
    plain = target.strip().replace("\\", "/")
    scheme = _scheme(plain)
    if scheme == "file":
        rest = plain.partition(":")[2]
        host = rest.lstrip("/").split("/")[0] if len(rest) - len(rest.lstrip("/")) in (2, 4, 5) else ""
        return bool(host) and host.casefold() != "localhost" and not host.endswith((":", "|"))
    return plain.startswith("//") or scheme != ""


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
