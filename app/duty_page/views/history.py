"""Everything that was done and written on one duty, read once for all the panels of its page."""

from dataclasses import dataclass

from app.accounts.queries.sessions import names_of
from app.cards.models import Card, CardEvent
from app.cards.notes import queries as note_queries
from app.cards.notes.models import CorrectionRequest
from app.cards.notes.queries import Notes
from app.cards.on_behalf import queries as behalf
from app.cards.on_behalf.queries import Entry
from app.cards.queries import rows


@dataclass(frozen=True)
class Story:
    """A card with its past. `names` are the people who gave or reviewed its documents, by id."""

    card: Card
    events: list[CardEvent]
    notes: Notes
    entries: list[Entry]
    requests: list[CorrectionRequest]
    names: dict[int, str]


def read(card: Card) -> Story:
    """The story of `card`, whose evidence is loaded."""
    people = {person for e in card.evidence for person in (e.uploaded_by_id, e.reviewed_by_id) if person is not None}
    return Story(
        card=card,
        events=rows.events(card.id),
        notes=note_queries.notes(card.id),
        entries=behalf.of_card(card.id),
        requests=behalf.requests(card.id),
        names=names_of(people) if people else {},
    )
