"""Cached rows of a plan, refreshed from the audit log.

Every change of a card is audited, so the log entries since the last read name the cards to read again: a board of ten
thousand is read once, and after that card by card. Rows are frozen dataclasses; no ORM object is kept.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.core.audit import AuditEntry, AuditHead
from app.core.lru import Lru
from app.extensions import db

MOST_ROWS = 40_000  # of all plans together
MOST_CHANGES = 500  # beyond that the plan is read afresh
_MOST_READ = 4_000  # entries of the log: a plan that is put up makes hundreds
_MADE = frozenset({"Action", "Card", "Clause", "CoordinatingUnit", "Plan", "Unit"})  # when a plan is put up
# Rows quote these; a change of one may touch any number of cards.
_QUOTED = frozenset({"Action", "Clause", "CoordinatingUnit", "Person", "Plan", "Unit"})
_HEAD = select(AuditHead.__table__.c.sequence, AuditHead.__table__.c.hash)
_READ = "plans read"  # in a session: its transaction, and what was read in it
_CARD_ID = re.compile(r'"card_id":\[[^\]]*?(\d+)\]')


@dataclass(frozen=True, eq=False)
class Family:
    """What the snapshots of a plan have in common while the same cards stand in one order under the same names.

    `key` names the plan, `places` says where each card stands. `quoted` is for what is read of names and clauses.
    """

    key: tuple[str, int]
    places: dict[int, int]
    quoted: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The rows of one plan in their order, as of one entry of the log."""

    sequence: int
    hash: str
    rows: list[Any]
    family: Family


kept: Lru[tuple[str, int], Snapshot] = Lru(MOST_ROWS)


def snapshot_of(plan_id: int, read: Callable[[Iterable[int] | None], list[Any]]) -> Snapshot:
    """The rows of a plan, from the cache where it is current. Treat as read-only.

    `read(None)` fetches all rows of the plan, `read(card_ids)` those of some cards.
    """
    session = db.session()
    key = (str(db.engine.url), plan_id)
    if "change" in session.info:  # what is not committed is nobody else's business
        return _whole(0, "", key, read(None))
    begun, read_here = session.info.get(_READ, (None, {}))
    if begun is session.get_transaction() and key in read_here:
        return read_here[key]  # one transaction is told one state of a plan, and asks for it once
    found = _as_of_now(session, key, plan_id, read)
    here = session.get_transaction()
    session.info[_READ] = (here, (read_here if begun is here else {}) | {key: found})
    return found


def _as_of_now(session: Any, key: tuple[str, int], plan_id: int, read: Callable[..., list[Any]]) -> Snapshot:
    head = session.connection().execute(_HEAD).one()
    known = kept.get(key)
    if known is not None and known.hash == head.hash:
        return known
    touched = None if known is None else touched_since(plan_id, known.sequence, known.hash)
    fresh = (
        _patched(known, plan_id, head, read(touched), touched) if known is not None and touched is not None else None
    )
    found = fresh or _whole(head.sequence, head.hash, key, read(None))
    kept.put(key, found, max(1, len(found.rows)))
    return found


def touched_since(plan_id: int, sequence: int, digest: str) -> set[int] | None:
    """The cards that the log names after the entry `sequence` with hash `digest`; None where that cannot be told.

    Cards of other plans may be among them. A plan that was put up meanwhile is no change of this one.
    """
    entry = AuditEntry.__table__.c
    query = (
        select(entry.sequence, entry.hash, entry.subject_type, entry.subject_id, entry.changes)
        .where(entry.sequence >= sequence)
        .order_by(entry.sequence)
        .limit(_MOST_READ + 1)
    )
    entries = db.session.connection().execute(query).all()
    if not entries or entries[0].hash != digest or len(entries) > _MOST_READ:
        return None  # another history (a restored copy), or too much of it
    news = without_new_plans(plan_id, entries[1:])
    if len(news) > MOST_CHANGES:
        return None
    touched: set[int] = set()
    for said in news:
        if said.subject_type in _QUOTED:
            return None
        if said.subject_type == "Card":
            touched.add(int(said.subject_id))
        touched.update(map(int, _CARD_ID.findall(said.changes)))
    return touched


def without_new_plans(plan_id: int, entries: Sequence[Any]) -> list[Any]:
    """`entries` without those that only made rows of other plans, and units: no row of this plan quotes them."""
    made = {id(entry): json.loads(entry.changes) for entry in entries if entry.subject_type in _MADE}
    actions = {
        entry.subject_id
        for entry in entries
        if entry.subject_type == "Action" and _made_for(made[id(entry)], "plan_id") not in (None, plan_id)
    }

    def is_elsewhere(entry: Any) -> bool:
        if entry.subject_type not in _MADE:
            return False
        changes = made[id(entry)]
        if entry.subject_type == "Plan":
            return bool(entry.subject_id != str(plan_id))
        if entry.subject_type == "Unit":
            return _made_for(changes, "name") is not None
        if entry.subject_type == "CoordinatingUnit":
            return str(_made_for(changes, "action_id")) in actions
        return _made_for(changes, "plan_id") not in (None, plan_id)

    return [entry for entry in entries if not is_elsewhere(entry)]


def _made_for(changes: dict[str, Any], name: str) -> Any:
    """What a row that is new says of `name`; None for a row that was there before."""
    before, now = changes.get(name) or (None, None)
    return now if before is None else None


def _patched(known: Snapshot, plan_id: int, head: Any, found: list[Any], touched: set[int]) -> Snapshot | None:
    """`known` with the touched cards as they are now; None where a card came, went or changed its place."""
    places = known.family.places
    fresh = {row.id: row for row in found if row.plan_id == plan_id}
    if fresh.keys() != touched & places.keys():
        return None
    rows = list(known.rows)
    for card_id, row in fresh.items():
        place = places[card_id]
        if rows[place].unit_id != row.unit_id:
            return None
        rows[place] = row
    return Snapshot(head.sequence, head.hash, rows, known.family)


def _whole(sequence: int, digest: str, key: tuple[str, int], rows: list[Any]) -> Snapshot:
    places = {row.id: place for place, row in enumerate(rows)}
    return Snapshot(sequence, digest, rows, Family(key, places))
