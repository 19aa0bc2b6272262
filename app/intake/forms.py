"""What the forms of a draft post, as the deeds take it."""

from collections.abc import Sequence
from typing import Any

from flask import request

from app.core.days import about, read_day
from app.core.vietnamese import clean, clean_line, fold
from app.formats.plan_reader import EVERY_WARD
from app.intake.models import Named
from app.intake.operations.amending import AmendedBy
from app.intake.operations.deciding import is_group
from app.intake.operations.editing import Edit
from app.organisation.models import UnitKind
from app.organisation.operations.units import kind_of
from app.organisation.queries import ids_by_key, units
from app.plans.models import ActionKind, DueLevel
from app.web.forms import choice
from app.web.request_values import posted_number

DEPARTMENTS = "departments"  # the value that stands for every department
WARDS = "wards"  # the value that stands for every ward and commune


def edit_form(year: int | None) -> Edit:
    """The form of one duty of a plan of `year`. Raises `Refused` for a day that no calendar has."""
    form = request.form
    return Edit(
        wording=clean_line(form.get("wording", "")) or None,
        leads=_units("lead"),
        coordinating=_units("coordinating"),
        kind=choice(ActionKind, request.form.get("kind")) or ActionKind.WITHIN_YEAR,
        is_request="is_request" in form,
        due_on=_day("due_on", year),
        due_level=choice(DueLevel, request.form.get("due_level")),
        due_basis=clean_line(form.get("due_basis", "")) or None,
        starts_on=_day("starts_on", year),
        product=clean_line(form.get("product", "")) or None,
        content=form.get("content") or None,
    )


def parts() -> list[str]:
    """The parts that a person typed, one a line."""
    return [clean_line(line) for line in clean(request.form.get("parts", "")).split("\n") if line.strip()]


def head() -> tuple[dict[str, str], int | None]:
    """The facts of the document, and its year."""
    said = {name: clean_line(value) for name, value in request.form.items()}
    return said, posted_number("year")


def amended_by() -> AmendedBy:
    """The document by which a plan on the board is changed. Raises `Refused` for a day that no calendar has."""
    return AmendedBy(clean_line(request.form.get("document_number", "")), _day("document_on"))


def chosen_units(name: str, *, others: Sequence[str]) -> tuple[Named, ...]:
    """The units chosen for several duties at once; one box stands for every department, of the list or of `others`."""
    found = {fold(pair[1]): pair for pair in _units(name)}
    if DEPARTMENTS in request.form.getlist(name):
        listed: list[Named] = [(unit.id, unit.name) for unit in units() if unit.kind is UnitKind.DEPARTMENT]
        listed += [(None, other) for other in others if is_department(other)]
        found = {fold(pair[1]): pair for pair in listed} | found
    return tuple(found.values())


def is_department(name: str) -> bool:
    """Whether a name that is not in the list reads as that of one department."""
    return kind_of(name) is UnitKind.DEPARTMENT and not is_group(name)


def _units(name: str) -> tuple[tuple[int | None, str], ...]:
    """Boxes ticked in the list of units, names kept as they stand, and names typed: `Named` pairs, each once."""
    standing = units()
    by_id, ids = {str(unit.id): unit for unit in standing}, ids_by_key(standing)
    found: dict[str, tuple[int | None, str]] = {}
    for value in request.form.getlist(name):
        if value == WARDS:
            found[EVERY_WARD] = (None, EVERY_WARD)
        elif value in by_id:
            found[fold(by_id[value].name)] = (by_id[value].id, by_id[value].name)
    typed = [*request.form.getlist(f"{name}_name"), *request.form.get(f"{name}_new", "").split(";")]
    for written in filter(None, map(clean_line, typed)):
        unit = by_id.get(str(ids.get(fold(written))))
        found.setdefault(fold(unit.name if unit else written), (unit.id, unit.name) if unit else (None, written))
    return tuple(found.values())


def _day(name: str, year: int | None = None) -> Any:
    return read_day(request.form, name, about(name, year=year))
