"""Keeps the shadow rows: whatever is flushed is indexed in the same transaction, by a listener nobody can forget."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, event, insert, select
from sqlalchemy.orm import Session

from app.cards.notes.models import CardNote, NoteKind
from app.evidence.models import Evidence
from app.organisation.models import Unit, UnitAlias
from app.plans.models import Action, Clause
from app.search.models import FoundKind, SearchEntry
from app.search.words import exact_key, key

_ENTRY: Table = SearchEntry.__table__  # type: ignore[assignment]  # a declared class has a Table, not any FromClause
Row = dict[str, Any]


def refresh(connection: Connection, kind: FoundKind, ids: set[int]) -> None:
    """Write the shadow rows of some subjects anew."""
    connection.execute(delete(_ENTRY).where(_ENTRY.c.kind == kind, _ENTRY.c.subject_id.in_(ids)))
    rows = list(_entries(connection, kind, ids))
    if rows:
        connection.execute(insert(_ENTRY), rows)


def _entries(connection: Connection, kind: FoundKind, ids: Iterable[int]) -> Iterator[Row]:
    query, said = {
        FoundKind.DUTY: _duties,
        FoundKind.UNIT: _units,
        FoundKind.EVIDENCE: _documents,
        FoundKind.NOTE: _notes,
    }[kind]()
    column = query.selected_columns[0]
    for row in connection.execute(query.where(column.in_(ids))).all():
        texts, more = said(connection, row)
        text = " | ".join(filter(None, texts))
        blank = {"card_id": None, "unit_id": None}
        yield blank | {"kind": kind, "subject_id": row[0], "folded": key(text), "exact": exact_key(text)} | more


def _duties() -> tuple[Any, Any]:
    said = (Clause.address, Action.duty, Clause.text, Action.due_wording)  # a remedy is found by its conclusion too
    query = select(Action.id, *said).join(Clause, Clause.id == Action.clause_id)
    return query, lambda _connection, row: (row[1:], {})


def _units() -> tuple[Any, Any]:
    def said(connection: Connection, row: Any) -> tuple[Any, Row]:
        aliases = connection.scalars(select(UnitAlias.alias).where(UnitAlias.unit_id == row.id))
        return (row.name, row.short_name, *aliases), {"unit_id": row.id}

    return select(Unit.id, Unit.name, Unit.short_name), said


def _documents() -> tuple[Any, Any]:
    query = select(Evidence.id, Evidence.card_id, Evidence.number, Evidence.summary)
    return query, lambda _connection, row: ((row.number, row.summary), {"card_id": row.card_id})


def _notes() -> tuple[Any, Any]:
    replaced = select(CardNote.corrects_id).where(CardNote.corrects_id.is_not(None))
    query = select(
        CardNote.id, CardNote.card_id, CardNote.unit_id, CardNote.kind, CardNote.text, CardNote.document_number
    )

    def said(_connection: Connection, row: Any) -> tuple[Any, Row]:
        whose = None if NoteKind(row.kind).is_open_to_all else row.unit_id
        return (row.document_number, row.text), {"card_id": row.card_id, "unit_id": whose}

    return query.where(CardNote.id.not_in(replaced)), said


@event.listens_for(Session, "after_flush")
def _index_rows(session: Session, _context: Any) -> None:
    touched: dict[FoundKind, set[int]] = {}
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind, subject_id in _subjects(row):
            touched.setdefault(kind, set()).add(subject_id)
    for kind, ids in touched.items():
        refresh(session.connection(), kind, ids)


def _subjects(row: Any) -> Iterator[tuple[FoundKind, int]]:
    if isinstance(row, Action):
        yield FoundKind.DUTY, row.id
    elif isinstance(row, Unit):
        yield FoundKind.UNIT, row.id
    elif isinstance(row, UnitAlias):
        yield FoundKind.UNIT, row.unit_id
    elif isinstance(row, Evidence):
        yield FoundKind.EVIDENCE, row.id
    elif isinstance(row, CardNote):
        yield from ((FoundKind.NOTE, i) for i in (row.id, row.corrects_id) if i is not None)
