"""How a cell looks. Black on white, two greys: what is signed is also photocopied."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = "Times New Roman"
TABLE_SIZE = 11

HEADER_SHADE = "EDEDED"
SECTION_SHADE = "F2F2F2"
_LINK = "1F3864"

DATE = "dd/mm/yyyy"
COUNT = "#,##0"
PERCENT = "0.00%"

_LINE = Side(style="thin", color="404040")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class Look:
    """Letters (size in points), place in the cell (``across``, ``down`` as Excel has it), frame, shade."""

    size: int = TABLE_SIZE
    bold: bool = False
    italic: bool = False
    across: str = "left"
    down: str = "center"
    indent: int = 0
    boxed: bool = False
    shade: str | None = None
    number_format: str | None = None
    linked: bool = False

    @property
    def style(self) -> str:
        """The table of letter widths this look is measured with."""
        return "b" * self.bold + "i" * self.italic


@lru_cache(256)
def _font(look: Look) -> Any:
    linked = {"color": _LINK, "underline": "single"} if look.linked else {}
    return Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, family=1, **linked)


@lru_cache(256)
def _alignment(look: Look) -> Any:
    return Alignment(horizontal=look.across, vertical=look.down, wrap_text=True, indent=look.indent)


def apply_look(cell: Any, look: Look) -> None:
    cell.font = _font(look)
    cell.alignment = _alignment(look)
    if look.boxed:
        cell.border = _BOX
    if look.shade:
        cell.fill = PatternFill("solid", start_color=look.shade, end_color=look.shade)
    if look.number_format:
        cell.number_format = look.number_format
