"""What reading a plan gives: its head, its tree of clauses and the duties it hands out, each with its place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EVERY_WARD = "*phường, xã"  # the lead of a duty that binds every ward and commune


class ReadClauseKind(StrEnum):
    """A heading gathers others; an item says something of its own."""

    HEADING = "heading"
    ITEM = "item"


class PlanPart(StrEnum):
    """What a section of the plan is for."""

    PURPOSE = "purpose"
    CONTENT = "content"
    ORGANISATION = "organisation"
    OTHER = "other"


class ReadKind(StrEnum):
    """How time binds a duty, in the words of the plan's own register."""

    DATED = "có thời hạn"
    WITHIN_YEAR = "trong năm"
    STANDING = "thường xuyên"


class LeftoverReason(StrEnum):
    """Why a piece of the document asks for a person's eye."""

    NO_UNIT = "no_unit"  # an item among the duties names nobody
    RECURRING_DATE = "recurring_date"  # a date that comes back every month or year
    IMPOSSIBLE_DATE = "impossible_date"
    NUMBERING_GAP = "numbering_gap"
    ANNEX = "annex"  # text after the signature


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in `PlanDraft.source`: lines from 1, character offsets from 0, the end outside."""

    first_line: int
    last_line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit as the plan writes it and under its official name."""

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A node of the plan's text, addressed as the document does (`III.7.b`: second dash item)."""

    address: str
    kind: ReadClauseKind
    text: str
    marker: str
    parent: str | None
    part: PlanPart
    place: Place


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a compound item that could stand as a duty of its own; a person decides."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadDuty:
    """What one clause asks of its units. `duty` names the part when the clause holds duties with their own dates."""

    clause: str
    lead: tuple[ReadUnit, ...]
    coordinating: tuple[ReadUnit, ...]
    request: bool
    kind: ReadKind
    deadline: date | None = None
    deadline_wording: str | None = None
    duty: str | None = None
    starts_on: date | None = None
    suggested_splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece that was not understood, kept word for word."""

    reason: LeftoverReason
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as read, before a person has looked at it. Unknown facts are None, never invented."""

    title: str
    issuer: str | None
    number: str | None
    number_suffix: str | None
    date: str | None
    year: int | None
    signer: str | None
    legal_bases: tuple[str, ...]
    common_contents: tuple[str, ...]
    preamble: str
    clauses: tuple[ReadClause, ...]
    closing: str
    actions: tuple[ReadDuty, ...]
    leftovers: tuple[Leftover, ...]
    source: str
