"""The panel Thời hạn of the duty page: the date in force, its history, what waits, and the forms that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.board.views.card import CardView, tells
from app.cards.due import begun, kind_in_force
from app.cards.models import Card, CardEvent
from app.cards.state import EventKind, Status
from app.core.days import day_words
from app.core.policy import Permission, can
from app.plans.models import ActionKind, DueLevel
from app.plans.words import DUTY_KIND_WORDS


class DeadlineForm(StrEnum):
    """The forms of the panel, as the page names them."""

    SET = "due-set"
    ASK = "due-ask"
    GRANT = "due-grant"
    ACCEPT = "due-accept"
    DECLINE = "due-decline"
    WITHDRAW = "due-withdraw"
    KIND = "due-kind"


DECIDE = {True: DeadlineForm.ACCEPT, False: DeadlineForm.DECLINE}


@dataclass(frozen=True)
class DueRow:
    """One line of the history; the one in force says how it stands."""

    on: date | None
    words: str
    basis: str
    tone: str | None = None


@dataclass(frozen=True)
class WaitingExtension:
    """An extension that waits."""

    id: int
    wanted_on: date
    reason: str
    who: str
    on: date
    decided_by: str


@dataclass(frozen=True)
class DeadlinePanel:
    """What the panel shows to one viewer."""

    kind: str
    kind_label: Any
    rows: tuple[DueRow, ...]
    extended_words: str | None
    asking: WaitingExtension | None
    forms: frozenset[DeadlineForm]
    level: str | None
    needs_number: bool  # a grant at UBND's level names its document
    refusal_needs_number: bool
    kind_needs_number: bool  # a duty with a date of UBND becomes standing by its document only
    kinds: tuple[tuple[str, Any], ...]
    kind_scope: str | None
    finished: bool  # done: as thường xuyên it would have no day of completion any more

    def has(self, name: str) -> bool:
        """Whether the form `name` is the viewer's."""
        return name in self.forms


def deadline_panel(card: Card, seen: CardView, happened: list[CardEvent], siblings: Sequence[Any]) -> DeadlinePanel:
    """The panel of `card` for the person signed in; with `siblings`, the cards of other units, it keeps one kind."""
    asking = _asking(card, happened) if tells(current_user, card) else None
    ubnd = card.due_level is DueLevel.UBND
    return DeadlinePanel(
        kind=card.action.kind.value,
        kind_label=DUTY_KIND_WORDS[kind_in_force(card)],
        rows=_rows(card, seen, happened),
        extended_words=_extended(card),
        asking=asking,
        forms=frozenset(_forms(card, asking)),
        level=card.due_level.value if card.due_level else None,
        needs_number=ubnd,
        refusal_needs_number=ubnd and not can(current_user, Permission.EXTENSION_DECIDE_UBND),
        kind_needs_number=ubnd or any(other.due_level is DueLevel.UBND for other in siblings),
        kinds=tuple((kind.value, DUTY_KIND_WORDS[kind]) for kind in _kinds(card)),
        kind_scope=ngettext("%(num)s đơn vị", "%(num)s đơn vị", len(siblings) + 1) if siblings else None,
        finished=card.status is Status.DONE and not card.is_standing,
    )


def _forms(card: Card, asking: WaitingExtension | None) -> list[DeadlineForm]:
    may = {p: can(current_user, p, card) for p in _PERMISSIONS}
    if card.is_request:
        return []
    forms = [DeadlineForm.KIND] if may[Permission.KIND_CHANGE] and not card.is_remedy else []
    if card.is_standing or card.status in (Status.DONE, Status.DROPPED):
        return forms
    if may[Permission.DEADLINE_SET] and asking is None:
        forms.append(DeadlineForm.SET)
    if card.due_on is None:
        return forms
    decides, asks = may[Permission.EXTENSION_DECIDE], may[Permission.EXTENSION_ASK]
    if asking is None:
        return [*forms, *([DeadlineForm.ASK] if asks else []), *([DeadlineForm.GRANT] if decides else [])]
    return [
        *forms,
        *([DeadlineForm.ACCEPT, DeadlineForm.DECLINE] if decides else []),
        *([DeadlineForm.WITHDRAW] if asks else []),
    ]


_PERMISSIONS = (
    Permission.DEADLINE_SET,
    Permission.EXTENSION_ASK,
    Permission.EXTENSION_DECIDE,
    Permission.KIND_CHANGE,
)


def _kinds(card: Card) -> list[ActionKind]:
    """The kinds to choose from: UBND's date says whether a duty that is not standing is có thời hạn or trong năm."""
    unlike = ActionKind.WITHIN_YEAR if card.due_level is DueLevel.UBND else ActionKind.DATED
    return [kind for kind in ActionKind if kind not in (card.action.kind, unlike)]


