"""The duty page for one viewer: the clause in its place, the next step, proofs, units, deadline, log."""

import secrets
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.board.views.card import CardView, Today, face, tone
from app.cards.models import Card, CardEvent
from app.cards.moves import Course, course, words
from app.cards.operations.moving import UNDO_SECONDS
from app.cards.policy import acts_on_behalf
from app.cards.queries import rows
from app.cards.queries.rows import Row
from app.cards.state import COLUMNS, KEPT, STILL, Status
from app.core import clock
from app.core.days import day_words
from app.core.policy import Permission, can
from app.duty_page.views import history
from app.duty_page.views.assignee import HolderPanel, holder_panel
from app.duty_page.views.deadline import DeadlinePanel, deadline_panel
from app.duty_page.views.evidence import EvidenceFace, evidence_face
from app.duty_page.views.notes import NotePanel, note_panel
from app.duty_page.views.on_behalf import BehalfPanel, behalf_panel
from app.duty_page.views.remedy import RemedySource, remedy_source
from app.duty_page.views.timeline import LogRow, amended_words, log_of
from app.evidence.queries import bytes_of
from app.evidence.words import DOCUMENT_KIND_WORDS
from app.files.store import MEGABYTE
from app.organisation.queries import coordinating_unit
from app.organisation.settings import Settings
from app.plans import queries as plans
from app.web.etag import without_etag
from app.web.responses import or_404

_ORDINALS = _l("nhất hai ba tư năm sáu bảy tám chín mười")


@dataclass(frozen=True)
class PathStep:
    label: Any
    words: str
    state: str  # past, now or next


@dataclass(frozen=True)
class Sibling:
    id: int
    unit_name: str
    status_label: Any
    tone: str


@dataclass(frozen=True)
class UploadLimits:
    """How much a file may have, and what the unit's quota leaves (`room` in bytes; None where there is none)."""

    max_mb: int
    quota_mb: int
    room: int | None


@dataclass(frozen=True)
class DutyView(CardView):
    """Everything the page says; strings are ready to be read."""

    clause_path: tuple[tuple[str, str], ...]
    quote: str
    quote_where: str
    split_duty: str | None
    amended: str  # the document by which the plan last changed this duty, in words
    lead: str
    office: str
    coordinating: tuple[str, ...]
    siblings: tuple[Sibling, ...]
    steps: tuple[PathStep, ...]
    is_standing: bool
    needs_evidence: bool
    evidence: tuple[EvidenceFace, ...]
    evidence_counts_words: str
    can_add_evidence: bool
    on_behalf: bool
    document_key: str
    kinds: tuple[tuple[str, Any], ...]
    limits: UploadLimits
    deadline: DeadlinePanel
    notes: NotePanel
    behalf: BehalfPanel
    holding: HolderPanel
    can_read_log: bool
    log: tuple[LogRow, ...]
    undo: dict[str, int] | None
    sent_on: date | None
    plan_year: int
    begun_on: date  # the plan stands on the board, or a result was returned: nothing was sent before
    can_correct_date: bool
    remedy: RemedySource | None  # which inspection asks it

    def has_form(self, form_of: str | None) -> bool:
        """Whether the page shows the form named so: a deed, "evidence", "review-<id>", "sent-date" or "due-…"."""
        forms = {move.deed.value for move in self.moves} | {f"review-{e.id}" for e in self.evidence if e.can_review}
        if self.can_add_evidence:
            forms.add("evidence")
        if self.can_correct_date:
            forms.add("sent-date")
        panels = (self.deadline, self.notes, self.behalf, self.holding)
        return form_of in forms or any(panel.has(form_of or "") for panel in panels)


