"""Where the pages of a printed sheet end.

Excel ignores page breaks under "Fit to page", and breaks of our own are needed so that no page ends with a
lone heading and no signature stands alone. So a sheet states its scale in percent and every break.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

# LibreOffice draws a unit 7.33 px wide, 4.76 % more than Excel: with this figure the columns fit in both.
_WIDEST_PX_PER_UNIT = 7.34 * 1.003
_SAFE_SHARE = 0.97  # of a page's height: printers and programs round differently


@dataclass(frozen=True)
class Page:
    """A sheet of paper, in millimetres."""

    width: float
    height: float
    left: float = 20
    right: float = 15
    top: float = 20
    bottom: float = 20

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    def scale(self, units: float) -> int:
        """Whole percent, at most 100, at which columns of ``units`` in all are as wide as the page allows."""
        room = (self.width - self.left - self.right) / 25.4 * 96
        return min(100, math.floor(100 * room / (units * _WIDEST_PX_PER_UNIT)))

    def room(self, scale: int) -> float:
        """Points of rows that go on one page at ``scale`` percent."""
        return (self.height - self.top - self.bottom) / 25.4 * 72 / scale * 100 * _SAFE_SHARE


A4_LANDSCAPE = Page(width=297, height=210)


def page_breaks(heights: Sequence[float], glued: Collection[int], room: float, repeated: float) -> list[int]:
    """Numbers of the rows (from 1) after which a page ends.

    ``heights`` are those of rows 1, 2, …; a row in ``glued`` may not be the last of its page; ``repeated``
    points of every page but the first go to the repeated header. A run of glued rows taller than a page is
    broken where it must be.
    """
    breaks: list[int] = []
    start = row = 1
    used = 0.0
    while row <= len(heights):
        used += heights[row - 1]
        if used > room and row > start:
            last = row - 1
            while last >= start and last in glued:
                last -= 1
            breaks.append(last if last >= start else row - 1)
            start = row = breaks[-1] + 1
            used = repeated
        else:
            row += 1
    return breaks
