"""The notes of the log begin anew: after an older copy was put back, or where their file was lost.

What is proven of the log then begins here, and the log itself says so for good: which rows it had, and up to which row
there had been notes.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from app.audit.queries import first_unfit, verify
from app.core import anchor, clock
from app.core.actor import Actor
from app.core.audit import AuditEntry, AuditHead
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db


@dataclass(frozen=True)
class Renewed:
    """Where what was noted before lies now (None where nothing was), and what to tell the operator."""

    aside: Path | None
    sentence: str


def renew(actor: Actor, folder: Path) -> Renewed:
    """Note the heads of the log from its present one on. Raises `Refused` where nothing calls for it.

    The rows themselves must fit each other: a log in which one was changed stays what it is.
    """
    chain, sequence = db.session.execute(select(AuditHead.chain, AuditHead.sequence)).one()
    noted, verdict = anchor.noted(folder, chain), verify(folder)
    if verdict.is_whole and (noted or not sequence):
        raise Refused(_("Tệp dấu còn nguyên và khớp với nhật ký: không có gì phải lập lại."))
    if (wrong := first_unfit()) is not None:
        raise Refused(_("Không lập lại: nhật ký đã bị sửa từ dòng %(n)s.", n=wrong))
    upto = noted.highest[0] if noted else 0
    with change(actor, Permission.LOG_RENEW) as opened:
        opened.note("AuditHead", chain, {"rows": [None, sequence], "noted": [upto, None]})
    head = db.session.execute(select(AuditHead.sequence, AuditHead.hash)).one()
    aside = anchor.begin_anew(folder, chain, head.sequence, head.hash, clock.now())
    return Renewed(aside, _told(head.sequence, aside))


def renewed_at() -> datetime | None:
    """When the notes were last begun anew; None where they never were."""
    query = select(AuditEntry.at).where(AuditEntry.action == Permission.LOG_RENEW)
    said = db.session.scalar(query.order_by(AuditEntry.sequence.desc()).limit(1))
    return datetime.fromisoformat(said) if said else None


def _told(sequence: int, aside: Path | None) -> str:
    told = _("Đã lập lại tệp dấu từ dòng %(n)s và ghi việc này vào nhật ký.", n=sequence)
    if aside is None:
        return str(told)
    return f"{told} " + _("Tệp dấu cũ được giữ ở %(name)s.", name=aside.name)
