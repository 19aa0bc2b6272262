"""What goes into the workbook of progress: the plan's duties and the units' counts, as plain rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.board import note_queries
from app.board import queries as board
from app.board.deadline_rules import remark
from app.board.faces import FEEDBACK_WORDS, TIMELINESS_WORDS, Today, duty_text
from app.board.moves import words
from app.board.queries import Row
from app.board.state import Status
from app.board.timeliness import Count, Timeliness
from app.documents.progress_workbook import Counted, DutyRow, DutySection, UnitGroup, UnitRow
from app.evidence.models import Evidence, Review
from app.evidence.words import KIND_WORDS
from app.extensions import db
from app.organisation.models import UnitKind
from app.plans import queries as plans
from app.plans.models import ActionKind, ClauseKind
from app.summaries.written import difficulty_words, result_words

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


@dataclass(frozen=True)
class Progress:
    """The content of PL1 and PL2 for a plan, or for one unit of it."""

    sections: list[DutySection]
    units: list[UnitGroup]


def progress(plan_id: int, unit_id: int | None, today: Today) -> Progress:
    """Every duty of the plan (of one unit) in the plan's order, and the official counts by unit."""
    rows = board.rows(plan_id, unit_id)
    return Progress(_sections(plan_id, rows, today), unit_groups(rows, today))


def unit_groups(rows: Iterable[Row], today: Today) -> list[UnitGroup]:
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
            groups.append(UnitGroup(name, tuple(counts)))
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


def _sections(plan_id: int, rows: list[Row], today: Today) -> list[DutySection]:
    documents, coordinating = _documents(plan_id), board.coordinating_names(plan_id)
    written = note_queries.of_plan(plan_id)
    by_heading: dict[str, list[DutyRow]] = {}
    for row in rows:
        said = _duty(row, today, documents.get(row.id, ()), coordinating.get(row.action_id, []))
        notes = written.get(row.id, note_queries.NONE)
        said = replace(said, result=result_words(notes), difficulties=difficulty_words(row, notes))
        by_heading.setdefault(row.code.rpartition(".")[0], []).append(said)
    parts = {address.split(".")[0] for address in by_heading}
    headings = [c for c in plans.clauses(plan_id) if c.kind is ClauseKind.HEADING]
    return [
        DutySection(f"{clause.address.rpartition('.')[2]}. {clause.text}", tuple(by_heading.get(clause.address, ())))
        for clause in headings
        if clause.address in by_heading or clause.address in parts
    ]


def _duty(row: Row, today: Today, documents: Iterable[Evidence], coordinating: list[str]) -> DutyRow:
    stands = today.timeliness(row)
    return DutyRow(
        clause=row.code,
        text=row.text,
        lead=row.unit.name,
        status=_status(row, stands),
        short=duty_text(row) if row.duty else "",
        coordinating=tuple(coordinating),
        deadline=row.due_on if row.kind is not ActionKind.STANDING else None,
        deadline_words=_deadline_words(row),
        completed_on=row.finished_on if row.status is Status.DONE else None,
        evidence=tuple(_document(document) for document in documents),
        note=_note(row, today),
        counted=_counted(row),
    )


def _counted(row: Row) -> Counted:
    if row.is_request:
        return Counted.REQUEST
    return Counted.NOT_CARRIED_OUT if row.status is Status.DROPPED else Counted.GIVEN


def _status(row: Row, stands: Timeliness) -> str:
    """Tình trạng: the status, with its timeliness where that says more."""
    said = str(words(row, row.status))
    if row.is_request or not row.status.on_board:
        return said
    if row.status is Status.DONE:
        return str(TIMELINESS_WORDS[stands]) if row.kind is not ActionKind.STANDING else said
    if stands in (Timeliness.NO_DATE, Timeliness.STANDING, Timeliness.ASKED_LATE):
        return said
    return f"{said}, {str(TIMELINESS_WORDS[stands]).lower()}"


def _deadline_words(row: Row) -> str:
    return _("Thường xuyên") if row.kind is ActionKind.STANDING else _("Không quy định")


def _note(row: Row, today: Today) -> str:
    said = []
    if row.feedback is not None and row.status in (Status.TODO, Status.DOING):
        said.append(str(FEEDBACK_WORDS[row.feedback]))
    if row.kind is not ActionKind.STANDING and (extended := remark(row)):
        said.append(str(extended))
    if today.misses_agreement(row):
        said.append(str(TIMELINESS_WORDS[Timeliness.ASKED_LATE]))
    return "; ".join(part if n == 0 else f"{part[:1].lower()}{part[1:]}" for n, part in enumerate(said))


def _document(document: Evidence) -> str:
    said = [str(KIND_WORDS[document.kind])]
    if document.number:
        said.append(document.number)
    day = f", {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return " ".join(said) + day


def _documents(plan_id: int) -> dict[int, list[Evidence]]:
    """Card id → its documents that are not lacking; restricted ones never go into a workbook."""
    query: Any = (
        select(Evidence)
        .join(Evidence.card)
        .where(Evidence.card.property.mapper.class_.plan_id == plan_id)
        .where(Evidence.review != Review.LACKING, Evidence.restricted.is_(False))
        .order_by(Evidence.id)
    )
    by_card: dict[int, list[Evidence]] = {}
    for document in db.session.scalars(query):
        by_card.setdefault(document.card_id, []).append(document)
    return by_card
