"""The columns of the board, each with the first of its cards; the rest is fetched as the column is scrolled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.board.views.card import CardView, Today
from app.board.views.card_markup import kept_face
from app.board.views.layout import Arrangement
from app.cards.moves import STATUS_WORDS
from app.cards.queries.rows import Row
from app.cards.state import COLUMNS, Status
from app.core.actor import Actor

COLUMN_CARDS = 100  # a column of more is fetched as it is scrolled, so many at a time
WHOLE_BOARD = 200  # cards; of a board with more than these the page itself shows the first of each column
FIRST_CARDS = 12  # more than two screenfuls of a column
ASIDE = "aside"
ICONS = {
    Status.TODO: "circle-dashed",
    Status.DOING: "circle-play",
    Status.WAITING: "hourglass",
    Status.DONE: "circle-check",
}


@dataclass(frozen=True)
class Column:
    """`cards` are those from `start` on; `count` counts all of the column. `status` is None for what stands aside."""

    status: Status | None
    label: Any
    icon: str
    cards: list[CardView]
    count: int
    start: int

    @property
    def name(self) -> str:
        """The column in addresses and ids."""
        return self.status.value if self.status else ASIDE

    @property
    def following(self) -> int | None:
        """Where the next cards begin; None where the column ends here."""
        end = self.start + len(self.cards)
        return end if end < self.count else None


NOTHING_ASIDE = Column(None, "", "", [], 0, 0)


def on_page(arranged: Arrangement, asked: int) -> int:
    """How many cards of a column stand on the page itself: as many as the address asks, else all or the first of many.

    So no board is long to open, whatever its size; a column of more than a hundred is never sent at once.
    """
    return asked or (COLUMN_CARDS if arranged.cards_held <= WHOLE_BOARD else FIRST_CARDS)


def column_of(arranged: Arrangement, status: Status | None, start: int, size: int) -> Column:
    """`size` cards from `start` on of a column, or of what stands aside (None)."""
    rows = arranged.cards(status, start, start + size)
    return _column(arranged.actor, status, rows, arranged.today, arranged.count(status), start)


def all_columns(arranged: Arrangement, shown: int) -> list[Column]:
    """The four columns with the cards that stand on the page itself; `shown` where the address asks for more."""
    return [column_of(arranged, status, 0, on_page(arranged, shown)) for status in COLUMNS]


def columns(actor: Actor, rows: Sequence[Row], today: Today, size: int) -> list[Column]:
    """The four columns of `rows` with `size` cards each: own cards first, each part in its order."""
    own, found = actor.unit_ids, []
    for status in COLUMNS:
        here = sorted((row for row in rows if row.status is status), key=lambda row: row.unit_id not in own)
        found.append(_column(actor, status, here[:size], today, len(here), 0))
    return found


def counts(arranged: Arrangement) -> list[Column]:
    """The four columns without their cards."""
    return [_column(arranged.actor, s, [], arranged.today, arranged.count(s), 0) for s in COLUMNS]


def _column(actor: Actor, status: Status | None, rows: list[Row], today: Today, count: int, start: int) -> Column:
    faces = [kept_face(actor, row, today) for row in rows]
    label, icon = (STATUS_WORDS[status], ICONS[status]) if status else ("", "")
    return Column(status, label, icon, faces, count, start)
