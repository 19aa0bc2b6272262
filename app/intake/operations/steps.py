"""A step in the review of a draft: one change, kept with what stood before, so that the last one can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import inspect

from app.core import clock
from app.core.actor import Actor
from app.core.change import STALE, change
from app.core.errors import Forbidden, Refused, Stale
from app.core.policy import Permission
from app.extensions import db
from app.intake.models import DraftDuty, DraftLeftover, DraftName, DraftStep, StepDeed
from app.intake.queries import drafts
from app.plans.models import PlanDraft

ALREADY_ADOPTED = _l("Kế hoạch đã nhập này đã được đưa lên bảng.")
NOTHING_TO_UNDO = _l("Không còn bước nào để hoàn tác.")
NOT_YOUR_STEP = _l("Bước gần nhất do %(who)s thực hiện nên chỉ người đó hoàn tác được; hãy sửa lại trực tiếp nếu cần.")
_ROWS: dict[str, Any] = {"duty": DraftDuty, "leftover": DraftLeftover, "name": DraftName, "head": PlanDraft}
_TABLES = {kind: table for table, kind in _ROWS.items()}
_HEAD = ("head", "base_plan_id")
_FIXED = ("id", "draft_id", "version")


class Step:
    """Notes what a step touches before it touches it."""

    def __init__(self) -> None:
        self.before: list[dict[str, Any]] = []
        self._known: set[tuple[str, int]] = set()
        self._fresh: list[Any] = []

    def touch(self, row: Any) -> None:
        """Keep the values of `row` as they are now; call it before changing anything."""
        table = _TABLES[type(row)]
        if (table, row.id) in self._known:
            return
        self._known.add((table, row.id))
        self.before.append({"table": table, "id": row.id, "values": _values(row)})

    def add(self, row: Any) -> None:
        """Add a new row; its undo makes it gone."""
        db.session.add(row)
        self._fresh.append(row)

    def settle(self) -> list[dict[str, Any]]:
        """What undo needs, once new rows have their ids."""
        db.session.flush()
        return self.before + [
            {"table": _TABLES[type(row)], "id": row.id, "values": {"gone": True}} for row in self._fresh
        ]


@contextmanager
def step(
    actor: Actor,
    draft: PlanDraft,
    deed: StepDeed,
    subject: str,
    *,
    duty: DraftDuty | None = None,
    seen_version: int | None = None,
    seen_step: int | None = None,
) -> Iterator[Step]:
    """Do one step on `draft` as one transaction. What was seen is compared: the duty's version, or the last step.

    Raises `Forbidden`, `Stale` where somebody was faster, `Refused` once the draft is on the board.
    """
    with change(actor, Permission.PLAN_INTAKE, draft):
        check_open(draft)
        if duty is not None and seen_version is not None and duty.version != seen_version:
            raise Stale(STALE)
        check_seen(draft.id, seen_step)
        taken = Step()
        yield taken
        note(actor, draft, deed, subject, before=taken.settle(), duty_id=duty.id if duty else None)


def note(
    actor: Actor,
    draft: PlanDraft,
    deed: StepDeed,
    subject: str,
    *,
    before: list[dict[str, Any]],
    duty_id: int | None = None,
    undoes_id: int | None = None,
) -> None:
    """Leave one step in an open change."""
    db.session.add(
        DraftStep(
            draft_id=draft.id,
            deed=deed,
            subject=subject,
            duty_id=duty_id,
            before=before,
            actor_id=actor.id,
            actor_name=actor.name,
            entered_on=clock.today(),
            recorded_at=clock.now(),
            undoes_id=undoes_id,
        )
    )


def check_open(draft: PlanDraft) -> None:
    """Raise `Refused` for a draft that is on the board already."""
    if draft.plan_id is not None:
        raise Refused(ALREADY_ADOPTED)


def check_seen(draft_id: int, seen_step: int | None) -> None:
    """Raise `Stale` where steps were taken after the one that a person saw last (0: none; None: not compared)."""
    if seen_step is not None and drafts.last_step_id(draft_id) != seen_step:
        raise Stale(STALE)


def undo(actor: Actor, draft: PlanDraft, *, seen_step: int) -> DraftStep:
    """Take back one's own last step: everything it touched is as it was before, and the undo is a step itself.

    Raises `Forbidden` for somebody else's step, `Stale`, `Refused` where there is none.
    """
    with change(actor, Permission.PLAN_INTAKE, draft):
        check_open(draft)
        check_seen(draft.id, seen_step)
        last = drafts.last_undoable(draft.id)
        if last is None:
            raise Refused(NOTHING_TO_UNDO)
        if last.actor_id != actor.id:
            raise Forbidden(NOT_YOUR_STEP % {"who": last.actor_name})
        for kept in last.before:
            _put_back(kept)
        note(actor, draft, StepDeed.UNDONE, last.subject, before=[], duty_id=last.duty_id, undoes_id=last.id)
    return last


def _put_back(kept: dict[str, Any]) -> None:
    row = db.session.get_one(_ROWS[kept["table"]], kept["id"])
    for name, value in kept["values"].items():
        setattr(row, name, _typed(row, name, value))


def _values(row: Any) -> dict[str, Any]:
    names = [column.key for column in inspect(type(row)).column_attrs]
    chosen = _HEAD if isinstance(row, PlanDraft) else [name for name in names if name not in _FIXED]
    return {name: _plain(getattr(row, name)) for name in chosen}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _typed(row: Any, name: str, value: Any) -> Any:
    kind = inspect(type(row)).columns[name].type.python_type
    if value is None or not issubclass(kind, Enum | date):
        return value
    return kind(value) if issubclass(kind, Enum) else date.fromisoformat(value)
