"""The lists beside the tables: documents that prove duties, duties that are late, reports that are not in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.board.views.card import Today, duty_text
from app.cards.notes import queries
from app.cards.notes.queries import Notes
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Count, Timeliness
from app.core.vietnamese import fold
from app.evidence.models import Evidence, Review
from app.evidence.words import DOCUMENT_KIND_WORDS, REVIEW_WORDS
from app.extensions import db
from app.formats.progress_workbook import DocumentRow, DocumentSection, LateRow, Outstanding
from app.summaries.queries.cell_text import difficulty_words, remark_words, status_words
from app.summaries.queries.outline import PlanOutline

_REPORT = "bao cao"
_HELD = (Status.TODO, Status.DOING)


def documents_by(plan_id: int, day: date) -> dict[int, list[Evidence]]:
    """Card id → its documents of `day` that are not lacking; restricted ones never go into a workbook."""
    query: Any = (
        select(Evidence)
        .join(Evidence.card)
        .where(Evidence.card.property.mapper.class_.plan_id == plan_id, Evidence.restricted.is_(False))
        .order_by(Evidence.id)
    )
    by_card: dict[int, list[Evidence]] = {}
    for document in db.session.scalars(query):
        if _known_since(document) <= day and _review_on(document, day) is not Review.LACKING:
            by_card.setdefault(document.card_id, []).append(document)
    return by_card


def _known_since(document: Evidence) -> date:
    """The day on which the document says that it was sent or issued, where that was before it was entered."""
    return min(document.uploaded_on, document.sent_on or document.issued_on or document.uploaded_on)


def _review_on(document: Evidence, day: date) -> Review:
    reviewed = document.reviewed_on is None or document.reviewed_on <= day
    return document.review if reviewed else Review.UNSEEN


def document_sections(
    rows: Iterable[Row], within: PlanOutline, documents: Mapping[int, list[Evidence]], day: date, site: str
) -> list[DocumentSection]:
    """The documents of the rows by heading of the plan, each document once."""
    listed = ((row, _document(row, document, day, site)) for row in rows for document in documents.get(row.id, ()))
    return [DocumentSection(heading, items) for heading, items in within.sections(listed, with_parts=False)]


def _document(row: Row, document: Evidence, day: date, site: str) -> DocumentRow:
    in_system, address = document.link or "", _address(document.link)
    files = f"{len(document.files)} tệp" if document.files else ""
    page = f"{site}cards/{row.id}#minh-chung-{document.id}" if site and files else ""
    notes = [f"{document.unit.name} gửi" if document.unit_id != row.unit_id else ""]
    notes.append(f"QLVB: {in_system}" if files and in_system and not address else "")
    return DocumentRow(
        clause=row.code,
        lead=row.unit.name,
        kind=str(DOCUMENT_KIND_WORDS[document.kind]),
        number=document.number or "",
        summary=document.summary,
        issued_on=document.issued_on,
        sent_on=document.sent_on,
        copy=files or ("Đường dẫn" if address else in_system),
        link=page or address,
        review=str(REVIEW_WORDS[Review.VALID]) if _review_on(document, day) is Review.VALID else "",
        note="; ".join(filter(None, notes)),
    )


def _address(link: str | None) -> str:
    """`link` where it is an address that a browser opens, else nothing."""
    return link if link and link.startswith(("https://", "http://")) else ""


def outstanding(rows: Iterable[Row], today: Today, written: Mapping[int, Notes]) -> Outstanding:
    """What the official count calls late, and reports that nobody has sent while their day has not passed."""
    late, unsent = [], []
    for row in rows:
        notes = written.get(row.id, queries.NONE)
        if today.counted(row) is Count.OPEN_LATE:
            late.append(_late(row, today, notes))
        elif _is_report(row) and row.status in _HELD and row.sent_on is None and _runs(row, today):
            unsent.append(_late(row, today, notes))
    return Outstanding(tuple(late), tuple(unsent))


def _is_report(row: Row) -> bool:
    return row.duty is not None and fold(row.duty).startswith(_REPORT)


def _runs(row: Row, today: Today) -> bool:
    return today.timeliness(row) in (Timeliness.IN_TIME, Timeliness.SOON)


def _late(row: Row, today: Today, notes: Notes) -> LateRow:
    assert row.due_on is not None  # nothing is late without a date
    judged = row.sent_on or today.day
    days = (judged - today.last_day(row)).days
    stands = today.timeliness(row)
    return LateRow(
        clause=row.code,
        text=row.text,
        lead=row.unit.name,
        deadline=row.due_on,
        status=status_words(row, stands),
        days=days if stands is Timeliness.LATE else None,
        short=duty_text(row) if row.duty else "",
        difficulties=difficulty_words(row, notes, today.day),
        note=remark_words(row, today),
    )
