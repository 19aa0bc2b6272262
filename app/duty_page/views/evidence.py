"""One document as a viewer of the duty page sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_login import current_user

from app.cards.models import Card
from app.core import clock
from app.core.policy import Permission, can, why_not
from app.evidence.models import Evidence, Review
from app.evidence.words import DOCUMENT_KIND_WORDS, REVIEW_WORDS
from app.web.browser_cache import keep_nowhere


@dataclass(frozen=True)
class FileFace:
    id: int
    name: str
    size: int


@dataclass(frozen=True)
class EvidenceFace:
    id: int
    version: int
    kind_label: Any
    number: str | None
    link: str | None
    issued_on: date | None
    sent_on: date | None
    happened_on: date | None
    summary: str
    files: tuple[FileFace, ...]
    closed_files: int
    review: str
    review_words: Any
    review_reason: str | None
    uploaded_by: str
    uploaded_at: datetime
    unit_name: str
    on_behalf: bool
    restricted: bool
    can_review: bool
    no_open_reason: Any


def evidence_face(document: Evidence, card: Card, names: dict[int, str]) -> EvidenceFace:
    """`document` for the person signed in. A remark on another unit's document is not theirs to read; of files that do
    not open for them they read how many there are: a name may already tell of a person.
    """
    closed = why_not(current_user, Permission.EVIDENCE_OPEN, document)
    reads_remarks = can(current_user, Permission.CARD_FEEDBACK_READ, card)
    review = document.review if reads_remarks or document.review is not Review.LACKING else Review.UNSEEN
    if document.restricted:
        keep_nowhere()
    return EvidenceFace(
        id=document.id,
        version=document.version,
        kind_label=DOCUMENT_KIND_WORDS[document.kind],
        number=document.number,
        link=document.link,
        issued_on=document.issued_on,
        sent_on=document.sent_on,
        happened_on=document.happened_on,
        summary=document.summary,
        files=tuple(FileFace(f.id, f.name, f.size) for f in document.files) if closed is None else (),
        closed_files=len(document.files) if closed is not None else 0,
        review=review.value,
        review_words=REVIEW_WORDS[review],
        review_reason=document.review_reason if reads_remarks else None,
        uploaded_by=names.get(document.uploaded_by_id, ""),
        uploaded_at=clock.on_day(document.uploaded_on, document.uploaded_at),
        unit_name=document.unit.name,
        on_behalf=document.on_behalf,
        restricted=document.restricted,
        can_review=not card.evidence_closed and can(current_user, Permission.EVIDENCE_REVIEW, document),
        no_open_reason=closed,
    )
