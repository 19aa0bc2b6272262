"""What a test run leaves out when it is asked to, and the browser it uses.

A pytest plugin: name it in the `pytest_plugins` of conftest.py. Tests that need PostgreSQL carry the mark
`postgres`, tests that need a browser the mark `browser`. An application is tested on SQLite; the mark `both_databases`
asks for PostgreSQL too, where the database decides what happens: the write door, the log, locks, raw SQL, search.
"""

from pathlib import Path

import pytest

from tools import machine

ON_A_DATABASE = ("bench", "sample")  # the fixtures that give an application
LEFT_OUT_BY = {"--sqlite-only": "postgres", "--no-browser": "browser"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the two options that leave tests out."""
    parser.addoption("--sqlite-only", action="store_true", help="leave out the tests that need PostgreSQL")
    parser.addoption("--no-browser", action="store_true", help="leave out the tests that need a browser")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks that those options go by."""
    config.addinivalue_line("markers", "postgres: needs a PostgreSQL server")
    config.addinivalue_line("markers", "browser: drives a real browser")
    config.addinivalue_line("markers", "both_databases: runs on PostgreSQL too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test marked `both_databases` its application on each database in turn."""
    if metafunc.definition.get_closest_marker("both_databases") is None:
        return
    wanted = [name for name in ON_A_DATABASE if name in metafunc.fixturenames]
    databases = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
    for name in wanted:
        metafunc.parametrize(name, databases, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what was left out; deselected tests are counted in pytest's closing line, never silent."""
    marks = {mark for option, mark in LEFT_OUT_BY.items() if config.getoption(option)}
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def chromium_path() -> Path:
    """The browser to test with; fails with the line that installs one."""
    path = machine.chromium()
    if path is None:
        pytest.fail(machine.lacking([machine.BROWSER]) or "", pytrace=False)
    return path
