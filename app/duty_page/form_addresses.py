"""Where the forms stand whose addresses do not lie under their page: what is named by its own id."""

from typing import Any

from flask import url_for
from flask_login import current_user

from app.cards.deadlines import queries as deadline_queries
from app.cards.notes import queries
from app.cards.on_behalf import queries as behalf
from app.cards.queries import rows as board
from app.evidence import queries as evidence
from app.inspections import queries as inspections
from app.inspections.recommendations import queries as remedies
from app.web.page_addresses import OWN_PAGE


def _card(card_id: int | None) -> str | None:
    return url_for("duty.show", card_id=card_id) if card_id is not None else None


def _card_of(thing: Any) -> str | None:
    return _card(thing.card_id) if thing is not None else None


def _visit_of(thing: Any) -> str | None:
    """The visit that `thing` is of; a conclusion about a whole round stands on the round's page."""
    if thing is None:
        return None
    if thing.visit_id is None:
        return url_for("inspections.round", round_id=thing.round_id)
    return url_for("inspections.visit", visit_id=thing.visit_id)


def _moved(event_id: int) -> str | None:
    card = board.card_of_event(current_user, event_id)
    return _card(card.id) if card is not None else None


def _file(file_id: int) -> str | None:
    found = inspections.visit_file(current_user, file_id)
    return _visit_of(found[0]) if found else None


def _recommendation(asked_id: int) -> str | None:
    return _visit_of(remedies.recommendation(current_user, asked_id))


OWN_PAGE.update(
    {
        "duty.undo": _moved,
        "notes.correct": lambda note_id: _card_of(queries.note(note_id)),
        "notes.resolve": lambda note_id: _card_of(queries.note(note_id)),
        "notes.answer_correction": lambda request_id: _card_of(behalf.request(request_id)),
        "evidence.review": lambda evidence_id: _card_of(evidence.evidence(evidence_id)),
        "deadlines.decide": lambda extension_id: _card(deadline_queries.card_of_asking(extension_id)),
        "deadlines.withdraw": lambda extension_id: _card(deadline_queries.card_of_asking(extension_id)),
        "inspections.withdraw_file": _file,
        "inspections.edit_recommendation": _recommendation,
        "inspections.recheck": _recommendation,
        "inspections.withdraw_conclusion": lambda conclusion_id: _visit_of(
            remedies.conclusion(current_user, conclusion_id)
        ),
        "drafts.edit": lambda draft_id, duty_id: url_for("plans.draft", draft_id=draft_id, duty=duty_id),
        "drafts.split": lambda draft_id, duty_id: url_for("plans.draft", draft_id=draft_id, duty=duty_id),
        "plans.read_in": lambda: url_for("plans.new"),
        "units.add_list": lambda: url_for("units.new"),
        "summaries.make": lambda plan_id: url_for("summaries.show", plan=plan_id),
    }
)
