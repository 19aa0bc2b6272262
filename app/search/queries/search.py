"""What a query finds for one person: duties, units, documents and notes, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.cards.models import Card
from app.cards.queries import rows as board
from app.cards.queries.rows import Row
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.extensions import db
from app.search.models import FoundKind
from app.search.queries import statements
from app.search.queries.statements import EXACT, MOST, PHRASE, WORDS
from app.search.words import groups

_ORDER = (FoundKind.UNIT, FoundKind.DUTY, FoundKind.EVIDENCE, FoundKind.NOTE)


@dataclass(frozen=True)
class Hit:
    """One found thing: where it matched, its words, and the card it leads to (None for a unit)."""

    kind: FoundKind
    rank: int
    text: str
    number: str | None
    unit_id: int | None
    row: Row | None


def search(actor: Actor, said: str, abbreviations: Path | None = None, kept: str = "") -> list[Hit]:
    """The first hits for `said`: those with its very accents, then its very phrase, then all of its words; those of
    one rank by plan.
    """
    wanted = groups(said, abbreviations, kept)
    if not wanted:
        return []
    asked: dict[str, Any] = {**statements.parameters(said, wanted), "own": sorted(actor.unit_ids)}
    units, named = _units(said, wanted)
    duties = _duties(asked, tuple(map(len, wanted)), named)
    texts = [(kind, hit) for kind in (FoundKind.EVIDENCE, FoundKind.NOTE) for hit in _texts(actor, asked, wanted, kind)]
    rows = {row.id: row for row in board.some({*duties, *(hit.card_id for _kind, hit in texts)})}
    hits = [
        *units,
        *(Hit(FoundKind.DUTY, rank, rows[i].duty or rows[i].text, None, None, rows[i]) for i, rank in duties.items()),
        *(Hit(kind, hit.rank, hit.words or "", hit.number, None, rows[hit.card_id]) for kind, hit in texts),
    ]
    return sorted(hits, key=lambda hit: (hit.rank, _ORDER.index(hit.kind), -hit.row.plan_id if hit.row else 0))


def plans_led(hits: Iterable[Hit]) -> dict[int, set[int]]:
    """For each unit that was found, the plans in which it leads a duty."""
    units = [hit.unit_id for hit in hits if hit.unit_id is not None]
    query = select(Card.unit_id, Card.plan_id).where(Card.unit_id.in_(units)).distinct()
    led: dict[int, set[int]] = {unit_id: set() for unit_id in units}
    for unit_id, plan_id in db.session.execute(query) if units else ():
        led[unit_id].add(plan_id)
    return led


def _units(said: str, wanted: Sequence[Sequence[str]]) -> tuple[list[Hit], list[set[int]]]:
    """The units that say everything, and for each part of the query those that say it.

    Units are few: they are read once and compared here, not once by the database for each part.
    """
    everybody = db.session.execute(statements.units()).all()
    named = [{unit.id for unit in everybody if any(form in unit.folded for form in forms)} for forms in wanted]
    exact, phrase = statements.keys(said)

    def rank(unit: Any) -> int:
        return EXACT if exact in unit.exact else PHRASE if phrase in unit.folded else WORDS

    found = [unit for unit in everybody if all(unit.id in those for those in named)]
    hits = [Hit(FoundKind.UNIT, rank(unit), unit.name, None, unit.id, None) for unit in found]
    return sorted(hits, key=lambda hit: hit.rank)[: MOST[FoundKind.UNIT]], named


def _duties(asked: dict[str, Any], shape: statements.Shape, named: list[set[int]]) -> dict[int, int]:
    """Card id → rank of the cards of which clause and unit together say everything, the first ones in their order."""
    query = statements.duties(shape, tuple(map(bool, named)))
    asked = asked | {f"units{n}": sorted(units) for n, units in enumerate(named) if units}
    return dict(db.session.execute(query, asked).all())


def _texts(actor: Actor, asked: dict[str, Any], wanted: Sequence[Sequence[str]], kind: FoundKind) -> list[Any]:
    """Documents and notes; the words that stay with a unit are found by those who read them."""
    sees_all = can(actor, Permission.NOTES_READ_ALL)
    query = statements.texts(kind, tuple(map(len, wanted)), sees_all)
    return list(db.session.execute(query, asked))
