"""A plan comes in: read, looked at, put on the board in one transaction."""

import hashlib
import io

from flask_babel import lazy_gettext as _l

from app.board.dealing import deal
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.documents.plan_reader import PlanDraft as Draft
from app.documents.plan_reader import from_dict, to_dict
from app.evidence.storage import Storage
from app.extensions import db
from app.intake import reading
from app.intake.adoption import Adoption
from app.organisation.queries import official_names
from app.plans import queries
from app.plans.models import Plan, PlanDraft

NO_FILE = _l("Chọn tệp kế hoạch (.docx, .pdf hoặc .txt) hoặc dán nội dung kế hoạch.")
ALREADY_ADOPTED = _l("Kế hoạch đã nhập này đã được đưa lên bảng.")
SAME_PLAN = _l("Kế hoạch này đã có trên bảng (“%(title)s”); không đưa lên lần thứ hai.")
NO_YEAR = _l("Chưa nhận ra năm của kế hoạch. Hãy kiểm tra tên kế hoạch trong tệp.")
NO_DUTIES = _l("Không nhận ra nhiệm vụ nào có đơn vị thực hiện, nên chưa đưa lên bảng được.")


def read_in(actor: Actor, name: str, data: bytes, *, store: Storage, max_bytes: int) -> PlanDraft:
    """Read a document and keep it, its bytes and what was recognised, until it is put on the board.

    Raises `Forbidden`, or `Refused` with the reader's sentence.
    """
    require(actor, Permission.PLAN_INTAKE)
    if not data:
        raise Refused(NO_FILE, field="file")
    name = clean_line(name) or "ke-hoach.txt"
    draft = reading.read(data, name, official_names(), max_bytes)
    stored = store.put(io.BytesIO(data), max_bytes)
    with change(actor, Permission.PLAN_INTAKE):
        row = PlanDraft(
            source_name=name,
            source_sha256=hashlib.sha256(data).hexdigest(),
            storage_key=stored.key,
            content=to_dict(draft),
            created_by_id=actor.id,
            created_at=clock.now(),
        )
        db.session.add(row)
    return row


def adopt(actor: Actor, row: PlanDraft) -> Plan:
    """Put a draft on the board in one transaction: plan, clauses, actions, units that are new, and the cards.

    Raises `Refused` for a plan that is there already, that names no year or no duty, or that binds every ward where
    no ward is known.
    """
    with change(actor, Permission.PLAN_INTAKE, row):
        if row.plan_id is not None:
            raise Refused(ALREADY_ADOPTED)
        draft: Draft = from_dict(row.content)
        key = queries.content_key(clause.text for clause in draft.clauses)
        _check(draft, key)
        adoption = Adoption(draft, row, key)
        plan = adoption.plan()
        for action, leads in adoption.actions(plan):
            deal(plan, action, leads)
        row.plan_id = plan.id
    return plan


def _check(draft: Draft, key: str) -> None:
    known = queries.same_content(key)
    if known is not None:
        raise Refused(SAME_PLAN % {"title": known.title})
    if draft.year is None:
        raise Refused(NO_YEAR)
    if not draft.actions:
        raise Refused(NO_DUTIES)
