"""Cards kept as text: the face and the markup of one row, for everybody who may see and do the same with it.

The key is the whole frozen row (its version, its unit's names and all that its words are made of), the day and the
settings, the language and what of the viewer decides the face. Neither the session's token nor a mark of a search
is in the text.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, render_template
from flask_babel import get_locale
from markupsafe import Markup

from app.board.views.card import CardView, Today, face, tells
from app.board.views.shared_duties import SharedDuty, parent
from app.cards.moves import MOVES, STATUS_WORDS
from app.cards.policy import acts_on_behalf
from app.cards.queries.rows import Row
from app.core.actor import Actor
from app.core.lru import Lru
from app.core.policy import Permission, can, why_not

MOST_FACES = 6_000
MOST_PARENTS = 400

ASKED = tuple(
    sorted({move.permission for move in MOVES} | {Permission.CARD_FEEDBACK_READ, Permission.HOLDER_READ})
)  # every rule that a face asks beside the lock

_faces: Lru[tuple[Any, ...], CardView] = Lru(MOST_FACES)
_parents: Lru[tuple[Any, ...], SharedDuty] = Lru(MOST_PARENTS)


def kept_face(actor: Actor, row: Row, today: Today) -> CardView:
    """The face of `row` for `actor`, made once for all who have the same rights on it."""
    key = face_key(actor, row, today)
    known = _faces.get(key)
    if known is None:
        known = face(actor, row, today)
        _faces.put(key, known)
    return known


def face_key(actor: Actor, row: Row, today: Today) -> tuple[Any, ...]:
    """What decides how `row` reads."""
    return (row, today, str(get_locale()), rights_class(actor, row))


def rights_class(actor: Actor, row: Row) -> tuple[Any, ...]:
    """What `row` is for `actor`: own or another unit's, why it is locked, and what every rule that a face asks answers.

    The answers stand in the key, not what the rules read of the actor: a rule that comes to read more needs no
    line here.
    """
    own = row.unit_id in actor.unit_ids
    locked = why_not(actor, Permission.CARD_MOVE, row)
    return (own, acts_on_behalf(actor, row), locked and str(locked), *(can(actor, asked, row) for asked in ASKED))


def card_markup(card: CardView) -> Markup:
    """The markup of a card, rendered the first time and taken from its face after that."""
    language = str(get_locale())
    if language not in card.markup:
        card.markup[language] = render_template("board/_card_face.html", card=card)
    return Markup(card.markup[language])


def kept_parent(
    actor: Actor, group: tuple[Row, ...], chosen: tuple[int, ...], today: Today, url: Callable[[int], str]
) -> SharedDuty:
    """The line of a shared duty for `actor`, made once for all who may read the same remarks on it."""
    told = tuple(row.id for row in group if row.feedback is not None and tells(actor, row))
    key = (group, chosen, told, today, str(get_locale()))
    known = _parents.get(key)
    if known is None:
        known = parent(actor, group, chosen, today, url)
        _parents.put(key, known)
    return known


def parent_markup(shown: SharedDuty) -> Markup:
    """The markup of a shared duty's line, rendered the first time and taken from there after that."""
    language = str(get_locale())
    if language not in shown.markup:
        shown.markup[language] = render_template("board/_parent_face.html", parent=shown)
    return Markup(shown.markup[language])


def init_app(app: Flask) -> None:
    """Give templates `card_markup`, `parent_markup` and the words of each status, by its value."""
    words = {status.value: label for status, label in STATUS_WORDS.items()}
    app.jinja_env.globals.update(card_markup=card_markup, parent_markup=parent_markup, status_words=words)
