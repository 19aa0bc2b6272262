"""Reads an official plan: the bytes of its file in, a draft of its clauses and duties out."""

from collections.abc import Mapping

from app.formats.plan_reader.errors import SENTENCES, Problem, Unreadable
from app.formats.plan_reader.known import known_aliases
from app.formats.plan_reader.model import (
    EVERY_WARD,
    Leftover,
    LeftoverReason,
    Place,
    PlanPart,
    ReadClause,
    ReadClauseKind,
    ReadDuty,
    ReadKind,
    ReadPlan,
    ReadUnit,
    Split,
)
from app.formats.plan_reader.passages import Passage, PassageMark, Piece, passages
from app.formats.plan_reader.serial import from_dict, to_dict, to_json

__all__ = [
    "EVERY_WARD",
    "MAX_BYTES",
    "SENTENCES",
    "Leftover",
    "LeftoverReason",
    "Passage",
    "PassageMark",
    "Piece",
    "Place",
    "PlanPart",
    "Problem",
    "ReadClause",
    "ReadClauseKind",
    "ReadDuty",
    "ReadKind",
    "ReadPlan",
    "ReadUnit",
    "Split",
    "Unreadable",
    "from_dict",
    "known_aliases",
    "passages",
    "read_item",
    "read_plan",
    "to_dict",
    "to_json",
]

MAX_BYTES = 25 * 1024 * 1024


def read_plan(
    data: bytes, filename: str, *, aliases: Mapping[str, str] | None = None, max_bytes: int = MAX_BYTES
) -> ReadPlan:
    """The plan in a .txt, .docx or .pdf file, as far as it can be read without a person.

    `aliases` maps a unit's written (or folded) name to its official one; without it the known units are used.
    Raises Unreadable, and nothing else, for a file that is no readable plan.
    """
    from app.formats.plan_reader import reader  # late: most processes only carry drafts, and its parts are large

    return reader.read(data, filename, known_aliases() if aliases is None else aliases, max_bytes)


def read_item(text: str, address: str, *, aliases: Mapping[str, str], year: int | None) -> ReadDuty:
    """What the words of the clause at `address` ask for by themselves; its leading units may be none.

    `aliases` maps written (or folded) names of units to official ones; `year` completes dates without one.
    """
    from app.formats.plan_reader import actions, units  # late, as above

    return actions.read_item(text, address, units.UnitReader(aliases), year)
