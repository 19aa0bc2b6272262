"""Somebody who asks one route after the other, and a look at everything that is kept."""

import hashlib
from typing import Any

from itsdangerous import URLSafeTimedSerializer

from app.accounts.operations import sign_in as accounts
from app.extensions import Base, db
from tests.world import PASSWORD

COUNTERS = frozenset({"login_session", "login_failure", "plan_choice"})
DERIVED = frozenset({"search_entry"})  # made anew from audited rows
LOG = frozenset({"audit_entry", "audit_head"})


class Visitor:
    """Somebody with a session and a token, without the pages in which people get them."""

    def __init__(self, app: Any, who: str) -> None:
        self.app, self.client = app, app.test_client()
        with self.client.session_transaction() as session:
            session["csrf_token"] = "0" * 40
            if who != "stranger":
                name = "quantri" if who == "admin" else who
                session["_user_id"] = accounts.sign_in(name, PASSWORD, "10.0.0.1").token
        self.token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("0" * 40)

    def ask(self, method: str, url: str, form: dict[str, Any] | None = None, **headers: str) -> Any:
        data = {"csrf_token": self.token} | (form or {}) if method == "POST" else None
        with self.app.app_context():
            answer = self.client.open(url, method=method, data=data, headers=headers)
            answer.get_data()
            answer.close()
            return answer


def everything(*, without: frozenset[str] = frozenset()) -> str:
    """All that is kept, as one hash: whether anything was changed at all. Sessions and counters of sign-ins apart."""
    db.session.rollback()
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        if table.name not in COUNTERS | without:
            digest.update(repr(db.session.execute(table.select()).all()).encode())
    db.session.rollback()
    return digest.hexdigest()
