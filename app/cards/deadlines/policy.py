"""Who may set a date, ask for an extension, decide it, or change a duty's kind: the level that set the date decides."""

from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.cards.policy import OFFICE_ONLY, CardLike
from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.plans.models import DueLevel

OFFICE_SETS = _l("Chỉ cơ quan thường trực được đặt thời hạn đề nghị hoặc nhập thời hạn theo văn bản của UBND.")
ASKER_WITHDRAWS = _l("Chỉ người đã đề nghị hoặc thủ trưởng đơn vị được rút lại đề nghị gia hạn.")
UNIT_ASKS = _l("Chỉ đơn vị thực hiện nhiệm vụ được đề nghị gia hạn.")
OFFICE_EXTENDS = _l("Thời hạn này do cơ quan thường trực đặt nên do cơ quan thường trực quyết định gia hạn.")
OWN_HEAD_EXTENDS = _l("Gia hạn nhiệm vụ của chính cơ quan thường trực do thủ trưởng cơ quan quyết định.")
LEADER_EXTENDS = _l(
    "Gia hạn thời hạn của kế hoạch hoặc của UBND do Lãnh đạo UBND quyết định; cơ quan thường trực nhập theo văn bản."
)


@dataclass(frozen=True)
class AskedExtension:
    """An extension that was asked: by whom, for a duty of which unit."""

    by_id: int
    unit_id: int


class DatedCard(CardLike, Protocol):
    """A card whose date has a level."""

    @property
    def due_level(self) -> DueLevel | None: ...


def sets_dates(actor: Actor, _card: DatedCard) -> Any:
    return None if actor.coordinates else OFFICE_SETS


def asks_extension(actor: Actor, card: DatedCard) -> Any:
    return None if actor.works_in(card.unit_id) else UNIT_ASKS


def decides_extension(actor: Actor, card: DatedCard) -> Any:
    """The plan's and UBND's dates: Lãnh đạo UBND, or the office entering their document; its own: the office."""
    if card.due_level is not DueLevel.OFFICE:
        return None if actor.presides or actor.coordinates else LEADER_EXTENDS
    if not actor.coordinates:
        return OFFICE_EXTENDS
    own = card.unit_id in actor.unit_ids
    return OWN_HEAD_EXTENDS if own and not actor.heads(card.unit_id) else None


def decides_for_ubnd(actor: Actor, _subject: Any) -> Any:
    """Who decides by their own word; the office enters a document."""
    return None if actor.presides else LEADER_EXTENDS


def decides_for_office(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates else OFFICE_EXTENDS


def withdraws_asking(actor: Actor, asked: AskedExtension) -> Any:
    return None if actor.id == asked.by_id or actor.heads(asked.unit_id) else ASKER_WITHDRAWS


def changes_kind(actor: Actor, _card: DatedCard) -> Any:
    return None if actor.coordinates else OFFICE_ONLY


RULES.update(
    {
        Permission.DEADLINE_SET: sets_dates,
        Permission.EXTENSION_ASK: asks_extension,
        Permission.EXTENSION_DECIDE: decides_extension,
        Permission.EXTENSION_DECIDE_UBND: decides_for_ubnd,
        Permission.EXTENSION_DECIDE_OFFICE: decides_for_office,
        Permission.EXTENSION_WITHDRAW: withdraws_asking,
        Permission.KIND_CHANGE: changes_kind,
    }
)
