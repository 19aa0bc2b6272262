"""Who may add, open and review evidence: every role against every kind of document."""

from types import SimpleNamespace

import pytest

import app.evidence.policy as rules
from app.core.actor import Actor, Grant, Role
from app.core.policy import Permission, can, why_not

LEAD, COORDINATING, OTHER, OFFICE, CITY = 1, 2, 3, 4, 5


def person(number, *grants):
    return Actor(id=number, name="", grants=tuple(Grant(role, unit) for role, unit in grants))


LAN = person(10, (Role.HEAD, LEAD))
DUC = person(11, (Role.DEPUTY, LEAD))
MAI = person(12, (Role.STAFF, LEAD))
BINH = person(13, (Role.HEAD, OTHER))
PARTNER = person(14, (Role.STAFF, COORDINATING))
CHI = person(15, (Role.HEAD, OFFICE), (Role.COORDINATOR, OFFICE))
HA = person(16, (Role.STAFF, OFFICE), (Role.COORDINATOR, OFFICE))
SON = person(17, (Role.LEADER, CITY))
ADMIN = person(18, (Role.ADMIN, CITY))
CAST = {"lan": LAN, "duc": DUC, "mai": MAI, "binh": BINH, "partner": PARTNER, "chi": CHI, "ha": HA, "son": SON}
CAST["admin"] = ADMIN


def card(unit=LEAD, *, sent_by=None, leader_confirms=False):
    return SimpleNamespace(
        unit_id=unit,
        unit=SimpleNamespace(leader_confirms=leader_confirms),
        sent_by_id=sent_by,
        coordinating_unit_ids=frozenset({COORDINATING}),
    )


def evidence(unit=LEAD, *, of=None, by=MAI, restricted=False):
    return SimpleNamespace(card=of or card(), unit_id=unit, uploaded_by_id=by.id, restricted=restricted)


def allowed(permission, subject):
    return {name for name, actor in CAST.items() if can(actor, permission, subject)}


def test_the_units_that_work_on_a_card_add_to_it_and_the_office_on_behalf():
    assert allowed(Permission.EVIDENCE_ADD, card()) == {"lan", "duc", "mai", "partner", "chi", "ha"}


def test_the_office_adds_to_its_own_cards_and_other_units_do_not():
    assert allowed(Permission.EVIDENCE_ADD, card(OFFICE)) == {"partner", "chi", "ha"}


@pytest.mark.parametrize(
    ("document", "who"),
    [
        (evidence(), {"lan", "duc", "mai", "partner", "chi", "ha", "son"}),
        (evidence(COORDINATING), {"lan", "duc", "mai", "partner", "chi", "ha", "son"}),
        (evidence(restricted=True), {"lan", "duc", "mai", "chi", "ha"}),
        (evidence(COORDINATING, restricted=True), {"partner", "chi", "ha"}),
        (evidence(OFFICE, of=card(OFFICE)), {"partner", "chi", "ha", "son"}),
    ],
    ids=["the lead's", "a partner's", "the lead's restricted", "a partner's restricted", "the office's"],
)
def test_files_are_opened_by_those_who_need_them_and_never_by_the_administrator(document, who):
    assert allowed(Permission.EVIDENCE_OPEN, document) == who


def test_only_the_office_reviews_what_other_units_give():
    assert allowed(Permission.EVIDENCE_REVIEW, evidence()) == {"chi", "ha"}


def test_what_the_office_entered_for_a_unit_may_be_reviewed_by_the_same_officer():
    assert can(HA, Permission.EVIDENCE_REVIEW, evidence(by=HA, of=card(sent_by=HA.id)))


@pytest.mark.parametrize(
    ("document", "who"),
    [
        (evidence(OFFICE, of=card(OFFICE), by=HA), {"chi"}),
        (evidence(OFFICE, of=card(OFFICE), by=CHI), set()),
        (evidence(OFFICE, of=card(OFFICE, sent_by=CHI.id), by=HA), set()),
        (evidence(OFFICE, of=card(OFFICE, leader_confirms=True), by=CHI), {"son"}),
        (evidence(OFFICE, of=card(LEAD), by=HA), {"chi"}),
    ],
    ids=["staff's", "the head's", "the head sent the result", "the leader by setting", "given as a partner"],
)
def test_the_offices_own_evidence_is_reviewed_by_its_head_and_never_by_who_gave_it(document, who):
    assert allowed(Permission.EVIDENCE_REVIEW, document) == who


def test_a_leader_reviews_only_where_the_unit_says_so():
    assert not can(SON, Permission.EVIDENCE_REVIEW, evidence())
    assert can(SON, Permission.EVIDENCE_REVIEW, evidence(of=card(leader_confirms=True)))


@pytest.mark.parametrize(
    ("actor", "permission", "subject", "sentence"),
    [
        (BINH, Permission.EVIDENCE_ADD, card(), rules.READ_ONLY),
        (BINH, Permission.EVIDENCE_OPEN, evidence(), rules.NOT_YOUR_FILES),
        (SON, Permission.EVIDENCE_OPEN, evidence(restricted=True), rules.RESTRICTED),
        (LAN, Permission.EVIDENCE_REVIEW, evidence(), rules.OFFICE_ONLY),
        (HA, Permission.EVIDENCE_REVIEW, evidence(OFFICE, of=card(OFFICE)), rules.OWN_HEAD_REVIEWS),
        (CHI, Permission.EVIDENCE_REVIEW, evidence(OFFICE, of=card(OFFICE), by=CHI), rules.OWN_WORK),
    ],
)
def test_each_refusal_says_its_reason(actor, permission, subject, sentence):
    assert str(why_not(actor, permission, subject)) == str(sentence)
