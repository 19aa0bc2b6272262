"""The source of a plan cut where its clauses begin and end, with what was recognised in each marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.formats.plan_reader.model import EVERY_WARD, ReadClause, ReadPlan

_HARD_WRAPPED = 140  # no line of a document that was broken by hand is longer
_ASKS = re.compile(r"Đề nghị(?!\w)")
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)[ \t]*")


class PassageMark(StrEnum):
    """What a piece of text was recognised as."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    DEADLINE = "deadline"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and what it was recognised as, if anything."""

    text: str
    mark: PassageMark | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the source: one clause, or what stands between clauses (`address` is None)."""

    address: str | None
    start: int
    pieces: tuple[Piece, ...]


def passages(draft: ReadPlan) -> list[Passage]:
    """The whole source in order; joined, the pieces give it back but for line ends that only broke a sentence."""
    rewrap = max(map(len, draft.source.split("\n")), default=0) <= _HARD_WRAPPED
    found: list[Passage] = []
    end = 0
    for clause in sorted(draft.clauses, key=lambda clause: clause.place.start):
        start = max(clause.place.start, end)
        if start > end:
            found.append(Passage(None, end, (Piece(draft.source[end:start]),)))
        text = draft.source[start : clause.place.end]
        pieces = tuple(_pieces(text, _marks(draft, clause), rewrap))
        found.append(Passage(clause.address, start, pieces))
        end = max(end, clause.place.end)
    if end < len(draft.source):
        found.append(Passage(None, end, (Piece(draft.source[end:]),)))
    return found


def _marks(draft: ReadPlan, clause: ReadClause) -> Iterator[tuple[str, PassageMark]]:
    """The words to be marked in a clause: of its own duties, and as a heading of those under it."""
    for action in draft.actions:
        own = action.clause == clause.address
        if not own and not action.clause.startswith(f"{clause.address}."):
            continue
        yield from ((name.written, PassageMark.LEAD) for name in action.lead if name.name != EVERY_WARD or not own)
        if own:
            yield from ((name.written, PassageMark.COORDINATING) for name in action.coordinating)
            if action.deadline_wording:
                yield action.deadline_wording, PassageMark.DEADLINE
        if action.request and _ASKS.match(clause.text):
            yield "Đề nghị", PassageMark.REQUEST


def _pieces(text: str, marks: Iterator[tuple[str, PassageMark]], rewrap: bool) -> Iterator[Piece]:
    spans: list[tuple[int, int, PassageMark]] = []
    for words, mark in dict.fromkeys(marks):
        found = re.search(r"\s+".join(map(re.escape, words.split())), text) if words.strip() else None
        if found and not any(found.start() < end and start < found.end() for start, end, _mark in spans):
            spans.append((found.start(), found.end(), mark))
    place = 0
    for start, end, mark in sorted(spans):
        if start > place:
            yield Piece(_flowing(text[place:start], rewrap))
        yield Piece(_flowing(text[start:end], rewrap), mark)
        place = end
    if place < len(text):
        yield Piece(_flowing(text[place:], rewrap))


def _flowing(text: str, rewrap: bool) -> str:
    return _LINE_END.sub(" ", text) if rewrap else text
