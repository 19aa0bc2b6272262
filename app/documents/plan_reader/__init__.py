"""Reads an official plan: the bytes of its file in, a draft of its clauses and duties out."""

from app.documents.plan_reader.errors import Problem, Unreadable
from app.documents.plan_reader.model import (
    EVERY_WARD,
    Action,
    Clause,
    ClauseKind,
    Kind,
    Leftover,
    LeftoverReason,
    Part,
    Place,
    PlanDraft,
    Split,
    UnitName,
)
from app.documents.plan_reader.passages import Mark, Passage, Piece, passages
from app.documents.plan_reader.reader import MAX_BYTES, read_plan
from app.documents.plan_reader.serial import from_dict, to_dict, to_json
from app.documents.plan_reader.units import known_aliases

__all__ = [
    "EVERY_WARD",
    "MAX_BYTES",
    "Action",
    "Clause",
    "ClauseKind",
    "Kind",
    "Leftover",
    "LeftoverReason",
    "Mark",
    "Part",
    "Passage",
    "Piece",
    "Place",
    "PlanDraft",
    "Problem",
    "Split",
    "UnitName",
    "Unreadable",
    "from_dict",
    "known_aliases",
    "passages",
    "read_plan",
    "to_dict",
    "to_json",
]
