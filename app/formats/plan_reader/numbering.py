"""Word's automatic numbering: the mark a paragraph shows but does not contain."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.formats.plan_reader.markers import ROMAN_NUMERALS

_DASHES = "-–—−‒―\uf02d\u2010\u2011"
_PLUSES = "+o○◦"
_LEVELS = 9
_HIGHEST = 32_767
_MOST_REPEATED = 30  # z, zz, zzz … goes no further in Word either
_LONGEST_MARK = 60


@dataclass(frozen=True, slots=True)
class LevelFormat:
    """How one level of a list shows its number."""

    form: str
    text: str
    start: int
    restarts: bool
    legal: bool  # all numbers in it are shown as 1, 2, 3
    style: str | None


class Numbering:
    """The lists of a document and how far each has counted. Ask for the marks in the order of the text."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, LevelFormat]] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._own_levels: dict[str, dict[int, LevelFormat]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = _Styles(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        linked: dict[str, str] = {}
        for abstract in numbering.iterfind("abstractNum"):
            name = abstract.get("abstractNumId", "")
            self._abstract[name] = {_level(level): _format(level) for level in abstract.iterfind("lvl")}
            if style := _value(abstract, "numStyleLink"):
                linked[name] = style
        for number in numbering.iterfind("num"):
            name = number.get("numId", "")
            self._abstract_of[name] = _value(number, "abstractNumId") or ""
            self._override(name, number)
        for name, style in linked.items():
            target = self._abstract_of.get(self._styles.list_of(style)[0] or "")
            self._abstract[name] = self._abstract.get(target or "", {})

    def _override(self, name: str, number: Element) -> None:
        for override in number.iterfind("lvlOverride"):
            level = _level(override)
            if start := _value(override, "startOverride"):
                self._overrides.setdefault(name, {})[level] = _whole(start, 1)
            own = override.find("lvl")
            if own is not None:
                self._own_levels.setdefault(name, {})[level] = _format(own)

    def mark_of(self, properties: Element | None) -> str:
        """The mark that a paragraph with these properties shows ("III.", "2.", "-"), or an empty string."""
        number, level = self._list_of(properties)
        form = self._form(number, level)
        if number is None or form is None:
            return ""
        counts = self._count(number, level, form)
        return _shown(form, counts, {n: self._form(number, n) for n in range(_LEVELS)})

    def _list_of(self, properties: Element | None) -> tuple[str | None, int]:
        style = _value(properties, "pStyle")
        number, level = self._styles.list_of(style)
        direct = properties.find("numPr") if properties is not None else None
        if direct is not None:
            number = _value(direct, "numId") or number
            level = _whole(_value(direct, "ilvl"), 0)
        elif number is not None and level is None:
            levels = self._abstract.get(self._abstract_of.get(number, ""), {})
            level = next((n for n, form in levels.items() if form.style == style), 0)
        return (None if number == "0" else number), level or 0

    def _form(self, number: str | None, level: int) -> LevelFormat | None:
        if number is None:
            return None
        own = self._own_levels.get(number, {}).get(level)
        return own or self._abstract.get(self._abstract_of.get(number, ""), {}).get(level)

    def _count(self, number: str, level: int, form: LevelFormat) -> dict[int, int]:
        """Counts of the list on every level, this paragraph being counted."""
        counts = self._counts.setdefault(self._abstract_of.get(number, ""), {})
        override = self._overrides.get(number, {}).get(level)
        if override is not None and (number, level) not in self._begun:
            counts[level] = override
        else:
            counts[level] = counts[level] + 1 if level in counts else form.start
        self._begun.add((number, level))
        for deeper in [n for n in counts if n > level]:
            lower = self._form(number, deeper)
            if lower is None or lower.restarts:
                del counts[deeper]
        return counts


class _Styles:
    """Which list a paragraph style belongs to, by itself or by the style it is based on."""

    def __init__(self, styles: Element | None) -> None:
        found = styles.iterfind("style") if styles is not None else ()
        self._styles = {style.get("styleId", ""): style for style in found}
        self._lists: dict[str, tuple[str | None, int | None]] = {}
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)

    def list_of(self, name: str | None) -> tuple[str | None, int | None]:
        """The list and the level of a style; each style is looked at once, however long the chain it stands in."""
        name = name or self._default
        chain: list[str] = []
        while name and name in self._styles and name not in self._lists:
            self._lists[name] = (None, None)  # also the answer of styles that are based on each other in a ring
            chain.append(name)
            name = _value(self._styles[name], "basedOn")
        found = self._lists.get(name or "", (None, None))
        for name in reversed(chain):
            found = self._lists[name] = _own_list(self._styles[name], found)
        return found


def _own_list(style: Element, based_on: tuple[str | None, int | None]) -> tuple[str | None, int | None]:
    """The list of one style, what it does not say itself being taken from the style it is based on."""
    properties = style.find("pPr/numPr")
    named = _value(properties, "ilvl")
    level = _whole(named, 0) if named else None
    if number := _value(properties, "numId"):
        return number, level
    number, inherited = based_on
    return number, None if number is None else inherited if level is None else level


def _is_default(style: Element) -> bool:
    return style.get("default") in ("1", "true") and style.get("type") == "paragraph"


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(name) if parent is not None else None
    return child.get("val") if child is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    """The number in `text`, at most the highest that Word itself counts to."""
    longest = 9
    readable = text and text.isascii() and text.isdigit() and len(text) <= longest
    return min(int(text), _HIGHEST) if text and readable else otherwise


def _level(element: Element) -> int:
    return _whole(element.get("ilvl"), 0)


def _format(level: Element) -> LevelFormat:
    legal = level.find("isLgl")
    return LevelFormat(
        _value(level, "numFmt") or "decimal",
        (_value(level, "lvlText") or "")[:_LONGEST_MARK],
        _whole(_value(level, "start"), 1),
        _value(level, "lvlRestart") != "0",
        legal is not None and legal.get("val") not in ("0", "false"),
        _value(level, "pStyle"),
    )


def _shown(form: LevelFormat, counts: dict[int, int], forms: dict[int, LevelFormat | None]) -> str:
    """The mark as text; a bullet of any shape is a dash or a plus, a bare number gets its full stop."""
    if form.form == "bullet":
        return "+" if form.text in _PLUSES and form.text else "-"

    def number(found: re.Match[str]) -> str:
        level = int(found[1]) - 1
        shape = forms.get(level)
        count = counts.get(level, shape.start if shape else 1)
        return _counted(count, "decimal" if form.legal or shape is None else shape.form)

    mark = re.sub(r"%([1-9])", number, form.text).strip()[:_LONGEST_MARK]
    if not mark or mark in _DASHES:
        return "-" if mark else ""
    return f"{mark}." if mark[-1].isalnum() else mark


def _counted(count: int, form: str) -> str:
    match form:
        case "upperRoman" | "lowerRoman":
            roman = "".join(sign * times for sign, times in _roman_parts(count))
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, _MOST_REPEATED)
            return letter.upper() if form == "upperLetter" else letter
        case "none":
            return ""
        case _:
            return str(count)


def _roman_parts(count: int) -> list[tuple[str, int]]:
    parts: list[tuple[str, int]] = []
    for sign, value in ROMAN_NUMERALS:
        times, count = divmod(count, value)
        parts.append((sign, times))
    return parts
