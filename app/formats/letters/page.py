"""A letter's page: A4, margins, Times New Roman, paragraphs, page numbers (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import io
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.formats.letters.words import tidy
from app.formats.paper_head import SAMPLE_MARK
from app.formats.workbook.fitting import text_px

FONT: Final = "Times New Roman"
TEXT_SIZE: Final = 14
TEXT_MM: Final = 160  # between the margins
_LEFT_MM, _RIGHT_MM, _EDGE_MM, _HEADER_MM = 30, 20, 20, 10
_FIRST_LINE_MM: Final = 10
_AFTER_PT: Final = 6
_RULE_GAP_PT: Final = 3  # less strikes the descenders of the line above
_FONT_SLOTS = ("ascii", "hAnsi", "cs", "eastAsia")  # without the last two some letters fall back
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
CENTRE, LEFT, JUSTIFIED = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY


def element(tag: str, **attributes: Any) -> Any:
    """A Word element with attributes of the w: name space."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def width_mm(text: str, size: int, style: str = "") -> float:
    """How wide `text` is on one line, by the advances of Times New Roman."""
    return text_px(text, size, style) / 96 * 25.4


class Letter:
    """A document that is written from the top down; `document` is python-docx's own."""

    def __init__(self, title: str, author: str, *, sample: bool = False) -> None:
        self.document: Any = docx.Document()
        self.sample = sample
        self._set_type()
        self._set_properties(tidy(title), tidy(author))
        self._set_section(self.document.sections[0])

    def sentence(self, text: str, *, keep: bool = False, bold: bool = False, italic: bool = False) -> Any:
        """A justified paragraph of the body; `keep` holds it on the page of what follows."""
        made = write(self.document, text, bold=bold, italic=italic, align=JUSTIFIED, keep=keep)
        made.paragraph_format.first_line_indent = Mm(_FIRST_LINE_MM)
        return made

    def told(self, label: str, text: str, *, keep: bool = False) -> Any:
        """ "Ưu điểm: …", the label in italics."""
        made = self.sentence("", keep=keep)
        run(made, f"{label}: ", italic=True)
        run(made, text)
        return made

    def heading(self, text: str) -> Any:
        """A bold heading, never alone at the foot of a page."""
        made = self.sentence(text, bold=True, keep=True)
        made.alignment = LEFT  # justified capitals gape
        return made

    def gap(self, size: int = 6, *, keep: bool = False) -> None:
        """An empty line, `size` in points."""
        made = write(self.document, "", size=size, after=0, keep=keep)
        made.paragraph_format.line_spacing = Pt(size)

    def annex(self) -> None:
        """Begin a phụ lục: a page of its own whose numbers begin again at 1."""
        section = self.document.add_section()
        self._set_section(section)
        numbers = element("w:pgNumType", start=1)
        section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")

    def to_bytes(self) -> bytes:
        """The .docx file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _set_type(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(TEXT_SIZE)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        fonts.attrib.clear()  # the theme's fonts would come first
        for slot in _FONT_SLOTS:
            fonts.set(qn(f"w:{slot}"), FONT)
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(_AFTER_PT), 1.0
        shape.widow_control = True

    def _set_properties(self, title: str, author: str) -> None:
        kept = self.document.core_properties
        kept.title, kept.author, kept.language, kept.comments = title, author, "vi-VN", ""
        kept.last_modified_by = ""
        for moment in ("created", "modified"):  # those of the library's own template say nothing of this letter
            for old in kept._element.findall(qn(f"dcterms:{moment}")):
                kept._element.remove(old)
        self._set_mode()

    def _set_mode(self) -> None:
        """Word opens a file that does not name its own mode as one of an older Word."""
        compatible = self.document.settings.element.find(qn("w:compat"))
        for old in compatible.findall(qn("w:compatSetting")):
            if old.get(qn("w:name")) == "compatibilityMode":
                compatible.remove(old)
        word = "http://schemas.microsoft.com/office/word"
        compatible.append(element("w:compatSetting", name="compatibilityMode", uri=word, val="15"))

    def _set_section(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(_LEFT_MM), Mm(_RIGHT_MM)
        section.top_margin = section.bottom_margin = Mm(_EDGE_MM)
        section.header_distance = section.footer_distance = Mm(_HEADER_MM)
        section.different_first_page_header_footer = True
        for header, numbered in ((section.header, True), (section.first_page_header, False)):
            header.is_linked_to_previous = False
            self._fill_header(header.paragraphs[0], numbered)

    def _fill_header(self, paragraph: Any, numbered: bool) -> None:
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        if numbered:
            _page_number(paragraph)
        if self.sample:
            run(paragraph, f"{' – ' if numbered else ''}{SAMPLE_MARK}", size=10)


def run(paragraph: Any, text: str, *, size: int = 0, bold: bool = False, italic: bool = False) -> Any:
    """Add `text`, cleaned, to a paragraph; `size` 0 is that of the body."""
    made = paragraph.add_run(_cleaned(text))
    made.bold, made.italic = bold, italic
    if size:
        made.font.size = Pt(size)
    return made


def write(
    place: Any,
    text: str,
    *,
    size: int = 0,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    before: float | None = None,
    after: float | None = None,
    keep: bool = False,
) -> Any:
    """Add a paragraph to a document or a cell."""
    made = place.add_paragraph()
    run(made, text, size=size, bold=bold, italic=italic)
    made.alignment = align
    shape = made.paragraph_format
    if before is not None:
        shape.space_before = Pt(before)
    if after is not None:
        shape.space_after = Pt(after)
    shape.keep_with_next = keep
    return made


def rule(place: Any, length_mm: float, within_mm: float, *, after: float = 0, keep: bool = False) -> None:
    """A drawn line of a given length, centred: an empty low paragraph with a border above and equal indents."""
    made = place.add_paragraph()
    shape = made.paragraph_format
    shape.left_indent = shape.right_indent = Mm((within_mm - length_mm) / 2)
    shape.space_before, shape.space_after = Pt(_RULE_GAP_PT), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    shape.keep_with_next = keep
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    made._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _cleaned(text: str) -> str:
    """Blanks at the ends stay: they stand between the runs of one paragraph."""
    head, tail = text[: len(text) - len(text.lstrip(" \u00a0"))], text[len(text.rstrip(" \u00a0")) :]
    return f"{head}{tidy(text)}{tail}" if text.strip(" \u00a0") else text


def _page_number(paragraph: Any) -> None:
    made = paragraph.add_run()
    made.font.size = Pt(TEXT_SIZE)
    instruction, shown = element("w:instrText"), element("w:t")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text, shown.text = " PAGE ", "2"
    parts = [element("w:fldChar", fldCharType=part) for part in ("begin", "separate", "end")]
    for part in (parts[0], instruction, parts[1], shown, parts[2]):
        made._r.append(part)
