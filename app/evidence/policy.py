"""Who may add, open and review evidence."""

from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

READ_ONLY = _l("Chỉ xem: nhiệm vụ của đơn vị khác.")
NOT_YOUR_FILES = _l(
    "Tệp minh chứng chỉ mở cho đơn vị thực hiện, đơn vị phối hợp, cơ quan thường trực và Lãnh đạo UBND."
)
RESTRICTED = _l("Tài liệu hạn chế: chỉ đơn vị gửi tài liệu và cơ quan thường trực được mở.")
OFFICE_ONLY = _l("Chỉ cơ quan thường trực được xem xét minh chứng.")
OWN_HEAD_REVIEWS = _l("Minh chứng của chính cơ quan thường trực do thủ trưởng cơ quan xem xét.")
OWN_WORK = _l("Không tự xem xét minh chứng do chính mình tải lên hoặc kết quả do chính mình gửi cho đơn vị mình.")


class ProvingUnit(Protocol):
    @property
    def leader_confirms(self) -> bool: ...


class ProvedCard(Protocol):
    """What the rules read of a card."""

    @property
    def unit_id(self) -> int: ...

    @property
    def sent_by_id(self) -> int | None: ...

    @property
    def unit(self) -> ProvingUnit: ...

    @property
    def coordinating_unit_ids(self) -> frozenset[int]: ...


class EvidenceLike(Protocol):
    """What the rules read of evidence."""

    @property
    def unit_id(self) -> int: ...

    @property
    def uploaded_by_id(self) -> int: ...

    @property
    def restricted(self) -> bool: ...

    @property
    def card(self) -> ProvedCard: ...


def unit_of(actor: Actor, card: ProvedCard) -> int | None:
    """The unit of `actor` that works on `card`, leading before coordinating; None where neither is theirs."""
    units = (card.unit_id, *sorted(card.coordinating_unit_ids))
    return next((unit for unit in units if actor.works_in(unit)), None)


def adds(actor: Actor, card: ProvedCard) -> Any:
    """The units that work on the card; the coordinating office on behalf of its unit."""
    return None if unit_of(actor, card) is not None or actor.coordinates else READ_ONLY


def opens(actor: Actor, evidence: EvidenceLike) -> Any:
    if actor.coordinates or actor.works_in(evidence.unit_id):
        return None
    if evidence.restricted:
        return RESTRICTED
    return None if actor.presides or unit_of(actor, evidence.card) is not None else NOT_YOUR_FILES


def reviews(actor: Actor, evidence: EvidenceLike) -> Any:
    """The office; its own unit's evidence by its head, and by nobody who uploaded it or sent the result."""
    card = evidence.card
    by_leader = actor.presides and card.unit.leader_confirms
    if not (by_leader or actor.coordinates):
        return OFFICE_ONLY
    own = actor.unit_ids & {card.unit_id, evidence.unit_id}
    if not own:
        return None
    if not by_leader and not all(actor.heads(unit) for unit in own):
        return OWN_HEAD_REVIEWS
    return OWN_WORK if actor.id in (evidence.uploaded_by_id, card.sent_by_id) else None


RULES.update(
    {
        Permission.EVIDENCE_ADD: adds,
        Permission.EVIDENCE_OPEN: opens,
        Permission.EVIDENCE_REVIEW: reviews,
    }
)
