"""What the tests of exports share: a store, somebody who exports, and the workbook read back."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from app.files.store import FileStore, installed_store
from app.organisation.settings import Settings
from app.summaries.models import Export
from app.summaries.operations import ExportOrder, export_workbook
from tests.world import World, person

EVERYTHING = ExportOrder()


@pytest.fixture
def store(app: Any) -> FileStore:
    return installed_store()


def export(who: str, asked: ExportOrder = EVERYTHING) -> Export:
    """Let somebody export the small world's plan."""
    return export_workbook(person(who), World().plan, asked, Settings(), store=installed_store())


def data_of(made: Export) -> bytes:
    with installed_store().open(made.storage_key) as stored:
        return stored.read()


def book_of(made: Export) -> Any:
    return load_workbook(io.BytesIO(data_of(made)), data_only=True)


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]


def row_with(sheet: Any, text: str) -> list[Any]:
    """The values of the first row in which a cell says `text`."""
    return next([cell.value for cell in row] for row in sheet if any(cell.value == text for cell in row))
