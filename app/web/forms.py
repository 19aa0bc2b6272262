"""Forms: what their fields say, and the one way in which a form comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, request

from app.core import days
from app.core.errors import Refused, Stale
from app.core.vietnamese import clean, clean_line
from app.web.flash import tell
from app.web.rendering import wants_fragment
from app.web.request_values import posted_number
from app.web.responses import see_other

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Refusal:
    """A form that came back: its sentence, which form it is, and what was typed."""

    refusal: Refused | None = None
    form_of: str | None = None

    @property
    def context(self) -> dict[str, Any]:
        """As the templates read it."""
        return {
            "refusal": self.refusal.sentence if self.refusal else None,
            "stale": isinstance(self.refusal, Stale),
            "errors": errors_of(self.refusal),
            "form": request.form if self.refusal else {},
            "form_of": self.form_of,
        }

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 200


NONE = Refusal()


def errors_of(refusal: Refused | None) -> dict[str, Any]:
    """Field → sentence, as the fields of a template read it."""
    return refusal.errors if refusal else {}


def carry_out(form_of: str, deed: Callable[[], str], to: str, page: Callable[[Refusal], Any]) -> Any:
    """Do it, say so and go `to`; a refusal shows `page` again with what was typed, or a script its sentence."""
    try:
        told = deed()
    except Refused as refusal:
        if wants_fragment():
            raise
        return page(Refusal(refusal, form_of))
    tell(told)
    return see_other(to)


def number(name: str) -> int:
    """A whole number that a form carries along; 0, which is no row and no version, for anything else."""
    return posted_number(name) or 0


def line(name: str) -> str:
    """One line of a form."""
    return clean_line(request.form.get(name, ""))


def paragraphs(name: str) -> str:
    """A longer text of a form."""
    return clean(request.form.get(name, ""))


def choice(kind: type[Choice], value: str | None) -> Choice | None:
    """The member of `kind` that a form or an address names; None where it names none."""
    return kind(value) if value in {member.value for member in kind} else None


def choice_or_400(kind: type[Choice], value: str | None) -> Choice | None:
    """The member named, None for a blank; 400 for what no page of ours offers."""
    return choice(kind, value) or abort(400) if value else None


def read_hour(name: str) -> str:
    """The hour typed into a field, as 08:30. Raises `Refused` for what is no hour."""
    return days.read_hour(request.form, name)


def read_day(name: str, near: days.About | None = None) -> date | None:
    """The day typed into a field, or picked beside it. Raises `Refused` for one that no calendar has."""
    return days.read_day(request.form, name, near)
