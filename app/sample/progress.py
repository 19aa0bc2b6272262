"""Plays the sample's story through the program's own operations, day by day, each deed by somebody who may."""

import io

from sqlalchemy import select

from app.accounts.queries import actor as actor_named
from app.board import operations, queries
from app.board.models import Card
from app.board.moves import BY_DEED
from app.core import clock
from app.core.actor import Actor
from app.core.vietnamese import fold
from app.evidence.models import Evidence, Review
from app.evidence.operations import add_evidence, review_evidence
from app.evidence.particulars import Incoming, Particulars
from app.evidence.storage import Storage
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action, Clause
from app.sample import files
from app.sample.story import STORY, Paper, Step, Where
from app.sample_accounts import listed

LIMIT = 5_000_000


def play(plan_id: int, store: Storage) -> None:
    """Let every step of the story happen on its day."""
    for step in STORY:
        with clock.at(step.on):
            _play(_person(step.who), _card(plan_id, step.where), step, store)


def _play(actor: Actor, card: Card, step: Step, store: Storage) -> None:
    if step.deed is not None:
        move = BY_DEED[step.deed]
        operations.make_move(actor, card, move, seen_version=card.version, said=step.said)
    elif step.paper is not None:
        said, file = _particulars(step.paper, step), Incoming(_name(step.paper), io.BytesIO(_bytes(step.paper)))
        add_evidence(actor, card, said, [file], store=store, limit_bytes=LIMIT)
    else:
        newest: Evidence = card.evidence[-1]
        review_evidence(actor, newest, Review.LACKING, step.lacking, seen_version=newest.version)


def head_of(short_name: str) -> str:
    """The sign-in name of a unit's head: one of the published accounts, else an invented one."""
    for account in listed():
        if any(unit == short_name and role == "head" for unit, role in account.grants):
            return account.username
    return "tt-" + fold(short_name).replace(".", "").replace(" ", "-")


def _person(who: str) -> Actor:
    found = actor_named(head_of(who.removeprefix("head of ")) if who.startswith("head of ") else who)
    assert found is not None, who
    return found


def _card(plan_id: int, where: Where) -> Card:
    card_id = db.session.scalars(
        select(Card.id)
        .join(Action, Action.id == Card.action_id)
        .join(Clause, Clause.id == Action.clause_id)
        .join(Unit, Unit.id == Card.unit_id)
        .where(Card.plan_id == plan_id, Clause.address == where.clause, Unit.short_name == where.unit)
        .where(Action.duty.is_(None) if where.duty is None else Action.duty == where.duty)
    ).one()
    found = queries.card(_person("chi"), card_id)
    assert found is not None
    return found


def _particulars(paper: Paper, step: Step) -> Particulars:
    return Particulars(kind=paper.kind, summary=paper.summary, number=paper.number, issued_on=paper.on, sent_on=step.on)


def _name(paper: Paper) -> str:
    return f"{(paper.number or paper.summary).replace('/', '-')}.{paper.form}"


def _bytes(paper: Paper) -> bytes:
    match paper.form:
        case "docx":
            return files.letter(paper.number or "", paper.summary)
        case "xlsx":
            return files.table(paper.summary, [("Học viên lớp xóa mù chữ", 41, 87), ("Học viên bổ túc THCS", 63, 70)])
        case "png":
            return files.picture((90, 130, 120))
    return files.scan(paper.number or "")
