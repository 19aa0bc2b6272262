"""Numbers in totals that others read: small ones are hidden, and cannot be worked out from what stands beside them.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: 1 to 4 cases in a small place may point to a person; zero points to nobody.
A total of one unit alone is that unit's own figure, which is not for its peers either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class GroupPart:
    """The cases of a group, and how many of its units had any."""

    cases: int
    units: int


def is_small(count: int) -> bool:
    """Whether a number may point to somebody."""
    return 0 < count < SMALLEST_SHOWN


def masked(parts: Sequence[GroupPart]) -> tuple[list[int | None], int | None]:
    """The cases of each part and their total as others may read them; None stands for what is hidden.

    With one part to hide every part but the zeros is hidden: a choice of which to hide beside it would depend on the
    numbers, and so tell of them. The total stays where it may be read itself and leaves each part open: where there
    are several parts, and not all of them must be 1.
    """
    total = GroupPart(sum(part.cases for part in parts), sum(part.units for part in parts))
    if not any(map(_is_hidden, parts)):
        return [part.cases for part in parts], total.cases
    hidden = sum(1 for part in parts if part.cases)
    told = hidden > 1 and not _is_hidden(total) and total.cases > hidden
    return [None if part.cases else 0 for part in parts], total.cases if told else None


def _is_hidden(part: GroupPart) -> bool:
    return is_small(part.cases) or part.units == 1
