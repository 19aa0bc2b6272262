"""An installation used for years: the sample's board of 105, boards of 2 000 and 10 000, 15 000 finished duties."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Table, func, insert, select, update

from app.config import Config
from app.core import clock
from app.core.audit import AuditEntry, AuditHead, Happening, chained
from app.extensions import db
from app.sample.build import make_or_open
from app.search import index
from app.search.models import FoundKind

EARLIER_YEARS = (2019, 2020, 2021, 2022, 2023)
FINISHED_A_YEAR = 3_000
BOARD_OF_SAMPLE = 105
_BATCH = 5_000

Row = dict[str, Any]


@dataclass(frozen=True)
class Boards:
    """Where the measured boards are: size → id of the plan, and a card of each that can be moved to and fro."""

    plans: dict[int, int]
    cards: dict[int, int]


def build(data: Path, url: str, sizes: tuple[int, ...], *, history: bool = True) -> Boards:
    """Make the sample in `data`, clone its plan into boards of `sizes`, and finish the duties of earlier years."""
    app = make_or_open(Config(data, url, "bench" * 10))
    with app.app_context(), db.engine.begin() as connection:
        plans = {BOARD_OF_SAMPLE: 1}
        for size in sizes:
            if size != BOARD_OF_SAMPLE:
                plans[size] = Clone(connection, year=2023, title=f"Bảng {size} nhiệm vụ").make(size)
        for year in EARLIER_YEARS if history else ():
            finished = Clone(connection, year=year, title=f"Kế hoạch năm {year}", finished=True)
            finished.make(FINISHED_A_YEAR)
        _chain(connection)
        _number_on(connection)
        _index_clones(connection)
    return Boards(plans, _movable(app, plans))


def _index_clones(connection: Connection) -> None:
    """Let search find the copies, which were written past the session that keeps its shadow rows."""
    kinds = {
        FoundKind.DUTY: "action",
        FoundKind.UNIT: "unit",
        FoundKind.EVIDENCE: "evidence",
        FoundKind.NOTE: "card_note",
    }
    for kind, table in kinds.items():
        ids = sorted(connection.scalars(select(db.metadata.tables[table].c.id)))
        for start in range(0, len(ids), _BATCH):
            index.refresh(connection, kind, set(ids[start : start + _BATCH]))


class Clone:
    """Copies the sample's plan, row by row, until there are as many cards as asked."""

    def __init__(self, connection: Connection, *, year: int, title: str, finished: bool = False) -> None:
        self.connection, self.year, self.title, self.finished = connection, year, title, finished

    def make(self, size: int) -> int:
        """The id of a new plan with `size` cards."""
        plan = self._rows("plan", 1)[0] | {"title": self.title, "year": self.year, "content_key": self.title}
        plan_id = self._next("plan")
        self._insert("plan", [plan | {"id": plan_id, "source_sha256": self.title}])
        copies = -(-size // BOARD_OF_SAMPLE)
        for number in range(copies):
            self._copy(plan_id, number, min(BOARD_OF_SAMPLE, size - number * BOARD_OF_SAMPLE))
        return plan_id

    def _copy(self, plan_id: int, number: int, cards: int) -> None:
        text = f" (đợt {number + 1})" if number else ""
        clause = self._next("clause") - 1
        action = self._next("action") - 1

        def clauses(row: Row) -> Row:
            parent = row["parent_id"]
            return {"plan_id": plan_id, "parent_id": parent and parent + clause, "text": row["text"] + text,
                    "position": row["position"] + number * 1_000}  # fmt: skip

        def actions(row: Row) -> Row:
            return {"plan_id": plan_id, "clause_id": row["clause_id"] + clause,
                    "position": row["position"] + number * 1_000}  # fmt: skip

        self._shift("clause", 1, clauses)
        self._shift("action", 1, actions)
        self._shift("coordinating_unit", 1, lambda row: {"action_id": row["action_id"] + action})
        self._cards(plan_id, action, cards)

    def _cards(self, plan_id: int, action: int, cards: int) -> None:
        first = self._next("card") - 1
        closed = {"status": "done", "finished_on": date(self.year, 11, 30), "feedback": None} if self.finished else {}
        rows = self._rows("card", 1)[:cards]
        ids = {row["id"] for row in rows}
        fresh = [{"id": r["id"] + first, "plan_id": plan_id, "action_id": r["action_id"] + action} for r in rows]
        self._insert("card", [row | more | closed for row, more in zip(rows, fresh, strict=True)])
        for name in ("evidence", "card_event"):
            offset = self._next(name) - 1
            table = _table(name)
            found = self.connection.execute(select(table).where(table.c.card_id.in_(ids)).order_by(table.c.id))
            copied = [dict(row._mapping) for row in found]
            moved = [row | {"id": row["id"] + offset, "card_id": row["card_id"] + first} for row in copied]
            undone = [row | {"undoes_id": row["undoes_id"] and row["undoes_id"] + offset} if "undoes_id" in row else row
                      for row in moved]  # fmt: skip
            self._insert(name, undone)

    def _shift(self, name: str, plan_id: int, changed: Callable[[Row], Row]) -> None:
        offset = self._next(name) - 1
        rows = self._rows(name, plan_id)
        self._insert(name, [row | changed(row) | {"id": row["id"] + offset} for row in rows])

    def _rows(self, name: str, plan_id: int) -> list[Row]:
        table, action = _table(name), _table("action")
        query = select(table).order_by(table.c.id)
        if name == "coordinating_unit":
            query = query.join(action, action.c.id == table.c.action_id).where(action.c.plan_id == plan_id)
        else:
            query = query.where(table.c.id == plan_id if name == "plan" else table.c.plan_id == plan_id)
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def _next(self, name: str) -> int:
        return int(self.connection.scalar(select(func.max(_table(name).c.id))) or 0) + 1

    def _insert(self, name: str, rows: list[Row]) -> None:
        for start in range(0, len(rows), _BATCH):
            self.connection.execute(insert(_table(name)), rows[start : start + _BATCH])


def _table(name: str) -> Table:
    return db.metadata.tables[name]


def _number_on(connection: Connection) -> None:
    """Let PostgreSQL's counters go on after the ids that were given by hand."""
    if connection.dialect.name != "postgresql":
        return
    for name in ("plan", "clause", "action", "coordinating_unit", "card", "evidence", "card_event"):
        newest = select(func.max(_table(name).c.id)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), newest)))


