"""The bare floor under a board: Flask and SQLite alone, no sign-in and no rights; each card rendered, or kept as text.

`python -m bench.floor FILE PORT CARDS` serves /rendered, /kept and /unchanged.
"""

import logging
import sqlite3
import sys
from typing import Any

import waitress
from flask import Flask, Response, request

CARD = (
    '<li class="card" id="c{{ c[0] }}"><a href="/c/{{ c[0] }}">{{ c[3] }}</a><p>{{ c[4] }}</p>'
    "<time>{{ c[5] }}</time><span>{{ c[6] }}</span></li>"
)
COLUMN = (
    "<section><h2>{{ name }} ({{ cards|length }})</h2><ul>{% for c in cards %}" + CARD + "{% endfor %}</ul></section>"
)
FIRST = 100
_TEXT = "Triển khai các hoạt động truyền thông về bình đẳng giới và phòng ngừa bạo lực trên cơ sở giới"


def fill(path: str, cards: int) -> None:
    """Make the table with `cards` rows in four columns."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "CREATE TABLE card (id INTEGER PRIMARY KEY, version INT, col INT, t TEXT, u TEXT, d TEXT, n INT)"
        )
        rows = ((i, 1, i % 4, f"{_TEXT} {i}", f"Đơn vị {i % 30}", "30/11/2024", i % 3) for i in range(1, cards + 1))
        connection.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE INDEX card_col ON card (col, id)")


def build(path: str) -> Flask:
    """The application over the table in `path`."""
    app = Flask(__name__)
    column, card = app.jinja_env.from_string(COLUMN), app.jinja_env.from_string(CARD)
    kept: dict[tuple[int, int], str] = {}

    def rows(columns: str) -> list[list[Any]]:
        connection = sqlite3.connect(path)
        query = f"SELECT {columns} FROM card WHERE col = ? ORDER BY id LIMIT {FIRST}"
        found = [connection.execute(query, (place,)).fetchall() for place in range(4)]
        connection.close()
        return found

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    @app.get("/rendered")
    def rendered() -> str:
        return "".join(column.render(name=i, cards=cards) for i, cards in enumerate(rows("*")))

    @app.get("/kept")
    def from_kept() -> str:
        def text(row: Any) -> str:
            key = (row[0], row[1])
            return kept.get(key) or kept.setdefault(key, card.render(c=row))

        return "".join(f"<section>{''.join(map(text, cards))}</section>" for cards in rows("*"))

    @app.get("/unchanged")
    def unchanged() -> Response:
        response = Response("x", headers={"ETag": '"1"'})
        response.make_conditional(request)
        return response

    return app


def main(path: str, port: str, cards: str) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # its lines would stand among the figures
    fill(path, int(cards))
    waitress.serve(build(path), host="127.0.0.1", port=int(port), threads=8, _quiet=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
