"""From the bytes of a file to a plan draft."""

from collections.abc import Mapping

from app.formats.plan_reader.actions import hands_out, read_actions
from app.formats.plan_reader.annexes import Annexes, under_full_names
from app.formats.plan_reader.assignments import read_assignment
from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.letterhead import read_letterhead, read_signer
from app.formats.plan_reader.lines import RawLine, join, place_lines, place_of
from app.formats.plan_reader.markers import Level
from app.formats.plan_reader.model import Leftover, LeftoverReason, PlanPart, ReadClauseKind, ReadPlan
from app.formats.plan_reader.opening import read_opening
from app.formats.plan_reader.outline import Node, Outline, read_outline
from app.formats.plan_reader.paragraphs import boundary_of
from app.formats.plan_reader.sections import part_document
from app.formats.plan_reader.sources import extract
from app.formats.plan_reader.units import UnitReader


def read(data: bytes, filename: str, aliases: Mapping[str, str], max_bytes: int) -> ReadPlan:
    """See `read_plan`."""
    try:
        return _draft(extract(data, filename, max_bytes), aliases)
    except Unreadable:
        raise
    except Exception as error:  # a hostile file may break any parser in its own way; to people it is damaged
        raise Unreadable(Problem.DAMAGED) from error


def _draft(raw: list[RawLine], aliases: Mapping[str, str]) -> ReadPlan:
    source, lines = place_lines(raw)
    sections = part_document(lines)
    units = UnitReader(aliases)
    prose = join([*sections.opening, *sections.body])
    head = read_letterhead(sections.letterhead, prose)
    opening = read_opening(sections.opening, join(sections.body), head.issuer)
    outline = read_outline(sections.body, boundary_of(sections.body))
    year = opening.year or head.year
    actions, leftovers = read_actions(outline.nodes, units, year)
    annexes = Annexes(units, year)
    annexes.read(sections.annex)
    return ReadPlan(
        title=opening.title,
        issuer=head.issuer,
        number=head.number,
        number_suffix=head.number_suffix,
        date=head.date,
        year=year,
        signer=read_signer(sections.signature),
        legal_bases=opening.legal_bases,
        common_contents=_common_contents(outline, units),
        preamble=opening.preamble,
        clauses=(*outline.clauses(), *annexes.clauses),
        closing="\n".join(paragraph.text for paragraph in outline.closing),
        actions=tuple(under_full_names([*actions, *annexes.actions])),
        leftovers=(*_gaps(outline.nodes), *leftovers, *annexes.leftovers),
        source=source,
    )


def _common_contents(outline: Outline, units: UnitReader) -> tuple[str, ...]:
    """The items of the sections that say what is to be done and name nobody to do it."""
    addresses: list[str] = []
    open_section = False
    assigned: set[str] = set()
    for node, clause in zip(outline.nodes, outline.clauses(), strict=True):
        if node.parent is None:
            open_section = clause.part is PlanPart.CONTENT and not hands_out(node, units)
        if clause.parent in assigned or read_assignment(node, units):
            assigned.add(clause.address)
        elif open_section and clause.kind is ReadClauseKind.ITEM:
            addresses.append(clause.address)
    return tuple(addresses)


def _gaps(nodes: list[Node]) -> list[Leftover]:
    """Sections whose Roman numbers skip one: a section may be missing from the file."""
    sections = [node for node in nodes if node.level is Level.ROMAN]
    found = []
    for expected, node in enumerate(sections, start=1):
        marker = node.paragraphs[0].marker
        if marker and marker.ordinal != expected:
            found.append(Leftover(LeftoverReason.NUMBERING_GAP, f"{marker.written} {node.text}", place_of(node.lines)))
            break
    return found
