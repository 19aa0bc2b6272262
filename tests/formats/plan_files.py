"""Makes the reference plan's file in the shapes offices use: Word documents numbered by Word or by hand, and PDFs."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

EXPECTED = json.loads((Path(__file__).parent / "data" / "expected.json").read_text(encoding="utf-8"))
LETTERHEAD_LEFT = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BUÔN MA THUỘT")
LETTERHEAD_RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập- Tự do- Hạnh phúc")
NUMBER = "Số:            /KH-UBND"
DAY = "Buôn Ma Thuột, ngày       tháng 4 năm 2024"
TITLE = ("KẾ HOẠCH", "Triển khai công tác Bình đẳng giới năm 2024")
PREAMBLE = (
    "Căn cứ Công văn số 718/SLĐTBXH – BTXH ngày 09/4/2024 của Sở Lao động – Thương binh và Xã hội về việc triển khai "
    "công tác Bình đẳng giới năm 2024. UBND thành phố Buôn Ma Thuột xây dựng Kế hoạch triển khai công tác Bình đẳng "
    "giới năm 2024, cụ thể như sau:"
)
CLOSING = (
    "Nhận được Kế hoạch này, đề nghị Thủ trưởng các cơ quan, đơn vị, Chủ tịch UBND phường, xã triển khai thực hiện./."
)
RECIPIENTS = (
    "Nơi nhận:",
    "- Sở Lao động- TBXH (b/c);",
    "- Ban VSTBCPN Tỉnh (b/c);",
    "- CT, PCT UBND TP (chỉ đạo);",
    "- Ban VSTBCPN TP;",
    "- Các phòng, ban, đoàn thể TP;",
    "- UBND các xã, phường;",
    "- Lưu VT.",
)
SIGNATURE = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Phạm Tiến Hưng")


@dataclass(frozen=True)
class Piece:
    """A clause with its depth (0 Roman, 1 number, 2 dash) and the mark it shows."""

    depth: int
    mark: str
    text: str


def pieces() -> Iterator[Piece]:
    """The clauses of the reference plan."""
    for clause in EXPECTED["clauses"]:
        parts = clause["id"].split(".")
        mark = "-" if clause["kind"] == "item" else f"{parts[-1]}."
        yield Piece(len(parts) - 1, mark, clause["text"])


_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}<w:lvlText w:val="{text}"/>'
    '<w:lvlJc w:val="left"/></w:lvl>'
)


def level_of(level: int, form: str, text: str, style: str = "") -> str:
    """One level of a list: its number format, its mark (%1. for its own number) and the style it hangs on."""
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return _LEVEL.format(level=level, form=form, text=text, style=link)


class WordFile:
    """A Word document being written; `bytes()` gives the file."""

    def __init__(self) -> None:
        self.document: WordDocument = Document()
        self._numbering = self.document.part.numbering_part.element
        self._next = 900

    def add_list(self, levels: str, overrides: str = "") -> int:
        """A new list of its own; the answer is its numId."""
        self._next += 1
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._next}">{levels}</w:abstractNum>'
        first_number = self._numbering.find(f"{{{self._numbering.nsmap['w']}}}num")
        first_number.addprevious(parse_xml(abstract))
        return self.add_number(self._next, overrides)

    def add_number(self, abstract: int, overrides: str = "") -> int:
        """One more use of an abstract list."""
        self._next += 1
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
            )
        )
        return self._next

    def add(self, text: str, number: int | None = None, level: int = 0, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(text, style=style)
        if number is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
            )
        return paragraph

    def table(self, *rows: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        """A table of two columns; each cell is given as its lines."""
        table = self.document.add_table(rows=len(rows), cols=2)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, lines in zip(row.cells, cells, strict=True):
                cell.paragraphs[0].text = lines[0]
                for line in lines[1:]:
                    cell.add_paragraph(line)

    def opening(self, *, as_table: bool = True) -> None:
        if as_table:
            self.table((LETTERHEAD_LEFT, LETTERHEAD_RIGHT), ((NUMBER,), (DAY,)))
        else:
            for left, right in zip(LETTERHEAD_LEFT, LETTERHEAD_RIGHT, strict=True):
                self.add(f"{left}\t{right}")
            self.add(f"{NUMBER}\t{DAY}")
        for line in TITLE:
            self.add(line)
        self.add("")
        self.add(PREAMBLE)

    def ending(self, *, as_table: bool = True) -> None:
        self.add(CLOSING)
        if as_table:
            self.table((RECIPIENTS, SIGNATURE))
        else:
            for i, left in enumerate(RECIPIENTS):
                self.add(f"{left}\t{SIGNATURE[i]}" if i < len(SIGNATURE) else left)

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


MULTILEVEL = level_of(0, "upperRoman", "%1.") + level_of(1, "decimal", "%2.") + level_of(2, "bullet", "-")


def one_multilevel_list() -> bytes:
    """Every mark comes from one multilevel list, as Word's own outline does."""
    word = WordFile()
    word.opening()
    number = word.add_list(MULTILEVEL)
    for piece in pieces():
        word.add(piece.text, number, piece.depth)
    word.ending()
    return word.bytes()


