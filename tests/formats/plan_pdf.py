"""Makes the reference plan as PDF files, the way different programs lay text on a page."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import reportlab
from fontTools.ttLib import TTFont as FontFile
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.formats.plan_files import (
    CLOSING,
    DAY,
    LETTERHEAD_LEFT,
    LETTERHEAD_RIGHT,
    NUMBER,
    PREAMBLE,
    RECIPIENTS,
    SIGNATURE,
    TITLE,
    pieces,
)

FONT = "PlanSans"
SIZE = 13
LEFT, RIGHT, TOP, BOTTOM = 85, A4[0] - 45, A4[1] - 60, 60
INDENT = 30
STEP = 18


@cache
def register_font() -> str:
    """A font that holds every Vietnamese letter: one that ships with the PDF library, its letters drawn unaccented."""
    font = FontFile(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]:
                base = unicodedata.normalize("NFD", chr(code))[0].replace("đ", "d").replace("Đ", "D")
                if ord(base) in table.cmap:
                    table.cmap.setdefault(code, table.cmap[ord(base)])
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    pdfmetrics.registerFont(TTFont(FONT, file))
    return FONT


class Printer:
    """Lays lines on pages from top to bottom."""

    def __init__(self, *, words_apart: bool = False, justified: bool = False, indent: int = INDENT) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4)
        self.words_apart, self.justified, self.indent = words_apart, justified, indent
        self.y, self.page = TOP, 1
        self.canvas.setFont(register_font(), SIZE)

    def columns(self, left: str, right: str, at: float = 300) -> None:
        self._draw(LEFT, left)
        self._draw(at, right)
        self.next_line()

    def paragraph(self, text: str, *, indent: int | None = None, after: int = 0) -> None:
        lines = list(wrapped(text, self.indent if indent is None else indent))
        for number, (x, line) in enumerate(lines):
            last = number == len(lines) - 1
            self._draw(x, line, 0 if last or not self.justified else RIGHT - x - width(line))
            self.next_line()
        self.y -= after

    def next_line(self, step: int = STEP) -> None:
        self.y -= step
        if self.y < BOTTOM:
            self.canvas.showPage()
            self.page += 1
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawCentredString(A4[0] / 2, A4[1] - 35, str(self.page))
            self.y = TOP

    def _draw(self, x: float, line: str, slack: float = 0) -> None:
        words = line.split(" ")
        space = width(" ") + slack / max(1, len(words) - 1)
        if not self.words_apart and not slack:
            self.canvas.drawString(x, self.y, line)
            return
        for word in words:
            self.canvas.drawString(x, self.y, word)
            x += width(word) + space

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, register_font(), SIZE))


def wrapped(text: str, indent: float) -> Iterator[tuple[float, str]]:
    """The lines of a paragraph with their left edges; a word may break after its hyphen."""
    x, line = LEFT + indent, ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if x + width(longer) <= RIGHT:
            line = longer
            continue
        head, hyphen, tail = word.rpartition("-")
        if head and tail and not tail[0].isdigit() and x + width(f"{line} {head}-") <= RIGHT:
            yield x, f"{line} {head}{hyphen}"
            line = tail
        else:
            yield x, line
            line = word
        x = LEFT
    yield x, line


def printed(printer: Printer, after: int = 0) -> bytes:
    """The plan as `printer` lays it, with `after` points between paragraphs."""
    for left, right in zip((*LETTERHEAD_LEFT, NUMBER), (*LETTERHEAD_RIGHT, DAY), strict=True):
        printer.columns(left, right, at=260)
    printer.next_line()
    for line in TITLE:
        printer.paragraph(line, indent=120)
    printer.next_line()
    printer.paragraph(PREAMBLE, after=after)
    for piece in pieces():
        printer.paragraph(f"{piece.mark} {piece.text}", after=after)
    printer.paragraph(CLOSING, after=after)
    for i, left in enumerate(RECIPIENTS):
        printer.columns(left, SIGNATURE[i] if i < len(SIGNATURE) else "", at=380)
    return printer.bytes()


def flowing() -> bytes:
    """Justified paragraphs and tables that flow over the pages, with page numbers at the foot."""
    style = ParagraphStyle("plan", fontName=register_font(), fontSize=13, leading=17, alignment=TA_JUSTIFY)
    story: list[Flowable] = [
        _table([*zip(LETTERHEAD_LEFT, LETTERHEAD_RIGHT, strict=True), (NUMBER, DAY)]),
        *(Paragraph(line, style) for line in TITLE),
        Spacer(1, 12),
        Paragraph(PREAMBLE, style),
        *(Paragraph(f"{piece.mark} {piece.text}", style) for piece in pieces()),
        Paragraph(CLOSING, style),
        _table([("\n".join(RECIPIENTS), "\n".join(SIGNATURE))]),
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=85, rightMargin=45).build(
        story, onFirstPage=_number, onLaterPages=_number
    )
    return file.getvalue()


def _table(rows: list[tuple[str, str]]) -> Table:
    return Table(rows, style=[("FONT", (0, 0), (-1, -1), register_font(), 11), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(register_font(), 10)
    canvas.drawCentredString(A4[0] / 2, 30, f"Trang {document.page}")


def text_printed_as_it_is() -> bytes:
    """Every line of the text file on a line of the page, blank ones too."""
    printer = Printer()
    for line in (Path(__file__).parents[2] / "app" / "sample" / "plan.txt").read_text(encoding="utf-8").split("\n"):
        if line.strip():
            printer.canvas.drawString(LEFT, printer.y, line)
        printer.next_line(12)
    return printer.bytes()


PDF_FILES = {
    "lines with an indent": lambda: printed(Printer()),
    "no indent, no spacing": lambda: printed(Printer(indent=0)),
    "spacing between paragraphs": lambda: printed(Printer(indent=0), after=6),
    "justified, each word apart": lambda: printed(Printer(words_apart=True, justified=True)),
    "flowing paragraphs": flowing,
    "a text file printed": text_printed_as_it_is,
}
