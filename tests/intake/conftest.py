"""Drafts to work on, on both databases."""

from pathlib import Path
from typing import Any

import pytest

from app.files.store import FileStore
from app.intake.models import DraftDuty
from app.intake.operations import plans as intake
from app.intake.queries import drafts
from app.plans import queries
from app.plans.models import PlanDraft
from tests.world import person

PLANS = Path(__file__).parents[1] / "formats" / "data" / "others"
REFERENCE = Path(__file__).parents[2] / "app" / "sample" / "plan.txt"
DAKLAK = PLANS / "15_daklak_moi_truong_sau_lu_2025.txt"
ANOTHER = REFERENCE.read_text(encoding="utf-8").replace("2024", "2025")  # the plan of the next year: another one


class Desk:
    """Reads plans in and finds their duties."""

    def __init__(self, files: Path) -> None:
        self.store = FileStore(files)

    def read(self, data: bytes | str, name: str = "ke-hoach.txt", who: str = "chi") -> PlanDraft:
        text = data.encode() if isinstance(data, str) else data
        return intake.read_in(person(who), name, text, store=self.store, max_bytes=25_000_000)

    @staticmethod
    def again(draft: PlanDraft) -> PlanDraft:
        found = queries.draft(draft.id)
        assert found is not None
        return found

    @staticmethod
    def duty(draft: PlanDraft, clause: str, wording: str | None = None) -> DraftDuty:
        return next(d for d in drafts.duties(draft.id) if d.clause == clause and d.wording == wording)

    @staticmethod
    def codes(draft: PlanDraft) -> list[str]:
        return [duty.clause for duty in drafts.duties(draft.id) if duty.included]


@pytest.fixture
def desk(app: Any, bench: Any) -> Desk:
    """Where plans are read in."""
    return Desk(bench.data / "files")
