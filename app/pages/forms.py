"""Fields that several forms have."""

from datetime import date

from flask import request

from app.asked import posted_number
from app.core.days import parse_day
from app.core.errors import Refused
from app.evidence.forms import BAD_DAY


def number(name: str) -> int:
    """A whole number that a form carries along; 0, which is no row and no version, for anything else."""
    return posted_number(name) or 0


def read_day(name: str) -> date | None:
    """The day typed into a field. Raises `Refused` for one that no calendar has."""
    try:
        return parse_day(request.form.get(name, ""))
    except ValueError as error:
        raise Refused(BAD_DAY, field=name) from error
