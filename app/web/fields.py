"""Fields that several forms have."""

from datetime import date

from flask import request

from app.core import days
from app.web.request_values import posted_number


def number(name: str) -> int:
    """A whole number that a form carries along; 0, which is no row and no version, for anything else."""
    return posted_number(name) or 0


def read_hour(name: str) -> str:
    """The hour typed into a field, as 08:30. Raises `Refused` for what is no hour."""
    return days.read_hour(request.form, name)


def read_day(name: str, near: days.About | None = None) -> date | None:
    """The day typed into a field, or picked beside it. Raises `Refused` for one that no calendar has."""
    return days.read_day(request.form, name, near)
