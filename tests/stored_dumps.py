"""Stored databases of earlier revisions, with data in every table: `<revision>.sql.xz` in `tests/dumps`.

When a revision is released: `python -m tests.stored_dumps FILE`, where FILE is an SQLite database of that revision (the
sample's, say). Tables that are empty in it get one row, made of the plainest values that their columns take.
"""

import lzma
import shutil
import sqlite3
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, MetaData, Table, create_engine, insert, select, types

FOLDER = Path(__file__).parent / "dumps"
DUMPS = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.sql.xz"))
_PLAIN: dict[type, Any] = {
    types.Boolean: True,
    types.Integer: 1,
    types.DateTime: datetime(2024, 5, 10, 8),
    types.Date: date(2024, 5, 10),
    types.JSON: [],
    types.String: "1",
}


def restore(revision: str, path: Path) -> None:
    """Lay the stored database of `revision` into the file `path`."""
    text = lzma.decompress((FOLDER / f"{revision}.sql.xz").read_bytes()).decode()
    with sqlite3.connect(path) as connection:
        connection.executescript(text)
    connection.close()


def write(source: Path) -> Path:
    """Store the SQLite database `source`; returns where."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        shutil.copy(source, copy)
        engine = create_engine(f"sqlite:///{copy}")
        _fill(engine)
        engine.dispose()
        connection = sqlite3.connect(copy)
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        stored = FOLDER / f"{revision}.sql.xz"
        stored.write_bytes(lzma.compress("\n".join(connection.iterdump()).encode(), preset=9))
        connection.close()
    return stored


def tables(engine: Engine) -> list[Table]:
    """The tables of a database, those that others name first."""
    metadata = MetaData()
    metadata.reflect(engine)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by the names of the columns."""
    with engine.connect() as connection:
        return {t.name: [dict(row) for row in connection.execute(select(t)).mappings()] for t in tables(engine)}


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in tables(engine):
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table), {column.name: _value(column, connection) for column in table.c})


def _value(column: Column[Any], connection: Any) -> Any:
    for key in column.foreign_keys:
        found = connection.execute(select(key.column).limit(1)).scalar()
        return found if found is not None else 1
    return next(value for kind, value in _PLAIN.items() if isinstance(column.type, kind))


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))}\n")
