"""Eight people at once in a process of their own, all at the same few cards, for as long as they are told.

Run by `test_sixteen_writers.py`, two processes at a time, with one JSON object on the command line; waits for a line on
standard input, then prints what was accepted, refused and broken as JSON.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import create_app
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, Deed, MoveInput, course, open_to
from app.cards.operations import moving
from app.config import Config
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Refused
from app.extensions import db
from tests.world import TODAY, person

THREADS = 8
CAST = ("lan", "duc", "mai", "chi", "ha", "son", "binh", "lan")
SAID = MoveInput(reason="Nêu lý do", document_number="12/UBND", document_on=TODAY)


class Writer(threading.Thread):
    """One person who moves any of the cards, as seen a moment ago, and takes a move back now and then."""

    def __init__(self, app: Any, cards: list[int], until: float, seed: int) -> None:
        super().__init__()
        self.app, self.cards, self.until, self.random = app, cards, until, random.Random(seed)
        self.name = CAST[seed % len(CAST)]
        self.accepted: list[dict[str, Any]] = []
        self.refused: Counter[str] = Counter()
        self.broken: list[str] = []

    def run(self) -> None:
        with self.app.app_context():
            actor = person(self.name)
            while time.monotonic() < self.until:
                self._try(actor, self.random.choice(self.cards))
            db.session.remove()

    def _try(self, actor: Actor, card_id: int) -> None:
        try:
            db.session.rollback()
            card = db.session.get_one(Card, card_id)
            began = time.perf_counter()
            event = self._deed(actor, card)
            if event is not None:
                self.accepted.append({"event": event.id, "card": card_id, "took": time.perf_counter() - began})
        except Refused as refusal:
            self.refused[type(refusal).__name__] += 1
        except Exception as error:
            self.broken.append(repr(error))

    def _deed(self, actor: Actor, card: Card) -> CardEvent | None:
        if self.random.random() < 0.1:
            last = db.session.scalar(select(CardEvent.id).where(CardEvent.card_id == card.id).order_by(-CardEvent.id))
            return moving.undo(actor, card, last or 0)
        moves = list(open_to(actor, card)) or [BY_DEED[Deed.START]]
        move = self.random.choice([m for m in moves if m.deed is not Deed.DROP] or moves)
        assert course(card)
        return moving.make_move(actor, card, move, seen_version=card.version, said=SAID)


def main() -> None:
    asked = json.loads(sys.argv[1])
    app = create_app(Config(Path(asked["data"]), asked["url"], "k" * 40))
    clock.pretend(TODAY)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    until = time.monotonic() + asked["seconds"]
    writers = [Writer(app, asked["cards"], until, asked["seed"] + n) for n in range(THREADS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    refused = sum((writer.refused for writer in writers), Counter[str]())
    told = {
        "accepted": [one for writer in writers for one in writer.accepted],
        "refused": refused,
        "broken": [one for writer in writers for one in writer.broken],
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
