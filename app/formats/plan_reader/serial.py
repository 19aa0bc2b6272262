"""A plan draft as plain JSON values, and back."""

import dataclasses
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.formats.plan_reader.model import ReadDuty, ReadPlan


def to_json(draft: ReadPlan) -> dict[str, Any]:
    """`draft` for the eyes of other programs: facts, clauses and actions, units under their official names."""
    return {
        "title": draft.title,
        "issuer": draft.issuer,
        "number": draft.number,
        "number_suffix": draft.number_suffix,
        "date": draft.date,
        "year": draft.year,
        "signer": draft.signer,
        "legal_bases": list(draft.legal_bases),
        "common_contents": list(draft.common_contents),
        "clauses": [{"id": c.address, "kind": c.kind.value, "text": c.text} for c in draft.clauses],
        "actions": [_action(action) for action in draft.actions],
        "closing": draft.closing,
        "leftovers": [to_dict(leftover) for leftover in draft.leftovers],
    }


def _action(action: ReadDuty) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "clause": action.clause,
        "lead": [unit.name for unit in action.lead],
        "coordinating": [unit.name for unit in action.coordinating],
        "request": action.request,
        "deadline": action.deadline.isoformat() if action.deadline else None,
        "kind": action.kind.value,
    }
    if action.duty is not None:
        plain["duty"] = action.duty
    if action.deadline_wording is not None:
        plain["deadline_wording"] = action.deadline_wording
    return plain


def to_dict(value: Any) -> Any:
    """A dataclass of the model as JSON values that keep every fact; `from_dict` is its inverse."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_dict(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_dict(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_dict(plain: dict[str, Any]) -> ReadPlan:
    """The draft that `to_dict` made `plain` of. Raises KeyError, TypeError or ValueError on anything else."""
    draft = _build(ReadPlan, plain)
    if not isinstance(draft, ReadPlan):
        raise TypeError(type(draft))
    return draft


def _build(kind: Any, plain: Any) -> Any:
    if plain is None or kind in (str, int, bool):
        return plain
    if isinstance(kind, UnionType):
        return _build(next(option for option in get_args(kind) if option is not type(None)), plain)
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in plain)
    if kind is date:
        return date.fromisoformat(plain)
    if issubclass(kind, Enum):
        return kind(plain)
    hints = get_type_hints(kind)
    return kind(**{name: _build(hint, plain[name]) for name, hint in hints.items()})
