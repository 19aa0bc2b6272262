"""What the letters of an inspection say. Nothing here needs what writes files."""

from dataclasses import dataclass
from datetime import date

from app.formats.paper_head import SignatureBlock

NOBODY = SignatureBlock(())


@dataclass(frozen=True)
class LetterHead:
    """Who issues a letter and where it goes.

    ``issuing_body`` is in capitals, one line, or two where there is no ``superior_body``; ``issuer`` is the same body
    as a sentence names it. ``symbol`` is what follows the number ("TB-UBND"). ``sample`` marks every page as invented.
    """

    issuing_body: tuple[str, ...]
    issuer: str
    symbol: str
    place: str
    superior_body: str = ""
    signer: SignatureBlock = NOBODY
    recipients: tuple[str, ...] = ()
    sample: bool = False


@dataclass(frozen=True)
class Member:
    """One of the team: ``duty`` is "Trưởng đoàn", "Thư ký" or "Thành viên"."""

    name: str
    position: str = ""
    unit: str = ""
    duty: str = ""


@dataclass(frozen=True)
class AskedFigure:
    """A figure that a content asks for: its words and its unit ("người", "%", "vụ")."""

    label: str
    unit: str = ""
    by_sex: bool = False


@dataclass(frozen=True)
class Topic:
    """One content of the checklist. ``numbers_only``: figures and rates of women cadres, never lists of names."""

    title: str
    wording: str = ""
    figures: tuple[AskedFigure, ...] = ()
    numbers_only: bool = False


@dataclass(frozen=True)
class LegalBasis:
    """A document that is pointed to; number and day are blank until they are known."""

    number: str = ""
    issued_on: date | None = None


UNNUMBERED = LegalBasis()


@dataclass(frozen=True)
class Slot:
    """One visit on the calendar; ``time`` is "08:00" or blank. The self-report is asked for by ``report_due``."""

    unit: str
    on: date | None = None
    time: str = ""
    place: str = ""
    report_due: date | None = None


@dataclass(frozen=True)
class RoundData:
    """A round (đợt): ``form`` in words ("kiểm tra định kỳ"), ``basis`` one legal basis a line."""

    name: str
    form: str = ""
    basis: str = ""
    period_from: date | None = None
    period_to: date | None = None
    plan: LegalBasis = UNNUMBERED
    decision: LegalBasis = UNNUMBERED
    report_due_days: int = 0
    members: tuple[Member, ...] = ()
    topics: tuple[Topic, ...] = ()
    slots: tuple[Slot, ...] = ()
    source: str = ""  # where the checklist stands: "mục II.5 Kế hoạch"


@dataclass(frozen=True)
class FigureFound:
    """A figure as it was found; what was not counted is None."""

    label: str
    unit: str = ""
    total: float | None = None
    male: float | None = None
    female: float | None = None


@dataclass(frozen=True)
class Finding:
    """What the team found on one content. ``rating`` in words, blank where the content is not rated."""

    topic: str
    remark: str = ""
    figures: tuple[FigureFound, ...] = ()
    documents: str = ""
    rating: str = ""
    empty_reason: str = ""


@dataclass(frozen=True)
class Demand:
    """A recommendation: what is wrong, what is asked, of whom, by when."""

    demand: str
    unit: str
    shortcoming: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class VisitOutcome:
    """What one visit found. ``representatives`` one a line; ``notes`` are (name, remark) of members."""

    slot: Slot
    representatives: str = ""
    findings: tuple[Finding, ...] = ()
    strengths: str = ""
    shortcomings: str = ""
    causes: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    unit_opinion: str = ""
    conclusion: str = ""
    demands: tuple[Demand, ...] = ()
    minutes: LegalBasis = UNNUMBERED
