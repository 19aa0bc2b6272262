"""The front page sends each person to the board that is theirs."""

from typing import Any

from flask import Blueprint, url_for

from app.web import go

bp = Blueprint("home", __name__)


@bp.get("/", endpoint="show")
def show() -> Any:
    return go(url_for("board.show"))
