"""What the product may refuse. Knows no HTTP: `app/web/errors` makes the answers, the same by every way in."""

from typing import Any


class Refused(Exception):
    """The rule says no. Carries the sentence people read and, where one is at fault, the field.

    A form with several faults says all of them: `errors` is field → sentence.
    """

    status = 422

    def __init__(self, sentence: Any, *, field: str | None = None, errors: dict[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.errors = errors or ({field: sentence} if field else {})

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(Refused):
    """May be seen, may not be done by this person."""

    status = 403


class TooLarge(Refused):
    status = 413


class Busy(Refused):
    """The store cannot take the write now; nothing was changed and trying again is safe."""

    status = 503


class StorageFull(Refused):
    status = 507


class Stale(Refused):
    """Somebody was faster; the page tells who, what and when."""

    status = 409
