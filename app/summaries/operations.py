"""The workbook is made for somebody and the making is logged with its scope and hash."""

import hashlib
from dataclasses import dataclass

from app.board.faces import Today
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.policy import Permission, require
from app.core.vietnamese import fold
from app.documents.progress_workbook import PaperHead, progress_workbook
from app.plans.models import Plan
from app.summaries import queries
from app.summaries.policy import Scope


@dataclass(frozen=True)
class Export:
    """A finished file and the name it is saved under."""

    name: str
    data: bytes


def export_workbook(actor: Actor, plan: Plan, unit_id: int | None, today: Today) -> Export:
    """PL1 and PL2 of `plan` (of one unit), as of now. Raises `Forbidden` where the scope is not the person's."""
    scope = Scope(plan.id, unit_id)
    require(actor, Permission.EXPORT, scope)
    head, name = _head(plan, today), f"bao-cao-{'-'.join(fold(plan.title).split())[:60]}.xlsx"
    content = queries.progress(plan.id, unit_id, today)
    data = progress_workbook(head, content.sections, content.units, made_at=clock.now())
    with change(actor, Permission.EXPORT, scope) as opened:
        digest = hashlib.sha256(data).hexdigest()
        opened.note("Plan", scope.id, {"unit_id": unit_id, "sha256": digest, "bytes": len(data)})
    return Export(name, data)


def _head(plan: Plan, today: Today) -> PaperHead:
    now = clock.local(clock.now())
    as_of = now.replace(year=today.day.year, month=today.day.month, day=today.day.day)
    issuer = plan.issuer or today.settings.office
    return PaperHead(
        issuing_body=tuple(_lines(issuer)),
        subject=plan.title,
        as_of=as_of,
        sample=clock.pretended() is not None,
        accompanies=f"báo cáo của {today.settings.office}",
        place=today.settings.place,
    )


def _lines(issuer: str) -> list[str]:
    """The issuing body in capitals as it is printed: the words for the committee on a line of their own."""
    full = issuer.replace("UBND", "Ủy ban nhân dân", 1).upper()
    mark = "ỦY BAN NHÂN DÂN "
    return [mark.strip(), full.removeprefix(mark)] if full.startswith(mark) else [full]
