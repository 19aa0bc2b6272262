"""What is told when somebody was faster: who, what, when, and the two choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.queries.sessions import names_of
from app.board.views.card import MoveFace, move_faces, tells, tone
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, Deed, between, words
from app.cards.queries import rows
from app.cards.state import Status
from app.core import clock
from app.core.audit import AuditEntry
from app.duty_page.views import timeline
from app.web.echo import is_typed, label
from app.web.responses import or_404


@dataclass(frozen=True)
class Conflict:
    """Everything the 409 page says."""

    card_id: int
    code: str
    unit_name: str
    who: str
    what: str
    when: datetime
    version: int
    status_label: Any
    tone: str
    move: MoveFace | None
    typed: list[tuple[str, Any, str]]


def read(card: Card, form: Mapping[str, str]) -> Conflict:
    """What happened to `card` meanwhile, and whether the move in `form` could still be made."""
    entry = rows.last_change(card.id)
    events = rows.events(card.id)
    moved = bool(events) and events[-1].card_version == card.version
    return Conflict(
        card_id=card.id,
        code=card.action.clause.address,
        unit_name=card.unit.name,
        who=names_of({entry.actor_id}).get(entry.actor_id, "") if entry else "",
        what=_what(card, events[-1] if moved else None),
        when=_when(entry, events[-1] if moved else None),
        version=card.version,
        status_label=words(card, card.status),
        tone=tone(card),
        move=_again(card, form),
        typed=[(name, label(name), form[name]) for name in form if form[name].strip() and is_typed(name)],
    )


def _what(card: Card, event: CardEvent | None) -> str:
    if event is None:
        return str(_("đã cập nhật minh chứng"))
    return timeline.event_words(event, card) if tells(current_user, card) else str(_("đã cập nhật nhiệm vụ"))


def _again(card: Card, form: Mapping[str, str]) -> MoveFace | None:
    deed = form.get("deed") or None
    if deed in {d.value for d in Deed}:
        wanted: Deed | None = Deed(deed)
    else:
        move = between(current_user, card, Status(form["to"])) if form.get("to") in {s.value for s in Status} else None
        wanted = move.deed if move else None
    if wanted is None or card.status not in BY_DEED[wanted].origins:
        return None
    row = or_404(rows.row(card.id))
    return next((face for face in move_faces(current_user, row) if face.deed is wanted), None)


def _when(entry: AuditEntry | None, event: CardEvent | None) -> datetime:
    if event is not None:
        return clock.on_day(event.entered_on, event.recorded_at)
    return clock.on_day(clock.today(), timeline.parse_moment(entry.at) if entry else clock.now())
