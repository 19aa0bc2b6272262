"""A database that two processes open at once for the first time."""

import sqlite3
from threading import Timer

from sqlalchemy import create_engine, text

from app.core import database


def test_a_new_database_waits_for_another_that_writes_before_it_keeps_a_write_ahead_log(tmp_path):
    path = tmp_path / "new.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE begun (id INTEGER)")
    other.execute("BEGIN IMMEDIATE")  # SQLite refuses the change of journal at once, without its own wait
    engine = create_engine(f"sqlite:///{path}")
    database.prepare(engine)
    soon = Timer(0.1, other.execute, ["COMMIT"])
    soon.start()
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    soon.join()
    engine.dispose()
    other.close()
