"""The letterhead and the signature: who issues the plan, its number and day, who signs it (Nghị định 30/2020)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.plan_reader.lines import Line, collapse

_NATION = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM", re.IGNORECASE)
_MOTTO = re.compile(r"Độc\s+lập\s*[-–—]\s*Tự\s+do\s*[-–—]\s*Hạnh\s+phúc", re.IGNORECASE)
_NUMBER = re.compile(
    r"Số\s*:?[\s.…_]*(?P<number>\d[\w.-]*)?[\s.…_]*(?P<suffix>/\s*[\w&]+(?:[ \t]?[-–][ \t]?[\w&.]+)*)?"
)
_DAY = re.compile(
    r"(?:(?P<place>[^\W\d_][^,\n]{0,60}),\s*)?ngày[\s.…_]*(?P<day>\d{0,2})[\s.…_]*"
    r"tháng[\s.…_]*(?P<month>\d{0,2})[\s.…_]*năm[\s.…_]*(?P<year>\d{4})?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_=*.\s]+")
_COUNCIL = re.compile(r"(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN", re.IGNORECASE)
_RANK = re.compile(r"\b(?:THÀNH PHỐ|TỈNH|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|PHƯỜNG|XÃ)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:SỞ|PHÒNG|BAN CHỈ ĐẠO|BAN QUẢN LÝ|TRUNG TÂM|HỘI|CHI CỤC|CÔNG AN|VĂN PHÒNG)\b", re.IGNORECASE)
_DEGREES = re.compile(r"(?:(?:ThS|Ths|TS|PGS|GS|BS|CN)\b\.?\s*)+")
_WORDS_IN_NAME = range(2, 7)
_OFFICE_WORDS = re.compile(r"Chủ Tịch|Chủ tịch|Phó|Giám|Trưởng|Nơi|Ủy Ban|Chánh|Lưu")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The facts of a letterhead; a blank one is None."""

    issuer: str | None
    number: str | None
    number_suffix: str | None
    date: str | None
    year: int | None


def read_letterhead(lines: Sequence[Line], prose: str) -> Letterhead:
    """The facts in the letterhead `lines`; `prose`, the plan's own text, shows how capitals are spelt small."""
    text = "\n".join(cell for line in lines for cell in line.cells)
    text = _MOTTO.sub("\n", _NATION.sub("\n", text))
    number = _NUMBER.search(text)
    if number:
        text = text[: number.start()] + "\n" + text[number.end() :]
    day = _DAY.search(text)
    if day:
        text = text[: day.start()] + "\n" + text[day.end() :]
    names = " ".join(collapse(piece) for piece in text.split("\n") if not _RULE.fullmatch(piece or " "))
    return Letterhead(
        _issuer(names, f"{day['place'] or '' if day else ''} {prose}"),
        number["number"] if number else None,
        re.sub(r"\s", "", number["suffix"]) if number and number["suffix"] else None,
        _wording(day) if day else None,
        int(day["year"]) if day and day["year"] else None,
    )


def _wording(day: re.Match[str]) -> str | None:
    """The date as the document words it, without the parts left blank."""
    parts = [
        f"{word} {day[group]}" for word, group in (("ngày", "day"), ("tháng", "month"), ("năm", "year")) if day[group]
    ]
    return " ".join(parts) or None


def _issuer(names: str, prose: str) -> str | None:
    if not names:
        return None
    short = _COUNCIL.sub("UBND", names)
    bodies = list(_BODY.finditer(short))
    if bodies:
        return spelt_as_in(prose, short[bodies[-1].start() :]) or short[bodies[-1].start() :].capitalize()
    rank = _RANK.search(short)
    if not rank:
        return spelt_as_in(prose, short) or short
    name = short[rank.end() :].strip()
    return collapse(f"{short[: rank.start()]}{rank[0].lower()} {spelt_as_in(prose, name) or name.title()}")


def spelt_as_in(prose: str, capitals: str) -> str | None:
    """`capitals` as `prose` spells the same words, preferring a spelling that is not all capitals."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in capitals.split()), re.IGNORECASE)
    spellings = [collapse(found[0]) for found in pattern.finditer(prose)]
    return next((spelling for spelling in spellings if not spelling.isupper()), None)


def read_signer(lines: Sequence[Line]) -> str | None:
    """The name under the signature: the last cell that reads as a person's name."""
    for line in reversed(lines):
        for cell in reversed(line.cells):
            name = _DEGREES.sub("", cell)
            if _is_person(name):
                return name
    return None


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        len(words) in _WORDS_IN_NAME
        and all(word.isalpha() and word[0].isupper() and not word[1:].isupper() for word in words)
        and not _OFFICE_WORDS.match(name)
    )
