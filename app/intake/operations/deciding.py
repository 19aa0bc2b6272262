"""What a person decides about a draft beside its duties: names, what was not understood, the document's head."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.errors import Refused
from app.core.vietnamese import fold
from app.extensions import db
from app.formats.plan_reader import EVERY_WARD, ReadPlan, from_dict
from app.intake.models import DraftName, Named, StepDeed
from app.intake.operations.steps import step
from app.intake.queries import drafts
from app.organisation.models import Unit
from app.organisation.queries import ids_by_key, units
from app.plans.models import PlanDraft as Row

HEAD_FIELDS = ("title", "issuer", "number", "number_suffix", "date", "signer")
FIRST_YEAR, LAST_YEAR = 2000, 2100
TITLE_NEEDED = _l("Nhập trích yếu của kế hoạch.")
YEAR_NEEDED = _l("Nhập năm của kế hoạch bằng bốn chữ số, ví dụ 2024.")
NO_SUCH_UNIT = _l("Chọn một đơn vị trong danh mục.")
NO_NAMES = _l("Không còn tên đơn vị nào chưa xử lý.")
CHOOSE_UNITS = _l("Chọn ít nhất một đơn vị.")
NO_SUCH_LEFTOVER = _l("Điểm này không còn trong bản nhập.")


def decide_name(actor: Actor, draft: Row, name: str, unit_id: int | None) -> None:
    """Say of a name that is not in the list: another name of the unit `unit_id`, or (None) a new unit.

    The unit or the alias is made when the plan goes on the board, in the same transaction.
    """
    with step(actor, draft, StepDeed.NAMED, name) as taken:
        if unit_id is not None and db.session.get(Unit, unit_id) is None:
            raise Refused(NO_SUCH_UNIT, field="unit")
        if fold(name) not in map(fold, unknown_names(draft, lead_only=False)):
            raise Refused(NO_NAMES)
        before = drafts.names(draft.id).get(fold(name))
        if before is not None:
            taken.touch(before)
            before.gone = True
        taken.add(DraftName(draft_id=draft.id, name=name, key=fold(name), unit_id=unit_id))


def all_names_new(actor: Actor, draft: Row) -> int:
    """Let every leading name that nobody has decided about be a new unit, but those of groups; returns how many."""
    with step(actor, draft, StepDeed.NAMED, "") as taken:
        open_names = [name for name in undecided_names(draft) if not is_group(name)]
        if not open_names:
            raise Refused(NO_NAMES)
        for name in open_names:
            taken.add(DraftName(draft_id=draft.id, name=name, key=fold(name), unit_id=None))
    return len(open_names)


def spread_name(actor: Actor, draft: Row, name: str, to: Sequence[Named]) -> int:
    """Let the units `to` lead in the place of a name that stands for several; returns in how many duties."""
    with step(actor, draft, StepDeed.NAMED, name) as taken:
        if not to:
            raise Refused(CHOOSE_UNITS, field="group")
        key = fold(name)
        rows = [duty for duty in drafts.duties(draft.id) if any(_stands_for(pair, key) for pair in duty.leads)]
        if not rows:
            raise Refused(NO_NAMES)
        for duty in rows:
            taken.touch(duty)
            duty.leads = _instead(duty.leads, key, to)
    return len(rows)


def _stands_for(pair: Sequence[Any], key: str) -> bool:
    return pair[0] is None and fold(pair[1]) == key


def _instead(leads: Sequence[Any], key: str, to: Sequence[Named]) -> list[Any]:
    named = {fold(pair[1]): list(pair) for pair in leads if not _stands_for(pair, key)}
    return list((named | {fold(unit): [unit_id, unit] for unit_id, unit in to if fold(unit) not in named}).values())


def is_group(name: str) -> bool:
    """Whether a name stands for several units ("Các sở, ban, ngành"), so that a unit of that name is hardly meant."""
    return fold(name).startswith(("cac ", "moi ", "nhung "))


def deal_with(actor: Actor, draft: Row, leftover_id: int | None) -> None:
    """Say of a piece that was not understood that it asks for nothing on the board; None: of all that are left."""
    rows = [row for row in drafts.leftovers(draft.id) if not row.dealt and leftover_id in (None, row.id)]
    if not rows:
        raise Refused(NO_SUCH_LEFTOVER)
    with step(actor, draft, StepDeed.DEALT, rows[0].clause or "" if leftover_id else "") as taken:
        for row in rows:
            taken.touch(row)
            row.dealt = True


def set_head(actor: Actor, draft: Row, said: Mapping[str, str], year: int | None, *, seen_step: int) -> None:
    """Put the facts of the document right: title, year, number, day, issuer, signer. A blank stays blank."""
    with step(actor, draft, StepDeed.HEAD, "", seen_step=seen_step) as taken:
        if not said.get("title"):
            raise Refused(TITLE_NEEDED, field="title")
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refused(YEAR_NEEDED, field="year")
        taken.touch(draft)
        draft.head = {name: said.get(name) or None for name in HEAD_FIELDS} | {"year": year}


def reading(draft: Row) -> ReadPlan:
    """The document as read, with the facts that a person put right."""
    return from_dict(draft.content | (draft.head or {}))


def unknown_names(draft: Row, *, lead_only: bool) -> list[str]:
    """The names in the duties of a draft that the list of units does not have, each once."""
    ids = ids_by_key(units())
    pairs: list[Any] = []
    for duty in drafts.duties(draft.id):
        if duty.included:
            pairs += duty.leads if lead_only else [*duty.leads, *duty.coordinating]
    found = [name for unit_id, name in pairs if unit_id is None and name != EVERY_WARD and fold(name) not in ids]
    return list({fold(name): name for name in found}.values())


def undecided_names(draft: Row) -> list[str]:
    """The leading names that nobody has said anything about."""
    decided = drafts.names(draft.id)
    return [name for name in unknown_names(draft, lead_only=True) if fold(name) not in decided]
