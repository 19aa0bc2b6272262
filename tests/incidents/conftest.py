"""A register with a few lines."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.extensions import db
from app.incidents import operations
from app.incidents.models import Authority, IncidentLine
from app.incidents.operations import LineInput
from tests.world import World, person


def said(**changed: Any) -> LineInput:
    """A line about the first four months."""
    authority_id = db.session.scalar(select(Authority.id).where(Authority.name == "Công an thành phố"))
    told: dict[str, Any] = {
        "period_from": date(2024, 1, 1),
        "period_to": date(2024, 4, 30),
        "cases": 3,
        "document_number": "45/BC-UBND",
        "document_on": date(2024, 5, 6),
        "authority_id": authority_id,
    }
    return LineInput(**(told | changed))


def write(who: str, unit: str, **changed: Any) -> IncidentLine:
    """Let somebody write a line of a unit."""
    made = operations.add_line(person(who), World().unit(unit).id, said(**changed))
    return db.session.get_one(IncidentLine, made.id)


@pytest.fixture
def typed(app: Any) -> dict[str, str]:
    """The same line as a form sends it."""
    told = said()
    return {
        "period_from": "01/01/2024",
        "period_to": "30/04/2024",
        "cases": "3",
        "document_number": told.document_number,
        "document_on": "06/05/2024",
        "authority": str(told.authority_id),
    }
