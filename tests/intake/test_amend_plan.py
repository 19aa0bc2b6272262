"""The plan again says that nothing changed; an amended copy shows the difference, which is taken over by a document."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.cards.models import Card, CardEvent
from app.cards.moves import Deed
from app.cards.queries import as_of
from app.cards.queries import rows as board
from app.cards.state import EventKind, Status
from app.core.errors import Refused
from app.extensions import db
from app.files.store import FileStore
from app.intake.models import Relation
from app.intake.operations import editing, plans
from app.intake.operations.amending import AmendedBy
from app.intake.queries import drafts
from app.plans.models import Action, ActionKind, Clause, Plan
from tests.intake.conftest import REFERENCE
from tests.visitor import everything
from tests.world import World, move, person, prove

pytestmark = pytest.mark.both_databases

TEXT = REFERENCE.read_text(encoding="utf-8")
DOCUMENT = AmendedBy("77/KH-UBND", date(2024, 5, 8))
ADDED = "- Lồng ghép nội dung bình đẳng giới vào bài giảng của các trường trung học cơ sở.\n"


def amended() -> str:
    """One duty changed (III.7.a), one added (III.7.d), one withdrawn (III.3)."""
    lines = TEXT.split("\n")
    start = next(i for i, line in enumerate(lines) if line.strip().startswith("- Rà soát tài liệu, chương trình"))
    end = next(i for i in range(start, len(lines)) if lines[i].strip().startswith("8. "))
    text = "\n".join([*lines[:end], ADDED, *lines[end:]])
    return without(text, "III.4.b").replace("nâng cao trình độ học vấn", "nâng cao trình độ học vấn, chuyên môn", 1)


def without(text: str, address: str) -> str:
    """`text` without one clause, cut where the reader says that it stands."""
    from app.formats.plan_reader import read_plan

    clause = next(c for c in read_plan(text.encode(), "a.txt").clauses if c.address == address)
    return text[: clause.place.start] + text[clause.place.end :].lstrip("\n")


def relations(draft):
    rows = [duty for duty in drafts.duties(draft.id) if duty.relation is not Relation.SAME]
    return [(duty.clause, duty.relation.value) for duty in rows]


@pytest.fixture
def worked(world: World, bench):
    """III.7.a with evidence and sent; III.7.c begun."""
    store = FileStore(bench.data / "files")
    prove("mai", world.card("III.7.a"), store)
    move("lan", world.card("III.7.a"), Deed.SEND)
    move("lan", world.card("III.7.c"), Deed.START)
    return world


def test_the_same_plan_again_has_no_change_and_goes_nowhere(desk, visit, chi, worked):
    draft = desk.read(TEXT)
    assert relations(draft) == []
    browser = visit("chi")
    assert "Không có thay đổi" in browser.get(f"/plans/drafts/{draft.id}").text
    before = everything()
    with pytest.raises(Refused, match="Không có thay đổi"):
        plans.adopt(chi, draft, amended_by=DOCUMENT)
    assert everything() == before


def test_an_amended_copy_shows_exactly_what_changed_came_and_went(desk, chi, worked):
    draft = desk.read(amended())
    assert relations(draft) == [("III.7.a", "changed"), ("III.7.d", "new"), ("III.4.b", "withdrawn")]
    for missing in (AmendedBy(), AmendedBy("77/KH-UBND"), AmendedBy("77/KH-UBND", date(2024, 5, 11))):
        with pytest.raises(Refused):
            plans.adopt(chi, draft, amended_by=missing)
    kept = db.session.scalars(select(Card.id).order_by(Card.id)).all()
    plan = plans.adopt(chi, draft, amended_by=DOCUMENT)
    assert [p.id for p in db.session.scalars(select(Plan))] == [plan.id]
    assert set(kept) < set(db.session.scalars(select(Card.id))), "no card is lost"
    card = worked.card("III.7.a")
    assert (card.status, card.evidence_total) == (Status.WAITING, 1)
    assert "học vấn, chuyên môn" in card.action.clause.text
    last = board.events(card.id)[-1]
    assert (last.kind, last.document_number, last.effective_on) == (EventKind.AMENDED, *vars(DOCUMENT).values())
    assert "nâng cao trình độ học vấn" in (last.reason or "")
    assert worked.card("III.7.d", "Phòng GD&ĐT").status is Status.TODO
    assert worked.card("III.7.c").status is Status.DOING


def test_what_is_withdrawn_is_taken_off_by_the_document_and_what_is_done_stays(desk, chi, worked):
    draft = desk.read(amended())
    gone = next(duty for duty in drafts.duties(draft.id) if duty.relation is Relation.WITHDRAWN)
    plans.adopt(chi, draft, amended_by=DOCUMENT)
    card = db.session.scalars(select(Card).where(Card.action_id == gone.action_id)).one()
    assert card.status is Status.DROPPED
    event = db.session.scalars(select(CardEvent).where(CardEvent.card_id == card.id)).one()
    assert (event.kind, event.document_number) == (EventKind.DROPPED, "77/KH-UBND")
    clause = db.session.get(Clause, db.session.get(Action, gone.action_id).clause_id)
    assert clause.withdrawn
    again = desk.read(amended())
    assert relations(again) == [], "the amended text is now the one on the board"


def test_a_person_may_keep_a_withdrawn_duty_on_the_board(desk, chi, world):
    draft = desk.read(amended())
    gone = next(duty for duty in drafts.duties(draft.id) if duty.relation is Relation.WITHDRAWN)
    editing.include(chi, draft, gone, False, seen_version=gone.version)
    same = next(duty for duty in drafts.duties(draft.id) if duty.relation is Relation.SAME)
    with pytest.raises(Refused, match="không tách, gộp"):
        editing.split(chi, draft, same, ["a", "b"], seen_version=same.version)
    plans.adopt(chi, draft, amended_by=DOCUMENT)
    assert db.session.scalars(select(Card.status).where(Card.action_id == gone.action_id)).one() is Status.TODO


def test_a_later_date_in_the_plan_is_a_date_of_ubnd_with_its_document(desk, chi, world):
    draft = desk.read(TEXT.replace("ngày 15/5/2024", "ngày 25/5/2024"))
    assert relations(draft) == [("III.10.a", "changed")]
    plans.adopt(chi, draft, amended_by=DOCUMENT)
    card = world.card("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")
    assert (card.due_on, card.due_original_on) == (date(2024, 5, 25), date(2024, 5, 15))
    assert person("chi").id == board.events(card.id)[-1].actor_id


def test_a_kind_that_the_newer_text_changes_counts_from_its_document_on(desk, chi, world):
    before = world.card("III.7.a").kind
    draft = desk.read(amended())
    duty = desk.duty(draft, "III.7.a")
    leads = tuple((unit_id, name) for unit_id, name in duty.leads)
    said = editing.Edit(duty.wording, leads, (), ActionKind.STANDING)
    editing.edit(chi, draft, duty, said, seen_version=duty.version)
    plans.adopt(chi, draft, amended_by=DOCUMENT)
    card = world.card("III.7.a")
    event = next(event for event in board.events(card.id) if event.kind is EventKind.KIND_CHANGED)
    assert (event.kind_before, event.kind_after) == (before, ActionKind.STANDING)
    kinds = [
        next(row.kind for row in as_of.rows_on(card.plan_id, day) if row.id == card.id)
        for day in (DOCUMENT.issued_on - timedelta(days=1), DOCUMENT.issued_on)
    ]
    assert kinds == [before, ActionKind.STANDING]
