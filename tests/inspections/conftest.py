"""What the tests of inspections share."""

from typing import Any

import pytest

from app.files.store import installed_store


@pytest.fixture
def store(app: Any) -> Any:
    return installed_store()
