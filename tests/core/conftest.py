"""The log of the small world, with its anchor beside it."""

import pytest
from sqlalchemy import select

from app.core import anchor
from app.core.audit import AuditEntry, AuditHead
from app.core.database import APPEND_ONLY, drop_append_only_triggers
from app.extensions import db


class Log:
    """The log as it stands in the database, and a hand that can do to it what nobody may."""

    def __init__(self, folder):
        self.folder = folder

    @property
    def head(self):
        db.session.rollback()
        return db.session.execute(select(AuditHead.sequence, AuditHead.hash)).one()

    def rows(self, after=0):
        db.session.rollback()
        table = AuditEntry.__table__
        query = select(table).where(table.c.sequence > after).order_by(table.c.sequence)
        return [dict(row) for row in db.session.execute(query).mappings()]

    def unlock(self):
        """Take the triggers away, as somebody with the database's own password could."""
        with db.engine.begin() as connection:
            for table in APPEND_ONLY:
                for statement in drop_append_only_triggers(connection.dialect.name, table):
                    connection.exec_driver_sql(statement)

    def forge(self, *statements):
        with db.engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture
def log(app, bench):
    """The log, anchored in the data folder of this application from its first row on."""
    for noted in bench.data.glob("audit-*.anchor"):
        noted.unlink()
    chain, sequence, digest = db.session.execute(select(AuditHead.chain, AuditHead.sequence, AuditHead.hash)).one()
    (bench.data / anchor.name_of(chain)).write_text(f"{sequence} {digest}\n")
    anchor.init(bench.data)
    return Log(bench.data)
