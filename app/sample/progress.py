"""Plays the sample's story through the program's own operations, day by day, each act by somebody who may."""

import io
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts.queries.sessions import actor as actor_named
from app.accounts.sample_accounts import listed
from app.cards.deadlines import operations as deadlines
from app.cards.models import Card
from app.cards.moves import BY_DEED, MoveInput
from app.cards.notes import operations as notes
from app.cards.notes import queries as note_queries
from app.cards.notes.models import NoteKind
from app.cards.notes.rules import NoteInput
from app.cards.on_behalf import operations as corrections
from app.cards.on_behalf import queries as behalf
from app.cards.operations import assignees, moving
from app.cards.queries import rows
from app.core import clock
from app.core.actor import Actor
from app.core.vietnamese import fold
from app.evidence.models import Evidence, Review
from app.evidence.operations import add_evidence, review_evidence
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files.store import Incoming, Storage
from app.organisation.models import Unit
from app.plans.models import Action, Clause
from app.sample import acts, drawing, files
from app.sample.acts import StoryStep, Where
from app.sample.inspections import Inspections
from app.sample.story import STORY

LIMIT = 5_000_000


def play(plan_id: int, store: Storage) -> None:
    """Let every step of the story happen on its day."""
    people: dict[str, Actor] = {}
    places = _places(plan_id)
    inspected = Inspections(plan_id, store, _person, lambda actor, card, act: _answer(actor, card, act, store))
    for step in STORY:
        inspected.until(step.on - timedelta(days=1))
        actor = people.get(step.who) or people.setdefault(step.who, _person(step.who))
        card = rows.card(actor, places[step.where])
        assert card is not None
        with clock.at(step.on):
            _play(actor, card, step, store)
    inspected.until(date.max)


def _answer(actor: Actor, card: Card, act: acts.MoveAct | acts.Give, store: Storage) -> None:
    match act:
        case acts.MoveAct(deed, said):
            moving.make_move(actor, card, BY_DEED[deed], seen_version=card.version, said=said)
        case acts.Give():
            _give(actor, card, act, store)


def _play(actor: Actor, card: Card, step: StoryStep, store: Storage) -> None:
    match step.act:
        case acts.MoveAct() | acts.Give():
            _answer(actor, card, step.act, store)
        case acts.Remark(lacking):
            newest: Evidence = card.evidence[-1]
            review_evidence(actor, newest, Review.LACKING, lacking, seen_version=newest.version)
        case acts.Note() | acts.Rewrite() | acts.Resolve():
            _write(actor, card, step.act)
        case acts.Follow(holder):
            assignees.set_holder(actor, card, _person(holder).id, seen_version=card.version)
        case acts.HandOver(giver, taker):
            assignees.hand_over(actor, _person(giver).id, card.unit_id, _person(taker).id)
        case acts.AskCorrection() | acts.AnswerCorrection() | acts.CorrectSent():
            _correct(actor, card, step.act)
        case _:
            _date(actor, card, step.act)


def _date(actor: Actor, card: Card, act: acts.Act) -> None:
    seen = card.version
    match act:
        case acts.SetDate(level, day, basis, number, on):
            deadlines.set_deadline(actor, card, level, MoveInput(basis, day, number, on), seen_version=seen)
        case acts.AskTime(day, reason):
            deadlines.ask_extension(actor, card, MoveInput(reason, day), seen_version=seen)
        case acts.Decide(day, reason, number, on):
            said, asked = MoveInput(reason, day, number, on), card.extension_id or 0
            deadlines.decide_extension(actor, card, asked, said, granted=day is not None, seen_version=seen)
        case acts.TakeBackAsking():
            deadlines.withdraw_extension(actor, card, card.extension_id or 0, seen_version=seen)
        case acts.ChangeKind(kind, reason):
            deadlines.change_kind(actor, card, kind, MoveInput(reason), seen_version=seen)


def _write(actor: Actor, card: Card, act: acts.Note | acts.Rewrite | acts.Resolve) -> None:
    written = note_queries.notes(card.id)
    match act:
        case acts.Note(kind, text, period, number, on, coordinating):
            named = next((c.id for c in card.action.coordinating if c.name == coordinating), None)
            notes.add_note(actor, card, NoteInput(kind, text, period, number, on, named))
        case acts.Rewrite(text):
            notes.correct_note(actor, [n for n in written.current if n.author_id == actor.id][-1], text)
        case acts.Resolve():
            notes.resolve_note(actor, written.of(NoteKind.DIFFICULTY)[-1])


def _correct(actor: Actor, card: Card, act: acts.AskCorrection | acts.AnswerCorrection | acts.CorrectSent) -> None:
    match act:
        case acts.AskCorrection(reason):
            entry = behalf.of_card(card.id)[0]
            corrections.ask_correction(actor, card, entry.target, entry.target_id, reason)
        case acts.AnswerCorrection(answer, reason):
            asked = behalf.requests(card.id)[-1]
            corrections.answer_correction(actor, asked, answer, reason, seen_version=asked.version)
        case acts.CorrectSent(day, basis):
            moving.correct_sent_date(actor, card, day, basis, seen_version=card.version)


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


def _places(plan_id: int) -> dict[Where, int]:
    """The card of each duty of the plan."""
    query = (
        select(Clause.address, Unit.short_name, Action.duty, Card.id)
        .select_from(Card)
        .join(Action, Action.id == Card.action_id)
        .join(Clause, Clause.id == Action.clause_id)
        .join(Unit, Unit.id == Card.unit_id)
        .where(Card.plan_id == plan_id)
    )
    return {Where(clause, unit, duty): card_id for clause, unit, duty, card_id in db.session.execute(query)}


def _give(actor: Actor, card: Card, paper: acts.Give, store: Storage) -> None:
    said = Particulars(
        kind=paper.kind,
        summary=paper.summary,
        number=paper.number,
        link=paper.link,
        issued_on=paper.on,
        sent_on=paper.sent_on or (clock.today() if paper.number else None),
        happened_on=paper.happened_on,
        restricted=paper.restricted,
    )
    file = Incoming(_name(paper), io.BytesIO(_bytes(paper, card.unit.name)))
    add_evidence(actor, card, said, [file], store=store, limit_bytes=LIMIT)


def _name(paper: acts.Give) -> str:
    return f"{(paper.number or paper.summary).replace('/', '-')}.{paper.form}"


def _bytes(paper: acts.Give, unit: str) -> bytes:
    number = paper.number or ""
    match paper.form:
        case "docx":
            return files.letter(unit, number, paper.on, paper.summary)
        case "xlsx":
            return files.table(paper.summary, paper.rows)
        case "png":
            return drawing.picture(paper.summary)
    return drawing.typed_page(files.lines_of(unit, number, paper.on, paper.summary))
