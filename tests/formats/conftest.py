"""LibreOffice for the tests that need it: present, or a failing test that says what to install.

BDG_TEST_WITHOUT_OFFICE=1 leaves those tests out, for machines that cannot have it.
"""

import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from app.formats.progress_workbook.making import progress_workbook

from . import letter_sample as letters
from . import progress_sample as sample
from .office import MISSING, Office, resized, without_stored_values
from .traps import trap_book
from .workbook_reading import opened


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BDG_TEST_WITHOUT_OFFICE") != "1":
        return
    left_out = [item for item in items if "drawn" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def progress() -> bytes:
    """The workbook as annexes."""
    return progress_workbook(sample.HEAD, sample.progress(), made_at=sample.MADE_AT).to_bytes()


@pytest.fixture(scope="session")
def signed_progress() -> bytes:
    """The same tables, each signed on its own."""
    return progress_workbook(sample.SIGNED_HEAD, sample.progress(), made_at=sample.MADE_AT).to_bytes()


@pytest.fixture(scope="session")
def shown(progress: bytes) -> Any:
    """The annexes read back with the values of their formulas."""
    return opened(progress)


@pytest.fixture(scope="session")
def written(progress: bytes) -> Any:
    """The annexes read back with their formulas."""
    return opened(progress, values=False)


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory, progress: bytes, signed_progress: bytes, worker_id: str) -> Path:
    """A folder with workbooks and letters, their pages (.pdf) and what LibreOffice calculates anew (calculated/*.xlsx).

    Starting LibreOffice is slow, so all test processes share one folder, made by whichever comes first.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "drawn"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            office = Office.found(base / "office-profile")
            if not office:
                pytest.fail(MISSING, pytrace=False)
            _draw(office, folder, progress, signed_progress)
            (folder / "made").touch()
    return folder


def _draw(office: Office, folder: Path, progress: bytes, signed_progress: bytes) -> None:
    annex, signed = folder / "annex.xlsx", folder / "signed.xlsx"
    annex.write_bytes(progress)
    signed.write_bytes(signed_progress)
    narrow, low = folder / "narrow.xlsx", folder / "low.xlsx"
    resized(annex, narrow, width=7 / 7.333)
    resized(annex, low, width=7 / 7.333, height=0.7)
    for name, make in letters.LETTERS.items():
        (folder / f"{name}.docx").write_bytes(make())
    office.convert("pdf", [annex, signed, narrow, low, *folder.glob("*.docx")], folder)
    plain, traps = folder / "plain.xlsx", folder / "traps.xlsx"
    without_stored_values(annex, plain)
    traps.write_bytes(trap_book())
    office.convert("xlsx:Calc MS Excel 2007 XML", [plain, traps], folder / "calculated")
