"""What the tests of inspections share."""

from typing import Any

import pytest

from app.files import upkeep


@pytest.fixture
def store(app: Any) -> Any:
    return upkeep.store()
