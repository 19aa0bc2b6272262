"""What the page of the register and its workbook show: the year, the totals, a line as a form carries it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.formats.incident_workbook import RegisterLine, register_workbook
from app.formats.paper_head import PaperHead, SignatureBlock
from app.incidents import queries
from app.incidents.models import IncidentLine
from app.organisation.operations import profiles
from app.organisation.profile_defaults import PaperTemplate, Profile, of_unit
from app.organisation.queries import unit
from app.web.request_values import queried_number

_YEARS_BACK = 5
OTHERS_WORDS = (_l("Các phường khác"), _l("Các xã khác"), _l("Cơ quan, đơn vị khác"))


@dataclass(frozen=True)
class TableFigure:
    """A number of the table and its bar; `cases` None where it is hidden."""

    words: str
    cases: int | None
    lines: int | None = None
    is_total: bool = False


def years() -> list[int]:
    """The years to choose from; the same for everybody, so that they tell nothing."""
    this = clock.today().year
    return list(range(this, this - _YEARS_BACK - 1, -1))


def chosen_year() -> int:
    """The year of the address, else the present one."""
    said = queried_number("year")
    return said if said in years() else clock.today().year


def totals(own: frozenset[int], year: int, *, every: bool) -> list[TableFigure]:
    """The year's figures: by unit for the competent levels; else the own units', and the others' without small ones."""
    if every:
        counted = [TableFigure(found.name, cases, lines) for found, lines, cases in queries.counts(year)]
        return [*counted, _sum(counted)]
    mine = [TableFigure(_name(unit_id), *_counted(unit_id, year)) for unit_id in sorted(own)]
    told = queries.others(own, year)
    groups = [TableFigure(str(words), group.cases) for words, group in zip(OTHERS_WORDS, told.groups, strict=True)]
    return [*mine, *groups, TableFigure(_("Tổng các đơn vị khác"), told.total, is_total=True)]


def typed(found: IncidentLine) -> dict[str, Any]:
    """A line as its form carries it."""
    return {
        "period_from": f"{found.period_from:%d/%m/%Y}",
        "period_to": f"{found.period_to:%d/%m/%Y}",
        "cases": found.cases,
        "document_number": found.document_number,
        "document_on": f"{found.document_on:%d/%m/%Y}",
        "authority": found.authority_id,
    }


def workbook(own: frozenset[int], year: int, *, every: bool) -> bytes:
    """The .xlsx file, in the language of papers."""
    with force_locale("vi"):
        lines = [
            RegisterLine(
                found.unit.name, found.period_from, found.period_to, found.cases,
                found.document_number, found.document_on, found.authority.name,
            )
            for found in queries.lines(None if every else own, year)
        ]  # fmt: skip
        told = [(figure.words, figure.cases) for figure in totals(own, year, every=every)]
        head = _head(own, year, every=every)
    return register_workbook(head, lines, told, made_at=clock.now())


def _head(own: frozenset[int], year: int, *, every: bool) -> PaperHead:
    profile = profiles.load(PaperTemplate.CITY) if every else _unit_profile(own)
    moment = datetime.combine(clock.today(), clock.local(clock.now()).timetz())
    return PaperHead(
        issuing_body=tuple(profile.issuing_body.split("\n")),
        superior_body=profile.superior_body or None,
        subject=_("Năm %(year)s", year=year),
        as_of=moment,
        sample=clock.pretended() is not None,
        place=profile.place,
        symbol=profile.symbol,
        signer=SignatureBlock(tuple(profile.signer.split("\n")), profile.signer_name),
    )


def _unit_profile(own: frozenset[int]) -> Profile:
    found = unit(min(own))
    return of_unit(found) if found is not None else profiles.load(PaperTemplate.CITY)


def _counted(unit_id: int, year: int) -> tuple[int, int]:
    found = queries.lines((unit_id,), year)
    return sum(line.cases for line in found), len(found)


def _name(unit_id: int) -> str:
    found = unit(unit_id)
    return found.name if found is not None else ""


def _sum(counted: list[TableFigure]) -> TableFigure:
    cases, lines = (sum(getattr(figure, name) or 0 for figure in counted) for name in ("cases", "lines"))
    return TableFigure(_("Tổng cộng"), cases, lines, is_total=True)
