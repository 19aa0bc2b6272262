"""What the tests of inspections share."""

from typing import Any

import pytest

from app import files


@pytest.fixture
def store(app: Any) -> Any:
    return files.store()