def _chain(connection: Connection) -> None:
    """Give each cloned event its line in the log, chained as the program does."""
    head = connection.execute(AuditHead.__table__.select()).one()
    events = _table("card_event")
    found = connection.execute(select(events.c.id, events.c.actor_id, events.c.card_id, events.c.kind))
    rows = chained(_happenings(found), clock.now(), head.sequence, head.hash)
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(AuditEntry), rows[start : start + _BATCH])
    last = rows[-1]
    connection.execute(update(AuditHead).values(sequence=last["sequence"], hash=last["hash"]))


def _happenings(events: Any) -> Iterator[Happening]:
    for event_id, actor_id, card_id, kind in events:
        yield Happening(
            actor_id, "card.move", "CardEvent", str(event_id), {"card_id": [None, card_id], "kind": [None, str(kind)]}
        )


def _movable(app: Flask, plans: dict[int, int]) -> dict[int, int]:
    """A card of each board that has not begun and that its unit was given: it can be moved to and fro."""
    cards, actions = _table("card"), _table("action")
    given = select(func.max(cards.c.id)).join(actions, actions.c.id == cards.c.action_id)
    given = given.where(cards.c.status == "todo", actions.c.is_request.is_(False), actions.c.kind != "standing")
    with app.app_context(), db.engine.connect() as connection:
        chosen = {size: connection.scalar(given.where(cards.c.plan_id == plan)) for size, plan in plans.items()}
    return {size: int(card) for size, card in chosen.items() if card is not None}