def _asking(card: Card, happened: list[CardEvent]) -> WaitingExtension | None:
    event = next((e for e in happened if e.id == card.extension_id), None)
    if event is None or event.due_on is None:
        return None
    decider = _("cơ quan thường trực") if card.due_level is DueLevel.OFFICE else _("Lãnh đạo UBND")
    reason = "; ".join(filter(None, [event.reason, _document(event)])).rstrip(".") + "."
    return WaitingExtension(event.id, event.due_on, reason, event.actor_name, event.entered_on, decider)


def _extended(card: Card) -> str | None:
    if not card.extensions or card.due_original_on is None:
        return None
    return ngettext(
        "Đã gia hạn %(num)s lần, hạn gốc %(day)s.",
        "Đã gia hạn %(num)s lần, hạn gốc %(day)s.",
        card.extensions,
        day=day_words(card.due_original_on),
    )


def _rows(card: Card, seen: CardView, happened: list[CardEvent]) -> tuple[DueRow, ...]:
    """The history, the date in force first, the plan's own line last."""
    told = tells(current_user, card)
    rows = [_plan_row(card)]
    in_force = 0
    answered = {event.answers_id for event in happened}
    for event in happened:
        row = _row(event, told, event.id in answered) if event.id != card.extension_id else None  # that stands apart
        if row is not None:
            in_force = len(rows) if event.kind in (EventKind.DUE_SET, EventKind.EXTENDED) else in_force
            rows.append(row)
    current = rows[in_force]
    rows[in_force] = _standing_row(card, seen, current)
    shown = [rows[in_force], *(row for n, row in reversed(list(enumerate(rows))) if n != in_force)]
    if card.sent_on is not None and (card.status in (Status.WAITING, Status.DONE) or told):
        shown.insert(1, DueRow(card.sent_on, _("Ngày gửi được tính"), ""))
    return tuple(shown)


def _standing_row(card: Card, seen: CardView, row: DueRow) -> DueRow:
    """The line in force: how it stands beside the date, who set it below."""
    if row.on is None:
        standing = seen.due_phrase if card.status.on_board else _("Thường xuyên")  # a pause is no deadline
        words = str(standing) if card.is_standing else row.words
        return DueRow(None, words, row.basis, seen.due_tone)
    basis = ": ".join(filter(None, [f"{row.words[:1].upper()}{row.words[1:]}", row.basis]))
    return DueRow(row.on, str(seen.due_phrase), basis, seen.due_tone)


def _plan_row(card: Card) -> DueRow:
    due = begun(card.action)
    if due.due_on is None:
        return DueRow(None, _("Kế hoạch không nêu thời hạn"), _("Theo văn bản kế hoạch"))
    return DueRow(due.due_on, "", _("Kế hoạch nêu: “%(wording)s”", wording=due.due_basis or ""))


def _row(event: CardEvent, told: bool, answered: bool) -> DueRow | None:
    """An event as a line: dates are everybody's to read, askings and refusals the unit's and the deciders'.

    An asking that nobody answered has lapsed: the duty was confirmed, or is not to be carried out.
    """
    by = event.unit_name or event.actor_name
    said = "; ".join(filter(None, [event.reason, _document(event)]))
    match event.kind:
        case EventKind.DUE_SET if event.due_level is DueLevel.OFFICE:
            return DueRow(event.due_on, _("%(unit)s đề nghị", unit=by), said)
        case EventKind.DUE_SET:
            return DueRow(event.due_on, _("UBND đặt, %(unit)s nhập", unit=by), said)
        case EventKind.EXTENDED:
            return DueRow(event.due_on, _("gia hạn, %(who)s ghi", who=by), said if told else _document(event))
        case EventKind.EXTENSION_ASKED if told and not answered:
            lapsed = _("%(unit)s đề nghị gia hạn, nhiệm vụ khép lại trước khi có quyết định", unit=by)
            return DueRow(event.due_on, lapsed, said)
        case EventKind.EXTENSION_ASKED if told:
            return DueRow(event.due_on, _("%(unit)s đề nghị gia hạn", unit=by), said)
        case EventKind.EXTENSION_REFUSED if told:
            return DueRow(None, _("Không gia hạn, %(who)s ghi ngày %(day)s", who=by, day=_day(event)), said, "returned")
        case EventKind.EXTENSION_WITHDRAWN if told:
            return DueRow(None, _("%(unit)s rút lại đề nghị gia hạn", unit=by), "")
        case EventKind.KIND_CHANGED:
            return DueRow(None, _("Đổi tính chất: %(kinds)s", kinds=kind_words(event)), said)
    return None


def kind_words(event: CardEvent) -> str:
    """From which kind to which an event changed."""
    return " → ".join(str(DUTY_KIND_WORDS[kind]) for kind in (event.kind_before, event.kind_after) if kind)


def _day(event: CardEvent) -> str:
    return day_words(event.effective_on)


def _document(event: CardEvent) -> str:
    if not event.document_number:
        return ""
    day = _(" ngày %(day)s", day=day_words(event.document_on)) if event.document_on else ""
    return _("văn bản số %(number)s%(day)s", number=event.document_number, day=day)
