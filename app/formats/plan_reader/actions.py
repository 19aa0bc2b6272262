"""The duties a plan hands out: which clause, to which units, by when."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.plan_reader.assignments import actions_of, read_assignment
from app.formats.plan_reader.deadlines import find_deadlines, find_recurring
from app.formats.plan_reader.duties import ItemDuty, duties_of, kind_without_date, suggested_splits
from app.formats.plan_reader.lines import place_of
from app.formats.plan_reader.markers import Level
from app.formats.plan_reader.model import Leftover, LeftoverReason, PlanPart, ReadDuty, ReadUnit
from app.formats.plan_reader.outline import Node, part_of
from app.formats.plan_reader.units import UnitReader, is_request

_UNIT_SHARE = 0.6  # so many numbered headings name units in a section that hands out duties
_UNIT_HEADINGS = 2


@dataclass(frozen=True, slots=True)
class Charge:
    """Who a stretch of the plan is addressed to."""

    lead: tuple[ReadUnit, ...] = ()
    request: bool = False


def read_actions(nodes: Sequence[Node], units: UnitReader, year: int | None) -> tuple[list[ReadDuty], list[Leftover]]:
    """The actions of the sections that hand out duties, in the order of the plan, and what named nobody."""
    actions: list[ReadDuty] = []
    leftovers: list[Leftover] = []
    for node in nodes:
        if node.parent is None and hands_out(node, units):
            _collect(node, Charge(), units, year, actions, leftovers)
        elif assignment := read_assignment(node, units):
            actions += actions_of(assignment, year)
    return actions, leftovers


def read_item(text: str, address: str, units: UnitReader, year: int | None) -> ReadDuty:
    """The duty that the words of one clause make by themselves, wherever it stands; it may name no unit."""
    duties = duties_of(text, year)
    only = duties[0] if len(duties) == 1 else ItemDuty(None, kind_without_date(text))
    return ReadDuty(
        clause=address,
        lead=units.at_start(text),
        coordinating=units.named_with(text),
        request=is_request(text),
        kind=only.kind,
        deadline=only.deadline.on if only.deadline else None,
        deadline_wording=only.deadline.wording if only.deadline else None,
        suggested_splits=suggested_splits(text, dated=False),
    )


def hands_out(section: Node, units: UnitReader) -> bool:
    """Whether a section gives duties to units: its title says so, or its numbered headings are units."""
    if part_of(section) is PlanPart.ORGANISATION:
        return True
    headings = [child for child in section.children if child.level is Level.NUMBER]
    naming = [child for child in headings if units.in_heading(child.text)]
    return len(naming) >= _UNIT_HEADINGS and len(naming) >= _UNIT_SHARE * len(headings)


def _collect(
    node: Node,
    charge: Charge,
    units: UnitReader,
    year: int | None,
    actions: list[ReadDuty],
    leftovers: list[Leftover],
) -> None:
    if node.parent is not None and node.level < Level.DASH:
        own = units.in_heading(node.text)
        charge = Charge(own, is_request(node.text)) if own else charge
    inner = [child for child in node.children if node.level < Level.DASH]
    if inner:
        for child in inner:
            _collect(child, charge, units, year, actions, leftovers)
    elif node.parent is not None and not _introduces(node):
        _add(node, charge, units, year, actions, leftovers)


def _introduces(node: Node) -> bool:
    """Whether the text only leads to what follows ("… có trách nhiệm:")."""
    siblings = node.parent.children if node.parent else []
    return node.text.endswith(":") and siblings[-1] is not node and not node.children


def _add(
    node: Node,
    charge: Charge,
    units: UnitReader,
    year: int | None,
    actions: list[ReadDuty],
    leftovers: list[Leftover],
) -> None:
    lead = charge.lead or units.at_start(node.text)
    place = place_of(node.lines)
    if not lead:
        leftovers.append(Leftover(LeftoverReason.NO_UNIT, node.text, place))
        return
    request = charge.request or (not charge.lead and is_request(node.text))
    duties = duties_of(node.text, year)
    actions += [_action(node, Charge(lead, request), duty, units, len(duties) > 1) for duty in duties]
    impossible = [deadline.wording for deadline in find_deadlines(node.text, year) if deadline.on is None]
    leftovers += [Leftover(LeftoverReason.IMPOSSIBLE_DATE, wording, place) for wording in impossible]
    leftovers += [Leftover(LeftoverReason.RECURRING_DATE, wording, place) for wording in find_recurring(node.text)]


def _action(node: Node, charge: Charge, duty: ItemDuty, units: UnitReader, split: bool) -> ReadDuty:
    whole = duty.label is None
    return ReadDuty(
        clause=node.address,
        lead=charge.lead,
        coordinating=units.named_with(node.text if duty.label is None else duty.label),
        request=charge.request,
        kind=duty.kind,
        deadline=duty.deadline.on if duty.deadline else None,
        deadline_wording=duty.deadline.wording if duty.deadline else None,
        duty=duty.label,
        starts_on=duty.starts_on,
        suggested_splits=suggested_splits(node.text, dated=split) if whole else (),
    )
