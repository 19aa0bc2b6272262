"""What the reader gave, as the rows of a draft. Pure: values in and out, no row is written here."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.vietnamese import fold
from app.formats.plan_reader import EVERY_WARD, ReadKind, ReadUnit
from app.formats.plan_reader import ReadDuty as Reading
from app.formats.plan_reader import ReadPlan as Draft
from app.plans.models import ActionKind, DueLevel

KINDS = {
    ReadKind.DATED: ActionKind.DATED,
    ReadKind.WITHIN_YEAR: ActionKind.WITHIN_YEAR,
    ReadKind.STANDING: ActionKind.STANDING,
}


def duty_values(reading: Reading, origin: int, ids: Mapping[str, int]) -> dict[str, Any]:
    """The columns of the duty that the `origin`-th `reading` of a document gives; `ids` are units by folded name."""
    return {
        "clause": reading.clause,
        "origin": origin,
        "wording": reading.duty,
        "leads": named(reading.lead, ids),
        "coordinating": named(reading.coordinating, ids),
        "kind": KINDS[reading.kind],
        "is_request": reading.request,
        "due_on": reading.deadline,
        "due_level": DueLevel.UBND if reading.deadline else None,
        "due_basis": reading.deadline_wording,
        "starts_on": reading.starts_on,
        "splits": [split.text for split in reading.suggested_splits],
    }


def named(names: Sequence[ReadUnit], ids: Mapping[str, int]) -> list[list[Any]]:
    """Each name with the id of its unit, or None where the list of units has no such name."""
    return [[ids.get(fold(name.name)) if name.name != EVERY_WARD else None, name.name] for name in names]


def leftover_values(draft: Draft) -> list[dict[str, Any]]:
    """The columns of what was not understood, each with the clause in which it stands."""
    return [
        {
            "reason": left.reason.value,
            "text": left.text,
            "begins": left.place.start,
            "ends": left.place.end,
            "clause": clause_at(draft, left.place.start),
        }
        for left in draft.leftovers
    ]


def clause_at(draft: Draft, offset: int) -> str | None:
    """The address of the clause that holds the character at `offset` of the source."""
    return next((c.address for c in draft.clauses if c.place.start <= offset < c.place.end), None)
