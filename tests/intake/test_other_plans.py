"""Four real plans of other provinces, from the file to the board: what stands there is what a person read in them."""

import json
import re
from collections import Counter

import pytest
from sqlalchemy import select

from app.cards.models import Card
from app.extensions import db
from app.intake.operations import deciding
from app.intake.queries import drafts
from app.organisation.models import UnitKind
from app.organisation.queries import units
from app.plans.models import Action, Clause, Plan
from tests.intake.conftest import PLANS

STEMS = sorted(path.stem for path in PLANS.glob("*.txt"))
REQUESTS = dict(zip(STEMS, (3, 0, 3, 1), strict=True))  # asked with "Đề nghị", or of bodies outside UBND alone


def standing(plan):
    """Address and action of everything that the plan asks for."""
    query = select(Clause.address, Action).join(Clause, Clause.id == Action.clause_id).where(Action.plan_id == plan.id)
    return db.session.execute(query.order_by(Action.position)).all()


def settle(desk, browser, draft):
    """Deal with everything that is open as an office would: three kinds of presses, whatever the length of the plan."""
    url = f"/plans/drafts/{draft.id}"
    if any(not deciding.is_group(name) for name in deciding.undecided_names(draft)):
        browser.post(f"{url}/names", {"all": "1"}, status=303)
    db.session.rollback()
    for name in deciding.undecided_names(desk.again(draft)):
        one = "Đoàn thể" in name or "đoàn thể" in name
        said = {"name": name} if one else {"name": name, "spread": "1", "group": "departments"}
        browser.post(f"{url}/names", said, status=303)
    db.session.rollback()
    if any(not left.dealt for left in drafts.leftovers(draft.id)):
        browser.post(f"{url}/leftovers", {}, status=303)
    db.session.rollback()


@pytest.mark.parametrize("stem", STEMS)
def test_what_stands_on_the_board_is_what_a_person_read_in_the_plan(desk, visit, stem):
    human = json.loads((PLANS / f"{stem}.json").read_text(encoding="utf-8"))
    draft, browser = desk.read((PLANS / f"{stem}.txt").read_bytes(), f"{stem}.txt"), visit("chi")
    browser.get(f"/plans/drafts/{draft.id}")
    settle(desk, browser, draft)
    form = {"step": drafts.last_step_id(draft.id)}
    browser.post(f"/plans/drafts/{draft.id}/adoption", form, status=303)
    db.session.rollback()
    plan = db.session.scalars(select(Plan).order_by(Plan.id.desc())).first()
    found = standing(plan)
    by_part = Counter(address.split(".")[0] for address, _action in found)
    assert by_part.pop("PL", 0) == len(human.get("table_rows", []))
    assert by_part.pop("II", 0) == sum(one["tasks"] for one in human.get("content_assignments", []))
    assert list(by_part.values()) == [human["total_actions"]]
    assert sum(action.is_request for _a, action in found) == REQUESTS[stem]
    for _address, action in found:
        held = db.session.scalars(select(Card).where(Card.action_id == action.id)).all()
        assert held
        assert len({card.unit_id for card in held}) == len(held)
    names = [unit.name for unit in units()]
    assert len(names) == len(set(names))
    assert not [name for name in names if re.match("các sở", name, re.IGNORECASE)]
    assert {u.kind for u in units() if "oàn thể" in u.name or "Hiệp hội" in u.name} <= {UnitKind.BODY}
    again = desk.read((PLANS / f"{stem}.txt").read_bytes())
    assert "Không có thay đổi" in browser.get(f"/plans/drafts/{again.id}").text