def read(card: Card, today: Today) -> DutyView:
    """The page of `card` for the person signed in."""
    row: Row = or_404(rows.row(card.id))
    seen, story = face(current_user, row, today), history.read(card)
    happened = story.events
    office, remedy, others = coordinating_unit(), remedy_source(card), rows.siblings(card)
    return DutyView(
        **{f.name: getattr(seen, f.name) for f in fields(CardView)},
        clause_path=tuple(plans.above(card.action.clause)),
        quote=card.action.clause.text,
        quote_where=_where(card.action.clause.address),
        split_duty=card.action.duty,
        amended=amended_words(happened),
        lead=card.unit.name,
        office=office.name if office else _("Cơ quan thường trực"),
        coordinating=tuple(unit.name for unit in card.action.coordinating),
        siblings=tuple(map(_sibling, others)),
        steps=_steps(row, happened, remedy.conclusion.issued_on if remedy else card.action.plan.adopted_on),
        is_standing=course(row) is Course.STANDING,
        needs_evidence=(card.action.needs_evidence or card.is_remedy) and not card.is_request,
        evidence=tuple(evidence_face(document, card, story.names) for document in card.evidence),
        evidence_counts_words=seen.evidence_words,
        can_add_evidence=not card.evidence_closed and can(current_user, Permission.EVIDENCE_ADD, card),
        on_behalf=acts_on_behalf(current_user, card),
        document_key=secrets.token_hex(12),
        kinds=tuple((kind.value, label) for kind, label in DOCUMENT_KIND_WORDS.items()),
        limits=_limits(card, today.settings),
        deadline=deadline_panel(card, seen, happened, siblings=others),
        notes=note_panel(story),
        behalf=behalf_panel(story),
        holding=holder_panel(card, seen),
        can_read_log=can(current_user, Permission.CARD_LOG_READ, card),
        log=log_of(story),
        undo=undo_of(card, happened),
        sent_on=card.sent_on,
        plan_year=card.action.plan.year,
        begun_on=max(filter(None, (card.action.plan.adopted_on, card.returned_on))),
        can_correct_date=card.sent_on is not None and can(current_user, Permission.CARD_DATE_CORRECT, card),
        remedy=remedy,
    )


def _sibling(row: Row) -> Sibling:
    return Sibling(row.id, row.unit.name, words(row, row.status), tone(row))


def _limits(card: Card, settings: Settings) -> UploadLimits:
    quota, room = settings.unit_quota_mb, None
    if quota and can(current_user, Permission.EVIDENCE_ADD, card):
        room = max(0, quota * MEGABYTE - bytes_of(card.unit_id))
    return UploadLimits(settings.max_file_mb, quota, room)


def undo_of(card: Card, happened: list[CardEvent]) -> dict[str, int] | None:
    """The viewer's own last move while it can be taken back: its event and the seconds left."""
    last = happened[-1] if happened else None
    if last is None or last.actor_id != current_user.id or last.card_version != card.version:
        return None
    if last.kind in KEPT:
        return None
    left = UNDO_SECONDS - int((clock.now() - last.recorded_at).total_seconds())
    if left <= 0:
        return None
    without_etag()  # it runs out while the log stands still
    return {"event_id": last.id, "seconds": left}


def _where(address: str) -> str:
    parent, _dot, letter = address.rpartition(".")
    order = "abcdđeghiklmnopqrstuvxy".find(letter)
    ordinals = str(_ORDINALS).split()
    if not parent or len(letter) != 1 or not 0 <= order < len(ordinals):
        return _("Mục %(address)s", address=address)
    return _("Mục %(parent)s, gạch đầu dòng thứ %(n)s", parent=parent, n=ordinals[order])


def _steps(row: Row, happened: list[CardEvent], begun_on: date) -> tuple[PathStep, ...]:
    columns = (Status.TODO, Status.DONE) if row.is_request else COLUMNS
    here = row.status if row.status.on_board else (row.resume_to or Status.TODO)
    reached = {Status.TODO: day_words(begun_on)}
    for event in happened:
        if event.kind in STILL:
            continue
        reached[event.to_status] = day_words(event.effective_on)
    place = columns.index(here)
    return tuple(
        PathStep(
            words(row, status),
            reached.get(status, "") if number <= place else "",
            "now" if number == place else "past" if number < place else "next",
        )
        for number, status in enumerate(columns)
    )
