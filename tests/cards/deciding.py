"""Deeds about deadlines as the cast does them, with what they say kept short."""

from datetime import date
from typing import Any

from app.cards.deadlines import operations
from app.cards.models import Card, CardEvent
from app.cards.moves import MoveInput
from app.plans.models import ActionKind, DueLevel
from tests.world import World, person

HALF_YEAR = "báo cáo 6 tháng"


def day(text: str) -> date:
    """15/5 is 15/05/2024."""
    month_day = [int(part) for part in text.split("/")]
    return date(month_day[2] if len(month_day) == 3 else 2024, month_day[1], month_day[0])


def said(
    on: str | None = None, reason: str = "Theo thống nhất", number: str = "", document_on: str | None = None
) -> MoveInput:
    """What a form says: a day, a reason or basis, a document."""
    return MoveInput(reason, day(on) if on else None, number, day(document_on) if document_on else None)


def report(world: World) -> Card:
    """The half-year report of phường Ea Tam, which the plan wants before 15/5."""
    return world.card("III.10.a", "P. Ea Tam", HALF_YEAR)


def set_date(who: str, card: Card, level: DueLevel | None, *words: Any, **more: Any) -> CardEvent:
    return operations.set_deadline(person(who), card, level, said(*words, **more), seen_version=card.version)


def ask(who: str, card: Card, *words: Any, **more: Any) -> CardEvent:
    return operations.ask_extension(person(who), card, said(*words, **more), seen_version=card.version)


def decide(who: str, card: Card, granted: bool, *words: Any, **more: Any) -> CardEvent:
    """Decide what is asked for now."""
    return operations.decide_extension(
        person(who), card, card.extension_id or 0, said(*words, **more), granted=granted, seen_version=card.version
    )


def grant(who: str, card: Card, *words: Any, **more: Any) -> CardEvent:
    return operations.grant_extension(person(who), card, said(*words, **more), seen_version=card.version)


def change_kind(who: str, card: Card, kind: ActionKind | None, *words: Any, **more: Any) -> list[CardEvent]:
    return operations.change_kind(person(who), card, kind, said(*words, **more), seen_version=card.version)