def three_lists_that_restart() -> bytes:
    """Sections, numbers and dashes are lists of their own; the numbers restart by an override in every section."""
    word = WordFile()
    word.opening(as_table=False)
    roman = word.add_list(level_of(0, "upperRoman", "%1"))
    decimal = word.add_list(level_of(0, "decimal", "%1."))
    dashes = word.add_list(level_of(0, "bullet", "\uf02d"))
    abstract = decimal - 1
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    current = decimal
    for piece in pieces():
        if piece.depth == 0:
            current = word.add_number(abstract, restart)
        word.add(piece.text, (roman, current, dashes)[piece.depth])
    word.ending(as_table=False)
    return word.bytes()


def numbered_by_styles() -> bytes:
    """The list hangs on paragraph styles, one of them inherited; paragraphs have no numbering of their own."""
    word = WordFile()
    names = ("Heading 1", "Heading 2", "List Bullet")
    ids = ("Heading1", "Heading2", "ListBullet")
    forms = (("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "•"))
    levels = "".join(level_of(i, form, text, ids[i]) for i, (form, text) in enumerate(forms))
    number = word.add_list(levels)
    for i, name in enumerate(names):
        properties = word.document.styles[name].element.get_or_add_pPr()
        for old in properties.findall(f"{{{properties.nsmap['w']}}}numPr"):
            properties.remove(old)
        level = f'<w:ilvl w:val="{i}"/>'
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="{number}"/></w:numPr>'))
    word.opening()
    for piece in pieces():
        word.add(piece.text, style=names[piece.depth])
    word.ending()
    return word.bytes()


def typed_by_hand() -> bytes:
    """Every mark is typed."""
    word = WordFile()
    word.opening(as_table=False)
    for piece in pieces():
        word.add(f"{piece.mark} {piece.text}")
    word.ending(as_table=False)
    return word.bytes()


def headings_typed_and_dashes_automatic() -> bytes:
    """Numbers are typed and bold, dashes automatic, with the dash typed once more by mistake."""
    word = WordFile()
    word.opening()
    number = word.add_list(level_of(0, "bullet", "–"))
    for i, piece in enumerate(pieces()):
        if piece.depth < 2:
            word.add("").add_run(f"{piece.mark}\t{piece.text}").bold = True
        else:
            word.add(f"- {piece.text}" if i % 2 else piece.text, number)
    word.ending()
    return word.bytes()


def lines_as_paragraphs() -> bytes:
    """The text was pasted with a paragraph mark after every line."""
    word = WordFile()
    text = (Path(__file__).parents[2] / "app" / "sample" / "plan.txt").read_text(encoding="utf-8")
    for line in text.split("\n"):
        word.add(line)
    return word.bytes()


def full_numbers_in_marks() -> bytes:
    """The second level shows its section as well: III.10."""
    word = WordFile()
    word.opening()
    number = word.add_list(
        level_of(0, "upperRoman", "%1.") + level_of(1, "decimal", "%1.%2.") + level_of(2, "bullet", "-")
    )
    for piece in pieces():
        word.add(piece.text, number, piece.depth)
    word.ending()
    return word.bytes()


WORD_FILES = {
    "one multilevel list": one_multilevel_list,
    "three lists that restart": three_lists_that_restart,
    "numbered by styles": numbered_by_styles,
    "typed by hand": typed_by_hand,
    "headings typed, dashes automatic": headings_typed_and_dashes_automatic,
    "lines as paragraphs": lines_as_paragraphs,
    "full numbers in marks": full_numbers_in_marks,
}
