"""The tree of clauses, each addressed as the document does: `II`, `II.5`, `III.7.b`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.vietnamese import fold
from app.formats.plan_reader.lines import Line
from app.formats.plan_reader.markers import Level, letter_of
from app.formats.plan_reader.model import PlanPart, ReadClause, ReadClauseKind
from app.formats.plan_reader.paragraphs import Boundary, Paragraph, paragraphs

_LONGEST_HEADING = 160
_SENTENCE_END = re.compile(r"[.;…!?]['\"”’»)]*$")
_PARTS = (
    (PlanPart.ORGANISATION, ("to chuc thuc hien", "phan cong", "trach nhiem", "to chuc trien khai")),
    (
        PlanPart.PURPOSE,
        ("muc dich", "yeu cau", "muc tieu", "doi tuong", "pham vi", "danh gia", "quan diem", "thuc trang"),
    ),
    (PlanPart.OTHER, ("kinh phi", "thoi gian thuc hien", "nguon luc thuc hien")),
)


@dataclass(slots=True)
class Node:
    """A clause while the tree grows."""

    address: str
    level: Level
    marker: str
    parent: "Node | None"
    paragraphs: list[Paragraph]
    children: list["Node"] = field(default_factory=list)
    unnumbered: int = 0  # children that the document does not number

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs if paragraph.text)

    @property
    def lines(self) -> list[Line]:
        return [line for paragraph in self.paragraphs for line in paragraph.lines]

    @property
    def is_heading(self) -> bool:
        if self.level is Level.ROMAN:
            return True
        if self.level > Level.LETTER:
            return False
        short = len(self.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(self.text)
        return bool(self.children) or (short and self.level is not Level.LETTER)

    def above(self, level: Level) -> "Node | None":
        """This node or the nearest one it stands under whose level is `level` or higher up."""
        node: Node | None = self
        while node is not None and node.level > level:
            node = node.parent
        return node


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses in the order of the document, and the text that closes it."""

    nodes: list[Node]
    closing: list[Paragraph]

    def clauses(self) -> tuple[ReadClause, ...]:
        return tuple(_clause(node) for node in self.nodes)


def read_outline(lines: Sequence[Line], boundary: Boundary) -> Outline:
    """The tree of the plan's body `lines`. Every line belongs to one clause or to the closing."""
    body, closing = _part_closing(paragraphs(lines, boundary))
    nodes: list[Node] = []
    current: Node | None = None
    taken: Counter[str] = Counter()
    for paragraph in body:
        if paragraph.level is Level.PLAIN and current is not None and not _opens_plain(current):
            current.paragraphs.append(paragraph)
        else:
            current = _node(paragraph, _parent(paragraph, current), taken)
            nodes.append(current)
    _name_lead_ins(nodes)
    return Outline(nodes, closing)


def _part_closing(body: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The clauses, and the unmarked paragraphs after the last one that close the document."""
    trail = len(body)
    while trail > 1 and body[trail - 1].marker is None:
        trail -= 1
    if trail == len(body):
        return body, []
    after_item = body[trail - 1].level >= Level.DASH
    for index in range(trail, len(body)):
        if body[index].opens_closing or (after_item and body[-1].text.endswith("./.")):
            return body[:index], body[index:]
    return (body[:-1], body[-1:]) if len(body) - trail > 1 and body[-1].text.endswith("./.") else (body, [])


def _node(paragraph: Paragraph, parent: Node | None, taken: Counter[str]) -> Node:
    address = _address(paragraph, parent)
    taken[address] += 1
    if taken[address] > 1:  # the document counts the same number twice
        address = f"{address}({taken[address]})"
    marker = paragraph.marker.written if paragraph.marker else ""
    node = Node(address, paragraph.level, marker, parent, [paragraph])
    if parent is not None:
        parent.children.append(node)
        parent.unnumbered += paragraph.level >= Level.DASH
    return node


def _opens_plain(current: Node) -> bool:
    """Whether text without a mark after `current` is a clause of its own rather than more of the same."""
    if current.level is Level.PLAIN:
        return current.parent is not None
    if current.level is Level.LETTER:
        return len(current.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(current.text)
    return current.level < Level.LETTER


def _parent(paragraph: Paragraph, current: Node | None) -> Node | None:
    if current is None or paragraph.level is Level.ROMAN:
        return None
    if paragraph.level in (Level.PLAIN, Level.DASH):
        return current.above(Level.LETTER)
    if paragraph.level is Level.PLUS:
        return current.above(Level.DASH)
    node = current.above(Level(paragraph.level - 1))
    if paragraph.level is Level.NUMBERS and paragraph.marker and node is not None:
        return _numbered_parent(paragraph.marker.label, node)
    return node


def _numbered_parent(label: str, node: Node) -> Node:
    """The clause `1.1` that holds `1.1.2`, if there is one; else the nearest numbered one."""
    while node.level is Level.NUMBERS and node.parent and not label.startswith(f"{node.address.rsplit('.', 1)[-1]}."):
        node = node.parent
    return node


def _address(paragraph: Paragraph, parent: Node | None) -> str:
    label = paragraph.marker.label if paragraph.marker else ""
    if parent is None:
        return label or "a"
    if paragraph.level is Level.NUMBERS:
        root = parent.above(Level.ROMAN)
        return f"{root.address}.{label}" if root else label
    if not label:
        by_number = parent.level >= Level.LETTER
        label = str(parent.unnumbered + 1) if by_number else letter_of(parent.unnumbered)
    return f"{parent.address}.{label}"


def _name_lead_ins(nodes: list[Node]) -> None:
    """Text before the lettered clauses of a heading takes address 0, so that `a` stays the document's own."""
    for node in nodes:
        if node.level is Level.PLAIN and node.parent is not None and node.parent.children[0] is node:
            lettered = [child for child in node.parent.children if child.level is Level.LETTER]
            if lettered:
                node.address = f"{node.parent.address}.0"
                for child in lettered:
                    child.address = re.sub(r"\(\d+\)$", "", child.address)


def _clause(node: Node) -> ReadClause:
    kind = ReadClauseKind.HEADING if node.is_heading else ReadClauseKind.ITEM
    first, last = node.paragraphs[0].place, node.paragraphs[-1].place
    place = type(first)(first.first_line, last.last_line, first.start, last.end)
    parent = node.parent.address if node.parent else None
    return ReadClause(node.address, kind, node.text, node.marker, parent, part_of(node), place)


def part_of(node: Node) -> PlanPart:
    """What the section that holds `node` is for, told by its heading."""
    while node.parent is not None:
        node = node.parent
    title = fold(node.text)
    return next((part for part, words in _PARTS if any(word in title for word in words)), PlanPart.CONTENT)
