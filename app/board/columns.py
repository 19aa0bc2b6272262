"""The columns of the board, each with the first of its cards; the rest is fetched as the column is scrolled."""

from dataclasses import dataclass
from typing import Any

from app.board.faces import Face, Today
from app.board.fragments import kept_face
from app.board.moves import STATUS_WORDS
from app.board.queries import Row
from app.board.state import COLUMNS, Status
from app.core.actor import Actor

COLUMN_CARDS = 100
ICONS = {
    Status.TODO: "circle-dashed",
    Status.DOING: "circle-play",
    Status.WAITING: "hourglass",
    Status.DONE: "circle-check",
}


@dataclass(frozen=True)
class Column:
    """`cards` are those from `start` on; `count` counts all of the column."""

    status: Status
    label: Any
    icon: str
    cards: list[Face]
    count: int
    start: int

    @property
    def following(self) -> int | None:
        """Where the next cards begin; None where the column ends here."""
        end = self.start + len(self.cards)
        return end if end < self.count else None


def columns(actor: Actor, rows: list[Row], today: Today, start: int, size: int) -> list[Column]:
    """The four columns of `rows`: own cards first, each part in its order; `size` cards from `start` on."""
    return [column(actor, status, rows, today, start, size) for status in COLUMNS]


def column(actor: Actor, status: Status, rows: list[Row], today: Today, start: int, size: int) -> Column:
    """One column of `rows`."""
    own = actor.unit_ids
    own_first = sorted((row for row in rows if row.status is status), key=lambda row: row.unit_id not in own)
    shown = own_first[start : start + size]
    faces = [kept_face(actor, row, today) for row in shown]
    return Column(status, STATUS_WORDS[status], ICONS[status], faces, len(own_first), start)
