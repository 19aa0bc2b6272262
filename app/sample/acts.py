"""The words of the sample's story: who did what to which duty on which day. Data only; `progress.py` plays it."""

from dataclasses import dataclass
from datetime import date

from app.cards.moves import NOTHING, Deed, MoveInput
from app.cards.notes.models import Answer, NoteKind, Period
from app.evidence.models import EvidenceKind
from app.plans.models import ActionKind, DueLevel


@dataclass(frozen=True)
class Where:
    """A duty: its clause, the unit that leads it (short name), and its part where the clause has several."""

    clause: str
    unit: str
    duty: str | None = None


@dataclass(frozen=True)
class MoveAct:
    deed: Deed
    said: MoveInput = NOTHING


@dataclass(frozen=True)
class Give:
    """A document as its office would describe it; `form` says what kind of file the sample makes of it."""

    form: str
    kind: EvidenceKind
    number: str | None
    on: date
    summary: str
    sent_on: date | None = None
    happened_on: date | None = None
    link: str | None = None
    restricted: bool = False
    rows: tuple[tuple[str, int, int], ...] = ()  # of a table: what, men, women


@dataclass(frozen=True)
class Remark:
    """The newest document is Cần bổ sung, and why."""

    lacking: str


@dataclass(frozen=True)
class Note:
    kind: NoteKind
    text: str
    period: Period | None = None
    number: str = ""
    on: date | None = None
    coordinating: str = ""  # the unit for which the office writes, as the plan names it


@dataclass(frozen=True)
class Rewrite:
    """The writer's newest note on the duty is put right."""

    text: str


@dataclass(frozen=True)
class Resolve:
    """The newest difficulty was dealt with."""


@dataclass(frozen=True)
class SetDate:
    level: DueLevel
    day: date
    basis: str
    number: str
    on: date


@dataclass(frozen=True)
class AskTime:
    day: date
    reason: str


@dataclass(frozen=True)
class Decide:
    """The answer to what was asked; `day` only where it is granted."""

    day: date | None
    reason: str
    number: str = ""
    on: date | None = None


@dataclass(frozen=True)
class TakeBackAsking:
    """The unit needs no more time after all."""


@dataclass(frozen=True)
class ChangeKind:
    kind: ActionKind
    reason: str


@dataclass(frozen=True)
class Follow:
    """A colleague follows the duty."""

    holder: str


@dataclass(frozen=True)
class HandOver:
    """Everything that one follows goes to the other, in the unit of the duty."""

    giver: str
    taker: str


@dataclass(frozen=True)
class CorrectSent:
    day: date
    basis: str


@dataclass(frozen=True)
class AskCorrection:
    """The unit asks about what was entered for it last."""

    reason: str


@dataclass(frozen=True)
class AnswerCorrection:
    answer: Answer
    reason: str


Act = (
    MoveAct
    | Give
    | Remark
    | Note
    | Rewrite
    | Resolve
    | SetDate
    | AskTime
    | Decide
    | TakeBackAsking
    | ChangeKind
    | Follow
    | HandOver
    | CorrectSent
    | AskCorrection
    | AnswerCorrection
)


@dataclass(frozen=True)
class StoryStep:
    """One act on one day. `who` is a sign-in name, or "head of …" with a unit's short name."""

    on: date
    who: str
    where: Where
    act: Act


def d(day: int, month: int = 5) -> date:
    """A day of 2024."""
    return date(2024, month, day)


def head(unit: str) -> str:
    """Who heads a unit."""
    return f"head of {unit}"


def steps(where: Where, *acts: tuple[date, Act] | tuple[date, Act, str]) -> tuple[StoryStep, ...]:
    """What happened to one duty: (day, act), by the head of its unit unless a third names who."""
    return tuple(StoryStep(on, next(iter(who), head(where.unit)), where, act) for on, act, *who in acts)
