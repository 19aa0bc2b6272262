"""Who follows a duty, for the people of its unit; its head chooses among them."""

from dataclasses import dataclass

from flask_login import current_user

from app.accounts.queries.unit_members import colleagues
from app.board.views.card import CardView
from app.cards.models import Card
from app.cards.operations.assignees import Work
from app.core.policy import Permission, can


@dataclass(frozen=True)
class HolderPanel:
    """`people` are the choices (id and name), empty for who may not choose; `hand_over_id` whose work may be given."""

    shown: bool
    name: str | None
    holder_id: int | None
    people: tuple[tuple[int, str], ...]
    hand_over_id: int | None

    def has(self, name: str) -> bool:
        """Whether the form "holder" is the viewer's."""
        return name == "holder" and bool(self.people)


def holder_panel(card: Card, seen: CardView) -> HolderPanel:
    """The panel of `card` for the person signed in."""
    held_by = card.holder_id
    hands = held_by is not None and can(current_user, Permission.HAND_OVER, Work(held_by, (card.unit_id,)))
    chooses = can(current_user, Permission.HOLDER_SET, card)
    return HolderPanel(
        shown=can(current_user, Permission.HOLDER_READ, card),
        name=seen.holder,
        holder_id=held_by,
        people=tuple(colleagues(card.unit_id)) if chooses else (),
        hand_over_id=held_by if hands else None,
    )
