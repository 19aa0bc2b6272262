"""The front page sends each person to the board that is theirs."""

from typing import Any

from flask import Blueprint, redirect, url_for

bp = Blueprint("home", __name__)


@bp.get("/", endpoint="show")
def show() -> Any:
    return redirect(url_for("board.show"), code=303)
