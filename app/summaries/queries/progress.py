"""What goes into the workbook of progress: duties, units' counts, documents and what is late, as plain rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.board.views.card import Today, duty_text
from app.cards.notes import queries
from app.cards.notes.queries import Notes
from app.cards.queries import as_of
from app.cards.queries import rows as board
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Count, Timeliness
from app.core import clock
from app.evidence.models import Evidence
from app.evidence.words import DOCUMENT_KIND_WORDS
from app.extensions import db
from app.formats.progress_workbook import Counted, DutyRow, DutySection, Progress, UnitRow, UnitRows
from app.organisation.models import UnitKind
from app.plans import queries as plans
from app.plans.models import ActionKind
from app.summaries.models import Export
from app.summaries.queries.cell_text import difficulty_words, notes_by, remark_words, result_words, status_words
from app.summaries.queries.inspections_sheet import inspections
from app.summaries.queries.list_sheets import document_sections, documents_by, outstanding
from app.summaries.queries.outline import PlanOutline, outline

MOST_LISTED = 100  # exports on the page
_GROUPS = (
    ("Cơ quan, đơn vị thành phố", frozenset(UnitKind) - {UnitKind.WARD, UnitKind.COMMUNE, UnitKind.BODY}),
    ("Mặt trận, đoàn thể", frozenset({UnitKind.BODY})),
    ("UBND các phường", frozenset({UnitKind.WARD})),
    ("UBND các xã", frozenset({UnitKind.COMMUNE})),
)
_FIELDS = {
    Count.DONE_IN_TIME: "done_on_time",
    Count.DONE_LATE: "done_late",
    Count.OPEN_IN_TIME: "open_in_time",
    Count.OPEN_LATE: "open_late",
    Count.NO_DATE: "no_deadline",
    Count.STANDING: "standing",
}


def rows_of(plan_id: int, unit_id: int | None, day: date) -> list[Row]:
    """The rows of a plan (of one unit) on `day`: as they stand, or for a past day as they stood at its end."""
    if day >= clock.today():
        return board.rows(plan_id, unit_id)
    return [row for row in as_of.rows_on(plan_id, day) if unit_id in (None, row.unit_id)]


def progress(plan_id: int, unit_id: int | None, today: Today, site: str = "") -> Progress:
    """How the plan (one unit of it) stands on `today`. `site` is the address of this site, for links to documents."""
    everything = rows_of(plan_id, None, today.day)
    rows = [row for row in everything if unit_id in (None, row.unit_id) and not row.is_remedy]
    documents, written = documents_by(plan_id, today.day), notes_by(plan_id, today.day)
    within = outline(plan_id)
    return Progress(
        _sections(plan_id, rows, within, today, documents, written),
        unit_groups(rows, today),
        document_sections(rows, within, documents, today.day, site),
        outstanding(rows, today, written),
        inspections(plan_id, unit_id, everything, today, _in_words(documents)),
    )


def _in_words(documents: Mapping[int, list[Evidence]]) -> dict[int, list[str]]:
    return {card_id: [_document(document) for document in given] for card_id, given in documents.items()}


def exports(plan_id: int) -> list[Export]:
    """The workbooks of a plan that were given out, the newest first."""
    query = select(Export).where(Export.plan_id == plan_id).order_by(Export.id.desc()).limit(MOST_LISTED)
    return list(db.session.scalars(query))


def export(export_id: int) -> Export | None:
    return db.session.get(Export, export_id)


def unit_groups(rows: Iterable[Row], today: Today) -> list[UnitRows]:
    """The counts of each unit, by the groups of PL2, in the official order. Requests stand outside."""
    by_unit: dict[int, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    units = sorted(by_unit.values(), key=lambda listed: listed[0].unit.order)
    groups = []
    for name, kinds in _GROUPS:
        counts = [_count(listed, today) for listed in units if listed[0].unit.kind in kinds]
        counts = [count for count in counts if count.total]
        if counts:
            groups.append(UnitRows(name, tuple(counts)))
    return groups


def _count(rows: list[Row], today: Today) -> UnitRow:
    lines = Counter(today.counted(row) for row in rows)
    not_yet = sum(not row.is_request and today.timeliness(row) is Timeliness.NOT_YET for row in rows)
    return UnitRow(
        rows[0].unit.name,
        total=sum(lines[line] for line in _FIELDS),
        not_yet_started=not_yet,
        **{field: lines[line] for line, field in _FIELDS.items()},
    )


def _sections(
    plan_id: int,
    rows: list[Row],
    within: PlanOutline,
    today: Today,
    documents: Mapping[int, list[Evidence]],
    written: Mapping[int, Notes],
) -> list[DutySection]:
    coordinating, products = board.coordinating_names(plan_id), plans.products(plan_id)
    listed = []
    for row in rows:
        said = _duty(row, today, documents.get(row.id, ()), coordinating.get(row.action_id, []))
        notes = written.get(row.id, queries.NONE)
        said = replace(
            said,
            product=products.get(row.action_id, ""),
            result=result_words(notes),
            difficulties=difficulty_words(row, notes, today.day),
        )
        listed.append((row, said))
    return [DutySection(heading, items) for heading, items in within.sections(listed, with_parts=True)]


def _duty(row: Row, today: Today, documents: Iterable[Evidence], coordinating: list[str]) -> DutyRow:
    stands = today.timeliness(row)
    return DutyRow(
        clause=row.code,
        text=row.text,
        lead=row.unit.name,
        status=status_words(row, stands),
        short=duty_text(row) if row.duty else "",
        coordinating=tuple(coordinating),
        deadline=row.due_on if row.kind is not ActionKind.STANDING else None,
        deadline_words=_deadline_words(row),
        completed_on=_completed_on(row),
        evidence=tuple(_document(document) for document in documents),
        note=remark_words(row, today),
        counted=_counted(row),
    )


def _completed_on(row: Row) -> date | None:
    """Ngày hoàn thành. Thường xuyên has none, closed or not: its results are noted period by period."""
    if row.status is not Status.DONE or (row.kind is ActionKind.STANDING and not row.is_request):
        return None
    return row.finished_on


def _counted(row: Row) -> Counted:
    if row.is_request:
        return Counted.REQUEST
    return Counted.NOT_CARRIED_OUT if row.status is Status.DROPPED else Counted.GIVEN


def _deadline_words(row: Row) -> str:
    return _("Thường xuyên") if row.kind is ActionKind.STANDING else _("Không quy định")


def _document(document: Evidence) -> str:
    said = [str(DOCUMENT_KIND_WORDS[document.kind])]
    if document.number:
        said.append(document.number)
    day = f", {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return " ".join(said) + day
