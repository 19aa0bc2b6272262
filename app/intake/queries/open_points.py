"""What is still open before a draft can go on the board: each point with its sentence and its place on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.formats.plan_reader import EVERY_WARD, ReadPlan
from app.intake.models import DraftDuty, Relation
from app.intake.operations import deciding
from app.intake.operations.adoption import NO_WARDS
from app.intake.queries import drafts
from app.organisation.queries import units
from app.plans.models import PlanDraft as Row

NO_YEAR = _l("Chưa nhận ra năm của kế hoạch: bổ sung ở mục “Văn bản”.")
NO_DUTIES = _l("Không có nhiệm vụ nào để đưa lên bảng: thêm nhiệm vụ từ một mục của văn bản.")
NO_LEAD = _l("%(code)s: chưa có đơn vị thực hiện.")
NAME_OPEN = _l("Tên “%(name)s” chưa có trong danh mục đơn vị.")
LEFT_OVER = _l("“%(text)s”: %(reason)s.")
STILL_OPEN = _l("Còn %(n)s điểm chưa xử lý: %(list)s")
_LISTED, _SHORT = 5, 60


@dataclass(frozen=True)
class OpenPoint:
    """One thing to do; `anchor` is where on the page it is done."""

    sentence: Any
    anchor: str


def read(row: Row, reading: ReadPlan, duties: Sequence[DraftDuty]) -> list[OpenPoint]:
    """Everything that is open in a draft, but what was not understood, in the order in which a person goes about it."""
    chosen = [duty for duty in duties if duty.included]
    points = [] if reading.year else [OpenPoint(NO_YEAR, "van-ban")]
    points += [OpenPoint(NO_LEAD % {"code": d.clause}, f"nv-{d.id}") for d in chosen if not d.leads]
    names = deciding.undecided_names(row)
    points += [OpenPoint(NAME_OPEN % {"name": name}, "ten-don-vi") for name in names]
    if not any(duty.relation is not Relation.WITHDRAWN for duty in chosen):
        points.append(OpenPoint(NO_DUTIES, "noi-dung-chung"))
    every = any(name == EVERY_WARD for duty in chosen for _id, name in duty.leads)
    if every and not any(unit.kind.is_local for unit in units()):
        points.append(OpenPoint(NO_WARDS, "ban-nhap"))
    return points


def check(row: Row, reading: ReadPlan, words: Any) -> None:
    """Raise `Refused` with the list of what is open. `words` says why a piece was not understood, by its reason."""
    points = [str(point.sentence) for point in read(row, reading, drafts.duties(row.id))]
    for left in drafts.leftovers(row.id):
        if not left.dealt:
            points.append(str(LEFT_OVER % {"text": left.text[:_SHORT], "reason": words[left.reason]}))
    if not points:
        return
    listed = " ".join(points[:_LISTED]) + (" …" if len(points) > _LISTED else "")
    raise Refused(STILL_OPEN % {"n": len(points), "list": listed})
