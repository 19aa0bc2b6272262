"""The small plan on a database of its own, put back before each history."""

from collections.abc import Iterator

import pytest

from tests.conftest import SqliteBench, sqlite_world
from tests.histories import plan


@pytest.fixture(scope="session")
def small_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteBench]:
    bench = sqlite_world(tmp_path_factory.mktemp("histories"), plan.fill)
    yield bench
    bench.close()


@pytest.fixture
def bench(small_bench: SqliteBench) -> SqliteBench:
    return small_bench
