"""The statements of a search, each built once for a shape of query: putting them together took longer than asking.

A text is found where it holds a form of each part of the query. `Shape` tells how many forms each part has; the forms
themselves go along as parameters (`parameters`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, null, or_, select

from app.cards.models import Card
from app.cards.notes.models import CardNote
from app.core.database import holds
from app.evidence.models import Evidence
from app.organisation.models import Unit
from app.plans.models import Action, Plan
from app.search.models import FoundKind, SearchEntry
from app.search.words import exact_key, key

Shape = tuple[int, ...]
EXACT, PHRASE, WORDS = 0, 1, 2
MOST = {
    FoundKind.UNIT: 5,
    FoundKind.DUTY: 20,
    FoundKind.EVIDENCE: 10,
    FoundKind.NOTE: 10,
}  # so that no kind crowds out another
_SHAPES = 64
# Tables and not classes: the rows are plain, and nothing of the session is wanted.
_ENTRY, _CARD, _ACTION, _PLAN, _UNIT = (model.__table__.c for model in (SearchEntry, Card, Action, Plan, Unit))
_DOCUMENT, _NOTE = Evidence.__table__, CardNote.__table__
_SUBJECTS: dict[FoundKind, tuple[Any, Any, Any]] = {
    FoundKind.EVIDENCE: (_DOCUMENT, _DOCUMENT.c.summary, _DOCUMENT.c.number),
    FoundKind.NOTE: (_NOTE, _NOTE.c.text, null()),
}


def parameters(said: str, wanted: Sequence[Sequence[str]]) -> dict[str, str]:
    """What the statements ask for: the query with its accents, its phrase, and each form of each part."""
    forms = {_name(part, n): form for part, forms in enumerate(wanted) for n, form in enumerate(forms)}
    exact, phrase = keys(said)
    return {"exact": exact, "phrase": phrase, **forms}


def keys(said: str) -> tuple[str, str]:
    """`said` as a text with its very accents holds it, and as one with its very phrase does."""
    return exact_key(said).rstrip(), key(said).rstrip()


@lru_cache(maxsize=1)
def units() -> Any:
    """Every unit with its keys, in the official order."""
    return (
        select(_UNIT.id, _UNIT.name, _ENTRY.folded, _ENTRY.exact)
        .where(_ENTRY.subject_id == _UNIT.id, _ENTRY.kind == FoundKind.UNIT)
        .order_by(_UNIT.sort_order, _UNIT.sort_key)
    )


@lru_cache(maxsize=_SHAPES)
def duties(shape: Shape, named: tuple[bool, ...]) -> Any:
    """Cards (id, rank) of which clause and unit together say everything; `units<n>` are the units that say part n.

    Each clause is compared once and kept. The first clauses are chosen before their cards are put in order: a clause
    may have twenty, and as many clauses as cards are asked for are enough. Plans take turns: none fills the page.
    """
    says, by_units = _says_all(shape), [n for n, units in enumerate(named) if units]
    clauses = (
        select(_ENTRY.subject_id, _rank(), *(says[n].label(f"says{n}") for n in by_units))
        .where(_ENTRY.kind == FoundKind.DUTY, *(says[n] for n in range(len(shape)) if n not in by_units))
        .cte("clauses")
        .prefix_with("MATERIALIZED", dialect="sqlite")
        .c
    )
    first = (
        select(*clauses, _PLAN.year, _PLAN.id.label("plan_id"), _nth(clauses).label("nth"))
        .where(_ACTION.id == clauses.subject_id, _PLAN.id == _ACTION.plan_id)
        .where(select(_CARD.id).where(*_wanted(clauses, by_units)).exists())
        .order_by(clauses.rank, "nth", _PLAN.year.desc(), _PLAN.id.desc())
        .limit(MOST[FoundKind.DUTY])
        .subquery()
        .c
    )
    return (
        select(_CARD.id, first.rank)
        .where(*_wanted(first, by_units))
        .order_by(first.rank, _turn(), first.nth, first.year.desc(), first.plan_id.desc(), _CARD.id)
        .limit(MOST[FoundKind.DUTY])
    )


def _wanted(clauses: Any, by_units: Sequence[int]) -> list[ColumnElement[bool]]:
    """What makes a card of a clause one that is asked for: what the clause does not say, its unit does."""
    unit_says = ((n, _CARD.unit_id.in_(bindparam(f"units{n}", expanding=True))) for n in by_units)
    return [_CARD.action_id == clauses.subject_id, *(or_(clauses[f"says{n}"], says) for n, says in unit_says)]


@lru_cache(maxsize=_SHAPES)
def texts(kind: FoundKind, shape: Shape, sees_all: bool) -> Any:
    """Documents or notes (card_id, rank, words, number). Words that stay with a unit: those of `own` units, unless all
    are seen."""
    first = (
        select(_ENTRY.id, _ENTRY.subject_id, _ENTRY.card_id, _rank())
        .where(_ENTRY.kind == kind, *_says_all(shape))
        .order_by("rank", _ENTRY.id.desc())
        .limit(MOST[kind])
    )
    if not sees_all:
        own: Any = bindparam("own", expanding=True)
        first = first.where(_CARD.id == _ENTRY.card_id)
        first = first.where(or_(_ENTRY.unit_id.is_(None), _ENTRY.unit_id.in_(own), _CARD.unit_id.in_(own)))
    found = first.subquery()
    subject, words, number = _SUBJECTS[kind]
    return (
        select(found.c.card_id, found.c.rank, words.label("words"), number.label("number"))
        .select_from(found.outerjoin(subject, subject.c.id == found.c.subject_id))
        .order_by(found.c.rank, found.c.id.desc())
    )


def _nth(clauses: Any) -> Any:
    """The place of a clause among those of its plan."""
    return func.row_number().over(partition_by=_PLAN.id, order_by=(clauses.rank, _ACTION.position))


def _turn() -> Any:
    """Of a duty of many units one card comes first, one of the `own` units if there is one.

    The others follow when every other duty that was found has been named: one duty of 21 wards does not fill the page.
    """
    own = case((_CARD.unit_id.in_(bindparam("own", expanding=True)), 0), else_=1)
    return func.row_number().over(partition_by=_CARD.action_id, order_by=(own, _CARD.id))


def _says_all(shape: Shape) -> list[ColumnElement[bool]]:
    return [
        or_(*(holds(_ENTRY.folded, bindparam(_name(part, n))) for n in range(forms)))
        for part, forms in enumerate(shape)
    ]


def _rank() -> Any:
    return case(
        (holds(_ENTRY.exact, bindparam("exact")), EXACT),
        (holds(_ENTRY.folded, bindparam("phrase")), PHRASE),
        else_=WORDS,
    ).label("rank")


def _name(part: int, form: int) -> str:
    return f"part{part}_{form}"
