"""A plan comes in: read, kept as a draft, put on the board in one transaction."""

import hashlib
import io
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.operations import creation
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.long_work import gate
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.extensions import db
from app.files.pending import pending
from app.files.store import Storage
from app.formats.plan_reader import ReadPlan as Draft
from app.formats.plan_reader import to_dict
from app.intake import reading
from app.intake.models import DraftLeftover, DraftStep, StepDeed
from app.intake.operations import amending, comparing, steps
from app.intake.operations.adoption import Adoption
from app.intake.operations.amending import NOT_NAMED, AmendedBy
from app.intake.operations.deciding import reading as reading_of
from app.intake.queries import drafts, open_points
from app.intake.reader_mapping import leftover_values
from app.intake.words import LEFTOVER_WORDS
from app.organisation.queries import ids_by_key, official_names, units
from app.plans import queries
from app.plans.models import DueLevel, Plan, PlanDraft

NO_FILE = _l("Chọn tệp kế hoạch (.docx, .doc, .pdf hoặc .txt) hoặc dán nội dung kế hoạch.")
SAME_PLAN = _l("Kế hoạch này đã có trên bảng (“%(title)s”); không đưa lên lần thứ hai.")


def read_in(actor: Actor, name: str, data: bytes, *, store: Storage, max_bytes: int) -> PlanDraft:
    """Read a document and keep it as a draft: its bytes, what was recognised as rows to edit, what was not understood.
    The same file sent again, because no answer came, is the draft that it has become, as long as nobody worked on that.

    Raises `Forbidden`, `Busy` while the machine has long work enough, or `Refused` with the reader's sentence.
    """
    require(actor, Permission.PLAN_INTAKE)
    if not data:
        raise Refused(NO_FILE, field="file")
    name = clean_line(name) or "ke-hoach.txt"
    names = official_names()
    with gate.place(actor.id):
        draft = reading.read(data, name, names, max_bytes)
    said = {"source_name": name, "source_sha256": hashlib.sha256(data).hexdigest(), "created_by_id": actor.id}
    stored = store.put(io.BytesIO(data), max_bytes)
    with pending(store, stored.key) as file, change(actor, Permission.PLAN_INTAKE):
        row = _untouched(said)
        if row is None:
            row = PlanDraft(**said, storage_key=stored.key, content=to_dict(draft), created_at=clock.now())
            db.session.add(row)
            db.session.flush()
            _keep_rows(row, draft)
        file.placed(spare=[stored.key] if row.storage_key != stored.key else [])
    return row


def _untouched(said: dict[str, Any]) -> PlanDraft | None:
    """The newest draft that `said` this and on which no step was taken."""
    newest = db.session.scalars(select(PlanDraft).filter_by(**said).order_by(PlanDraft.id.desc())).first()
    if newest is None or db.session.scalar(select(DraftStep.id).where(DraftStep.draft_id == newest.id).limit(1)):
        return None
    return newest


def adopt(actor: Actor, row: PlanDraft, *, seen_step: int | None = None, amended_by: AmendedBy = NOT_NAMED) -> Plan:
    """Put a draft on the board in one transaction: plan, clauses, actions, units that are new, and the cards.

    Raises `Stale` where somebody took a step after the one seen; `Refused` for a plan that is there already, and with
    the list of what is still open; then nothing is changed. A newer text of a plan on the board changes that plan,
    by the document in `amended_by`.
    """
    with change(actor, Permission.PLAN_INTAKE, row):
        steps.check_open(row)
        steps.check_seen(row.id, seen_step)
        draft = reading_of(row)
        if row.base_plan_id is not None:
            return _amend(actor, row, draft, amended_by)
        key = queries.content_key(clause.text for clause in draft.clauses)
        known = queries.same_content(key)
        if known is not None:
            raise Refused(SAME_PLAN % {"title": known.title})
        open_points.check(row, draft, LEFTOVER_WORDS)
        adoption = Adoption(draft, row, key, drafts.names(row.id))
        plan = adoption.plan()
        chosen = [duty for duty in drafts.duties(row.id) if duty.included]
        for duty, action, leads in adoption.actions(plan, chosen):
            creation.deal(plan, action, leads)
            if duty.due_level is DueLevel.OFFICE:
                creation.agree(actor, action, duty.due_on, duty.due_basis)
        row.plan_id = plan.id
        steps.note(actor, row, StepDeed.ADOPTED, plan.title, before=[])
    return plan


def _amend(actor: Actor, row: PlanDraft, draft: Draft, amended_by: AmendedBy) -> Plan:
    open_points.check(row, draft, LEFTOVER_WORDS)
    plan = amending.take_over(actor, row, draft, amended_by)
    row.plan_id = plan.id
    steps.note(actor, row, StepDeed.ADOPTED, plan.title, before=[])
    return plan


def _keep_rows(row: PlanDraft, draft: Draft) -> None:
    ids = ids_by_key(units())
    if not comparing.begin(row, draft, ids):
        db.session.add_all(comparing.fresh_duties(row.id, draft, ids))
    known = comparing.known_leftovers(row)
    for values in leftover_values(draft):
        dealt = (values["reason"], values["text"]) in known
        db.session.add(DraftLeftover(draft_id=row.id, dealt=dealt, **values))
    db.session.flush()
