"""Who may do what: one table, three ways to ask it."""

import pytest

import app.blueprints  # noqa: F401  fills the table of rules
from app.core.actor import Actor, Grant, Role, system
from app.core.errors import Busy, Forbidden, Refused, Stale, StorageFull, TooLarge
from app.core.policy import RULES, Permission, can, require, why_not
from app.extensions import login

ANYBODY = Actor(id=9, name="Ai đó")


def test_every_permission_has_a_rule():
    assert set(RULES) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_may_nothing(permission):
    stranger = login.anonymous_user()
    assert not can(stranger, permission)
    with pytest.raises(Forbidden):
        require(stranger, permission)


@pytest.mark.parametrize("permission", Permission)
def test_the_system_may_everything(permission):
    require(system(), permission)


def test_a_refusal_carries_the_sentence_that_the_page_shows():
    sentence = why_not(ANYBODY, Permission.PERSON_MANAGE)
    with pytest.raises(Forbidden) as refused:
        require(ANYBODY, "person.manage")
    assert str(refused.value) == str(sentence) == "Chỉ quản trị được thực hiện thao tác này."


def test_a_permission_that_does_not_exist_is_a_mistake_and_no_refusal():
    with pytest.raises(ValueError, match=r"card\.delete"):
        can(ANYBODY, "card.delete")


def test_refusals_know_their_status():
    assert {kind: kind.status for kind in (Refused, Forbidden, TooLarge, Busy, StorageFull, Stale)} == {
        Refused: 422, Forbidden: 403, TooLarge: 413, Busy: 503, StorageFull: 507, Stale: 409,
    }  # fmt: skip


def test_a_role_counts_in_its_unit_only():
    actor = Actor(id=1, name="", grants=(Grant(Role.HEAD, 3), Grant(Role.STAFF, 4), Grant(Role.ADMIN, 5)))
    assert actor.heads(3)
    assert not actor.heads(4)
    assert actor.works_in(4)
    assert not actor.works_in(5)
    assert actor.unit_ids == {3, 4}
    assert actor.administers
    assert not actor.coordinates
