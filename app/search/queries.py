"""What a query finds for one person: duties, units, documents and notes, the best first."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from app.board import queries as board
from app.board.models import Card
from app.board.note_models import CardNote
from app.board.queries import Row
from app.core.actor import Actor
from app.core.database import position
from app.evidence.models import Evidence
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action, Plan
from app.search.models import Found, SearchEntry
from app.search.words import exact_key, groups, key

MOST = {Found.UNIT: 5, Found.DUTY: 20, Found.EVIDENCE: 10, Found.NOTE: 10}  # so that no kind crowds out another
_EXACT, _PHRASE, _WORDS = 0, 1, 2
_ORDER = (Found.UNIT, Found.DUTY, Found.EVIDENCE, Found.NOTE)


@dataclass(frozen=True)
class Hit:
    """One found thing: where it matched, its words, and the card it leads to (None for a unit)."""

    kind: Found
    rank: int
    text: str
    number: str | None
    unit_id: int | None
    row: Row | None


def search(actor: Actor, said: str, abbreviations: Path | None = None) -> list[Hit]:
    """The first hits for `said`: those with its very accents, then its very phrase, then all of its words."""
    wanted = groups(said, abbreviations)
    if not wanted:
        return []
    named = [_units_saying(forms) for forms in wanted]
    hits = [*_units(said, wanted), *_duties(actor, said, wanted, named)]
    for kind in (Found.EVIDENCE, Found.NOTE):
        hits += _texts(actor, said, wanted, kind)
    return sorted(hits, key=lambda hit: (hit.rank, _ORDER.index(hit.kind)))


def _says(forms: tuple[str, ...]) -> Any:
    return or_(*(position(SearchEntry.folded, form) > 0 for form in forms))


def _rank(said: str) -> Any:
    exact, phrase = exact_key(said).rstrip(), key(said).rstrip()
    return case(
        (position(SearchEntry.exact, exact) > 0, _EXACT),
        (position(SearchEntry.folded, phrase) > 0, _PHRASE),
        else_=_WORDS,
    ).label("rank")


def _units_saying(forms: tuple[str, ...]) -> set[int]:
    return set(db.session.scalars(select(SearchEntry.subject_id).where(SearchEntry.kind == Found.UNIT, _says(forms))))


def _units(said: str, wanted: list[tuple[str, ...]]) -> list[Hit]:
    query = (
        select(Unit.id, Unit.name, _rank(said))
        .join(SearchEntry, and_(SearchEntry.subject_id == Unit.id, SearchEntry.kind == Found.UNIT))
        .where(*map(_says, wanted))
        .order_by("rank", Unit.sort_order, Unit.sort_key)
        .limit(MOST[Found.UNIT])
    )
    return [Hit(Found.UNIT, rank, name, None, unit_id, None) for unit_id, name, rank in db.session.execute(query)]


def _duties(actor: Actor, said: str, wanted: list[tuple[str, ...]], named: list[set[int]]) -> list[Hit]:
    """Cards of which the clause and the unit together say everything.

    Of a duty of many units one card comes first, the actor's own if there is one; the others follow when every other
    duty that was found has been named, so that one duty of 21 wards does not fill the page.
    """
    own = case((Card.unit_id.in_(actor.unit_ids), 0), else_=1)
    turn = func.row_number().over(partition_by=Action.id, order_by=(own, Card.id))
    parts = [
        or_(_says(forms), Card.unit_id.in_(units)) if units else _says(forms)
        for forms, units in zip(wanted, named, strict=True)
    ]
    query = (
        select(Card.id, _rank(said))
        .join(Action, Action.id == Card.action_id)
        .join(SearchEntry, and_(SearchEntry.subject_id == Action.id, SearchEntry.kind == Found.DUTY))
        .join(Plan, Plan.id == Card.plan_id)
        .where(*parts)
        .order_by("rank", Plan.year.desc(), Plan.id.desc(), turn, Action.position, Card.id)
        .limit(MOST[Found.DUTY])
    )
    ranks: dict[int, int] = dict(db.session.execute(query).all())
    rows = {row.id: row for row in board.some(ranks)}
    return [Hit(Found.DUTY, rank, rows[i].duty or rows[i].text, None, None, rows[i]) for i, rank in ranks.items()]


def _texts(actor: Actor, said: str, wanted: list[tuple[str, ...]], kind: Found) -> list[Hit]:
    """Documents and notes; the words that stay with a unit are found by those who read them."""
    readable = [SearchEntry.unit_id.is_(None)]
    if not (actor.coordinates or actor.presides or actor.is_system):
        readable += [SearchEntry.unit_id.in_(actor.unit_ids), Card.unit_id.in_(actor.unit_ids)]
    query = (
        select(SearchEntry.kind, SearchEntry.card_id, _rank(said), _words(), Evidence.number)
        .join(Card, Card.id == SearchEntry.card_id)
        .outerjoin(Evidence, and_(Evidence.id == SearchEntry.subject_id, SearchEntry.kind == Found.EVIDENCE))
        .outerjoin(CardNote, and_(CardNote.id == SearchEntry.subject_id, SearchEntry.kind == Found.NOTE))
        .where(SearchEntry.kind == kind, *map(_says, wanted))
        .order_by("rank", SearchEntry.id.desc())
        .limit(MOST[kind])
    )
    if not (actor.coordinates or actor.presides or actor.is_system):
        query = query.where(or_(*readable))
    found = db.session.execute(query).all()
    rows = {row.id: row for row in board.some({hit.card_id for hit in found})}
    return [Hit(hit.kind, hit.rank, hit.words or "", hit.number, None, rows[hit.card_id]) for hit in found]


def _words() -> Any:
    return func.coalesce(Evidence.summary, CardNote.text).label("words")
