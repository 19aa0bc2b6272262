"""Shadow rows for finding, filled with what is there."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261124_1700"
down_revision = "20261124_1640"

_BATCH = 500
_OPEN_TO_ALL = frozenset({"progress", "coordination", "result"})
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_GAPS = re.compile(r"[^\w]+")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―&]+")
_AND = re.compile(r"(?<!\S)va(?!\S)")


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_subject", "search_entry", ["kind", "subject_id"], unique=False)
    _fill()


def _fill() -> None:
    """What is there by now, under the keys of this revision: Vietnamese text folded in Python."""
    link = op.get_bind()
    rows = [*_duties(link), *_units(link), *_documents(link), *_notes(link)]
    entry = sa.table("search_entry", *map(sa.column, ("kind", "subject_id", "card_id", "unit_id", "folded", "exact")))
    for start in range(0, len(rows), _BATCH):
        op.bulk_insert(entry, rows[start : start + _BATCH])


def _entry(kind: str, subject_id: int, texts: Iterable[str | None], **more: int | None) -> dict[str, Any]:
    text = " | ".join(filter(None, texts))
    blank = {"kind": kind, "subject_id": subject_id, "card_id": None, "unit_id": None}
    return blank | {"folded": _key(text), "exact": _exact_key(text)} | more


def _duties(link: sa.Connection) -> list[dict[str, Any]]:
    said = "SELECT a.id, c.address, a.duty, c.text, a.due_wording FROM action a JOIN clause c ON c.id = a.clause_id"
    return [_entry("duty", row[0], row[1:]) for row in link.execute(sa.text(said))]


def _units(link: sa.Connection) -> list[dict[str, Any]]:
    aliases: dict[int, list[str]] = {}
    for unit_id, alias in link.execute(sa.text("SELECT unit_id, alias FROM unit_alias ORDER BY id")):
        aliases.setdefault(unit_id, []).append(alias)
    units = link.execute(sa.text("SELECT id, name, short_name FROM unit"))
    return [_entry("unit", i, (name, short, *aliases.get(i, ())), unit_id=i) for i, name, short in units]


def _documents(link: sa.Connection) -> list[dict[str, Any]]:
    found = link.execute(sa.text("SELECT id, card_id, number, summary FROM evidence"))
    return [_entry("evidence", i, (number, text), card_id=card_id) for i, card_id, number, text in found]


def _notes(link: sa.Connection) -> list[dict[str, Any]]:
    said = (
        "SELECT id, card_id, unit_id, kind, document_number, text FROM card_note "
        "WHERE id NOT IN (SELECT corrects_id FROM card_note WHERE corrects_id IS NOT NULL)"
    )
    return [
        _entry("note", i, (number, text), card_id=card_id, unit_id=None if kind in _OPEN_TO_ALL else unit_id)
        for i, card_id, unit_id, kind, number, text in link.execute(sa.text(said))
    ]


def _key(text: str) -> str:
    return f" {' '.join(_GAPS.sub(' ', _fold(text)).split())} "


def _exact_key(text: str) -> str:
    words = _GAPS.sub(" ", unicodedata.normalize("NFC", text).casefold()).split()
    return f" {' '.join(map(_toned, words))} "


def _toned(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return bare + "".join(c for c in parts if c in _TONES)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("đ", "d").replace("Đ", "D")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return " ".join(_AND.sub(" ", _SEPARATORS.sub(" ", bare.casefold())).split())


def downgrade() -> None:
    op.drop_index("ix_search_entry_subject", table_name="search_entry")
    op.drop_table("search_entry")
