"""Hợp lệ or Cần bổ sung: by the office, of the version that was seen, counted on the card."""

import io

import pytest

from app.cards.moves import Deed
from app.cards.operations import moving as board
from app.core.errors import Forbidden, Refused, Stale
from app.evidence.models import EvidenceKind, Review
from app.evidence.operations import add_evidence, review_evidence
from app.evidence.particulars import Particulars
from app.files.store import Incoming, installed_store
from tests.conftest import reread
from tests.world import PDF, move, person, prove


@pytest.fixture
def given(card):
    return prove("mai", card, installed_store())


def counts(card):
    after = reread(card)
    return after.evidence_total, after.evidence_valid, after.evidence_lacking


def review(who, document, verdict, reason="", seen=None):
    return review_evidence(
        person(who), document, verdict, reason, seen_version=document.version if seen is None else seen
    )


def test_the_office_finds_a_document_valid(ha, given, card):
    version = reread(card).version
    reviewed = review("ha", given, Review.VALID)
    assert (reviewed.review, reviewed.reviewed_by_id, reviewed.review_reason) == (Review.VALID, ha.id, None)
    assert reviewed.reviewed_at is not None
    assert counts(card) == (1, 1, 0)
    assert reread(card).version == version + 1


def test_what_is_lacking_is_said_with_its_reason_and_can_be_put_right(given, card):
    reviewed = review("chi", given, Review.LACKING, "Thiếu dấu")
    assert (reviewed.review, reviewed.review_reason, counts(card)) == (Review.LACKING, "Thiếu dấu", (1, 0, 1))
    assert review("ha", reviewed, Review.VALID).review_reason is None
    assert counts(card) == (1, 1, 0)


def test_another_reason_raises_the_cards_version_too(given, card):
    reviewed = review("ha", given, Review.LACKING, "Thiếu dấu")
    version = reread(card).version
    review("ha", reviewed, Review.LACKING, "Thiếu chữ ký")
    assert counts(card) == (1, 0, 1)
    assert reread(card).version == version + 1


@pytest.mark.parametrize(
    ("verdict", "reason", "field"),
    [(Review.LACKING, "", "reason"), (Review.VALID, "a" * 2001, "reason"), (Review.UNSEEN, "", "review")],
    ids=["no reason", "too long", "no verdict"],
)
def test_a_review_says_what_it_must(verdict, reason, field, given, card):
    with pytest.raises(Refused) as refusal:
        review("ha", given, verdict, reason)
    assert refusal.value.field == field
    assert counts(card) == (1, 0, 0)


@pytest.mark.parametrize("who", ["lan", "mai", "binh", "son", "quantri", "yen"])
def test_nobody_else_reviews(who, given, card):
    with pytest.raises(Forbidden):
        review(who, given, Review.VALID)
    assert counts(card) == (1, 0, 0)


def test_a_document_that_grew_since_it_was_seen_is_not_reviewed(card):
    said = Particulars(EvidenceKind.REPORT, "Báo cáo")
    options = {"store": installed_store(), "limit_bytes": 9999, "document_key": "form"}
    given = add_evidence(person("mai"), card, said, [Incoming("a.pdf", io.BytesIO(PDF))], **options)
    seen = given.version
    add_evidence(person("mai"), reread(card), said, [Incoming("b.pdf", io.BytesIO(PDF + b"\n"))], **options)
    with pytest.raises(Stale):
        review("ha", given, Review.VALID, seen=seen)
    assert counts(card) == (1, 0, 0)


def test_of_two_reviewers_the_second_is_told(given, card):
    seen = given.version
    review("ha", given, Review.LACKING, "Thiếu dấu")
    with pytest.raises(Stale):
        review("chi", given, Review.VALID, seen=seen)
    assert counts(card) == (1, 0, 1)


def test_a_finished_dutys_documents_stay_as_they_were_judged(given, card):
    move("lan", reread(card), Deed.SEND)
    move("chi", reread(card), Deed.CONFIRM)
    assert counts(card) == (1, 1, 0)  # one press accepted what nobody had looked at
    with pytest.raises(Refused, match="mở lại"):
        review("ha", given, Review.LACKING, "Thiếu dấu")
    assert counts(card) == (1, 1, 0)


def test_taking_a_confirmation_back_restores_the_counts(given, card):
    move("lan", reread(card), Deed.SEND)
    event = move("chi", reread(card), Deed.CONFIRM)
    board.undo(person("chi"), reread(card), event.id)
    assert counts(card) == (1, 0, 0)
    review("ha", given, Review.LACKING, "Thiếu dấu")
    assert counts(card) == (1, 0, 1)


def test_the_offices_own_document_is_reviewed_by_its_head_unless_they_gave_it(world):
    own = world.card("III.1.a")
    by_staff, by_head = prove("ha", own, installed_store()), prove("chi", reread(own), installed_store(), number="46")
    with pytest.raises(Forbidden):
        review("ha", by_staff, Review.VALID)
    with pytest.raises(Forbidden):
        review("chi", by_head, Review.VALID)
    review("chi", by_staff, Review.VALID)
    assert counts(own) == (2, 1, 0)
