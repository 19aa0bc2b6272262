"""A reviewed draft goes on the board in one transaction; what is open is listed and nothing is lost."""

import pytest
from sqlalchemy import func, select

from app.cards.models import Card, CardEvent
from app.cards.queries import rows as board
from app.core.errors import Refused, Stale
from app.extensions import db
from app.intake.operations import adding, deciding, editing, plans
from app.intake.operations.editing import Edit
from app.intake.queries import drafts
from app.organisation.models import UnitAlias
from app.plans.models import Action, ActionKind, DueLevel, Plan
from tests.intake.conftest import ANOTHER, DAKLAK
from tests.visitor import everything
from tests.world import TODAY

pytestmark = pytest.mark.both_databases


def counted(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_plan_of_another_province_goes_on_the_board_once_everything_is_dealt_with(desk, chi):
    draft = desk.read(DAKLAK.read_bytes())
    adding.add(chi, draft, desk.codes(draft)[0])
    before = everything()
    with pytest.raises(Refused) as refused:
        plans.adopt(chi, draft)
    assert "chưa có đơn vị thực hiện" in refused.value.sentence
    assert "chưa có trong danh mục" in refused.value.sentence
    assert everything() == before
    added = next(duty for duty in drafts.duties(draft.id) if not duty.leads)
    editing.include(chi, draft, added, False, seen_version=added.version)
    known = deciding.undecided_names(draft)
    deciding.decide_name(chi, draft, known[0], chi.grants[0].unit_id)
    deciding.all_names_new(chi, draft)
    deciding.decide_name(chi, draft, "Các đoàn thể, tổ chức xã hội", None)
    if any(not left.dealt for left in drafts.leftovers(draft.id)):
        deciding.deal_with(chi, draft, None)
    plan = plans.adopt(chi, draft)
    actions = db.session.scalars(select(Action).where(Action.plan_id == plan.id)).all()
    assert len(actions) == len([d for d in drafts.duties(draft.id) if d.included])
    assert all(duty.action_id for duty in drafts.duties(draft.id) if duty.included)
    alias = db.session.scalars(select(UnitAlias).where(UnitAlias.alias == known[0])).one()
    assert alias.unit_id == chi.grants[0].unit_id
    assert board.rows(plan.id)


def test_what_was_edited_is_what_stands_on_the_board(desk, chi):
    draft = desk.read(ANOTHER)
    duty = desk.duty(draft, "III.7.c")
    said = Edit(
        "Rà soát tài liệu giảng dạy",
        tuple(tuple(pair) for pair in duty.leads),
        ((None, "Thành đoàn"),),
        ActionKind.WITHIN_YEAR,
        due_on=TODAY.replace(year=2025),
        due_level=DueLevel.OFFICE,
        due_basis="Công văn số 12/LĐTBXH",
        product="Báo cáo rà soát",
        content="II.2.a",
    )
    editing.edit(chi, draft, duty, said, seen_version=duty.version)
    seen = drafts.last_step_id(draft.id)
    plan = plans.adopt(chi, draft, seen_step=seen)
    action = db.session.scalars(
        select(Action).where(Action.plan_id == plan.id, Action.duty == "Rà soát tài liệu giảng dạy")
    ).one()
    assert (action.product, action.due_on, action.kind) == ("Báo cáo rà soát", None, ActionKind.WITHIN_YEAR)
    assert [unit.name for unit in action.coordinating] == ["Thành đoàn"]
    assert action.content_id is not None
    card = db.session.scalars(select(Card).where(Card.action_id == action.id)).one()
    assert (card.due_on, card.due_level) == (said.due_on, DueLevel.OFFICE)
    event = db.session.scalars(select(CardEvent).where(CardEvent.card_id == card.id)).one()
    assert event.reason == "Công văn số 12/LĐTBXH"
    with pytest.raises(Refused, match="đã được đưa lên bảng"):
        plans.adopt(chi, draft)
    with pytest.raises(Refused, match="đã được đưa lên bảng"):
        adding.add(chi, draft, "II.4.a")


def test_a_press_on_an_older_page_of_the_draft_puts_nothing_on_the_board(desk, chi, ha):
    draft = desk.read(ANOTHER)
    seen = drafts.last_step_id(draft.id)
    duty = desk.duty(draft, "III.7.c")
    editing.include(ha, draft, duty, False, seen_version=duty.version)
    with pytest.raises(Stale):
        plans.adopt(chi, draft, seen_step=seen)
    assert counted(Plan) == 1
