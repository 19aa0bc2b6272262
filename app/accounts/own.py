"""What everybody does with their own account."""

from app.accounts.models import Person
from app.core.actor import Actor
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db


def prefer(actor: Actor, *, language: str | None = None, theme: str | None = None) -> None:
    """Keep the language and the theme that a person chose; None leaves what was kept. Values are the caller's."""
    person = db.session.get_one(Person, actor.id)
    with change(actor, Permission.ACCOUNT_OWN, person):
        person.language = language or person.language
        person.theme = theme or person.theme
