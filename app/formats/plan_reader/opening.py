"""The title of the plan and what stands before its first clause: the bases it rests on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.plan_reader.letterhead import spelt_as_in
from app.formats.plan_reader.lines import Line, collapse, join

_NAME_OF_KIND = re.compile(r"KẾ HOẠCH\s*")
_RULE = re.compile(r"[-–—_=*.\s]+")
_FIRST_WORDS = re.compile(
    r"(?:Căn cứ|Thực hiện|Để|Nhằm|Do|Trên cơ sở|Theo|Tiếp tục thực hiện|Triển khai thực hiện|UBND|Ủy ban|Uỷ ban)\s"
)
_TITLE_LINES = 6
_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo)\s+")
_DOCUMENT = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Công văn|Kế hoạch|Chương trình"
    r"|Kết luận|Hướng dẫn|Văn bản|Thông báo|Công điện|Đề án|Chiến lược)\s"
)
_SUBJECT = re.compile(
    r",?\s+(?:\(|(?:về|V/v|v/v|quy định|hướng dẫn|sửa đổi|phê duyệt|ban hành|thực hiện|triển khai)\b)"
)
_ISSUES = re.compile(r"(?:xây dựng|ban hành)\s+(?:bản\s+)?[Kk]ế hoạch")
_YEAR = re.compile(r"\bnăm (20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """Title, year named in it, bases and the whole text before the first clause."""

    title: str
    year: int | None
    legal_bases: tuple[str, ...]
    preamble: str


def read_opening(lines: Sequence[Line], body: str, issuer: str | None) -> Opening:
    """The opening of a plan from its `lines`, the first being “KẾ HOẠCH”; `body` shows how capitals are spelt small."""
    count = _title_length(lines)
    preamble = join(lines[count:])
    title = _title(" ".join(line.words for line in lines[:count]), f"{preamble} {body}", issuer or "")
    year = _YEAR.search(title)
    return Opening(title, int(year[1]) if year else None, _legal_bases(preamble), preamble)


def _title_length(lines: Sequence[Line]) -> int:
    """How many of `lines` make up the title."""
    count = 1
    capitals = lines[0].words.upper() != "KẾ HOẠCH"
    for line in lines[1:_TITLE_LINES]:
        begun = count > 1 or capitals
        if begun and (_FIRST_WORDS.match(line.words) or (capitals and not line.words.isupper())):
            break
        if _RULE.fullmatch(line.words) or (_BASIS.match(line.words) and line.closed):
            break
        capitals = capitals or line.words.isupper()
        count += 1
    return count


def _title(words: str, prose: str, issuer: str) -> str:
    rest = _NAME_OF_KIND.sub("", words, count=1).rstrip(" .;:")
    if rest.isupper():
        spelt = spelt_as_in(prose, f"Kế hoạch {rest}")
        return spelt or f"Kế hoạch {spelt_as_in(prose, rest) or _with_name(rest.lower(), issuer)}"
    return f"Kế hoạch {rest[:1].lower()}{rest[1:]}"


def _with_name(title: str, issuer: str) -> str:
    """`title` with the issuer's place ("tỉnh Đắk Lắk") under its capitals."""
    place = issuer.partition(" ")[2]
    return title.replace(place.lower(), place) if place else title


def _legal_bases(preamble: str) -> tuple[str, ...]:
    pieces = re.split(r"[;.]\s+", preamble)
    bases: list[str] = []
    for piece in pieces:
        named = _BASIS.sub("", piece, count=1)
        if _DOCUMENT.match(named) and not _ISSUES.match(piece):
            bases.append(_without_subject(named))
    return tuple(bases)


def _without_subject(basis: str) -> str:
    """`basis` up to its issuer: kind, number, day, “của …”."""
    issuer = basis.find(" của ")
    subject = _SUBJECT.search(basis, issuer + len(" của ") if issuer >= 0 else len(basis))
    return collapse(basis[: subject.start()] if subject else basis).rstrip(".,;: ")
