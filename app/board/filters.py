"""What is chosen in the address of the board and the list: which duties are kept, and in which groups they stand."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.board.views.card import TIMELINESS_WORDS, Today, tells
from app.cards.moves import STATUS_WORDS
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor
from app.core.vietnamese import fold
from app.organisation.models import UnitKind
from app.plans.models import ActionKind
from app.plans.words import DUTY_KIND_WORDS

Pairs = tuple[tuple[Any, Any], ...]


class UnitGroup(StrEnum):
    """The kinds of unit as offices speak of them."""

    CITY = "city"
    WARD = "ward"
    COMMUNE = "commune"
    ASKED = "asked"  # bodies outside UBND: asked, not ordered


class EvidenceState(StrEnum):
    NONE = "none"
    UNSEEN = "unseen"
    LACKING = "lacking"
    VALID = "valid"


class Source(StrEnum):
    """Who asks for a duty."""

    PLAN = "plan"
    INSPECTION = "inspection"


class Grouping(StrEnum):
    UNIT = "unit"
    PART = "part"


UNIT_GROUP_WORDS = {
    UnitGroup.CITY: _l("Cấp thành phố"),
    UnitGroup.WARD: _l("Phường"),
    UnitGroup.COMMUNE: _l("Xã"),
    UnitGroup.ASKED: _l("Đề nghị"),
}
EVIDENCE_WORDS = {
    EvidenceState.NONE: _l("Chưa có"),
    EvidenceState.UNSEEN: _l("Chưa xem"),
    EvidenceState.LACKING: _l("Cần bổ sung"),
    EvidenceState.VALID: _l("Hợp lệ"),
}
SOURCE_WORDS = {Source.PLAN: _l("Từ kế hoạch"), Source.INSPECTION: _l("Từ kiểm tra")}
GROUPING_WORDS = {None: _l("Không nhóm"), Grouping.UNIT: _l("Đơn vị"), Grouping.PART: _l("Mục kế hoạch")}


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: pairs of value and words."""

    units: Pairs = ()
    clauses: Pairs = ()

    @property
    def short_clauses(self) -> Pairs:
        """Headings cut to what a list of choices can show."""
        return tuple((address, f"{address}. {text[:60]}" if address else text) for address, text in self.clauses)

    @property
    def groupings(self) -> Pairs:
        return tuple(GROUPING_WORDS.items())

    @property
    def unit_kinds(self) -> Pairs:
        return _offered(UNIT_GROUP_WORDS)

    @property
    def kinds(self) -> Pairs:
        return _offered(DUTY_KIND_WORDS)

    @property
    def statuses(self) -> Pairs:
        return _offered(STATUS_WORDS)

    @property
    def timelinesses(self) -> Pairs:
        return _offered(TIMELINESS_WORDS)

    @property
    def evidences(self) -> Pairs:
        return _offered(EVIDENCE_WORDS)

    @property
    def sources(self) -> Pairs:
        return _offered(SOURCE_WORDS)


def _offered(words: dict[Any, Any]) -> Pairs:
    return ("", _("Tất cả")), *((member.value, said) for member, said in words.items())


@dataclass(frozen=True)
class Filters:
    """What is chosen; `plan` is None over several plans. `clause` is an address with all that stands under it."""

    plan: int | None = None
    unit: int | None = None
    unit_kind: UnitGroup | None = None
    clause: str = ""
    kind: ActionKind | None = None
    status: Status | None = None
    timeliness: Timeliness | None = None
    evidence: EvidenceState | None = None
    source: Source | None = None
    text: str = ""
    group: Grouping | None = None
    choices: Choices = Choices()

    @property
    def chosen(self) -> "Filters":
        """The same choice without what there was to choose from: what a choice is known by."""
        return replace(self, plan=None, choices=Choices())

    @property
    def active(self) -> bool:
        """Whether anything is chosen; an arrangement is no choice."""
        return bool(self.unit or self.narrowed)

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the unit is chosen."""
        return any(
            (
                self.unit_kind,
                self.clause,
                self.kind,
                self.status,
                self.timeliness,
                self.evidence,
                self.source,
                self.text,
            )
        )

    @property
    def query(self) -> dict[str, Any]:
        """The choice as the address carries it; no unit is said as such, so that it is not taken for one's own."""
        names = ("plan", "unit_kind", "clause", "kind", "status", "timeliness", "evidence", "source", "text", "group")
        chosen = {name: getattr(self, name) for name in names}
        return {"unit": self.unit or ""} | {name: value for name, value in chosen.items() if value}

    @property
    def personal(self) -> bool:
        """Whether what is kept depends on who asks, not on their roles alone: rights to remarks may."""
        return self.evidence is not None

    @property
    def is_plain(self) -> bool:
        """Whether the address chooses and arranges nothing: there is nothing to keep."""
        return replace(self, plan=None).query == {"unit": ""}

    @property
    def shares(self) -> bool:
        """Whether duties of all wards stand apart as parent rows: not where one unit's duties are shown."""
        return self.unit is None and self.group is not Grouping.UNIT

    def keeps(self, actor: Actor, row: Row, today: Today) -> bool:
        """Whether `row` is among what was chosen, as far as `actor` may know; its unit aside."""
        return (
            (self.unit_kind is None or unit_group(row) is self.unit_kind)
            and (not self.clause or f"{row.code}.".startswith(f"{self.clause}."))
            and (self.kind is None or (row.kind is self.kind and not row.is_request))
            and (self.status is None or row.status is self.status)
            and (self.evidence is None or self.evidence in evidence_states(actor, row))
            and (self.source is None or self.source is source_of(row))
            and (not self.text or _says(row, self.text))
            and (self.timeliness is None or (is_judged(row) and today.timeliness(row) is self.timeliness))
        )


def unit_group(row: Row) -> UnitGroup:
    """The group that the unit of `row` belongs to; a request stands with what is asked."""
    if row.is_request:
        return UnitGroup.ASKED
    return {UnitKind.WARD: UnitGroup.WARD, UnitKind.COMMUNE: UnitGroup.COMMUNE}.get(row.unit.kind, UnitGroup.CITY)


def source_of(row: Row) -> Source:
    """Who asks for `row`."""
    return Source.INSPECTION if row.is_remedy else Source.PLAN


def evidence_states(actor: Actor, row: Row) -> set[EvidenceState]:
    """The states of the documents of `row`; what is lacking counts as unseen for those who may not read remarks."""
    if not row.evidence_total:
        return {EvidenceState.NONE}
    lacking = row.evidence_lacking if tells(actor, row) else 0
    states = {EvidenceState.LACKING} if lacking else set()
    if row.evidence_valid == row.evidence_total:
        states.add(EvidenceState.VALID)
    if row.evidence_valid + lacking < row.evidence_total:
        states.add(EvidenceState.UNSEEN)
    return states


def is_judged(row: Row) -> bool:
    """Whether `row` has a timeliness at all: a request and Không thực hiện have none."""
    return not row.is_request and row.status is not Status.DROPPED


def is_given(row: Row) -> bool:
    """Whether `row` stands in the plan's totals."""
    return is_judged(row) and not row.is_remedy


def _says(row: Row, text: str) -> bool:
    wanted = fold(text)
    return any(
        wanted in _folded(said)
        for said in (row.code, row.duty or row.text, row.unit.name, row.unit.short_name, row.source or "")
    )


@lru_cache(maxsize=8_192)  # the words of duties and units repeat from row to row and from visit to visit
def _folded(said: str) -> str:
    return fold(said)
