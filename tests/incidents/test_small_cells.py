"""Small numbers are hidden, and whoever knows how they are hidden cannot work them out."""

from collections import defaultdict
from itertools import product

import pytest

from app.incidents.small_cells import GroupPart, is_small, masked

PARTS = [GroupPart(0, 0), *(GroupPart(cases, units) for cases in range(1, 10) for units in (1, 2) if units <= cases)]


@pytest.fixture(scope="module")
def alike():
    """What is shown → every table of three groups that is shown so."""
    found = defaultdict(list)
    for parts in product(PARTS, repeat=3):
        shown, total = masked(parts)
        found[tuple(shown), total].append(parts)
    return found


def test_nothing_that_is_hidden_can_be_worked_out_from_what_is_shown(alike):
    for (shown, total), tables in alike.items():
        if (total or 0) > 9:
            continue  # the tables tried end at 9 in each place: beyond, some of those shown so were not tried
        for place, value in enumerate(shown):
            assert value is not None or len({parts[place].cases for parts in tables}) > 1, (shown, total)


def test_what_several_hidden_groups_make_together_is_no_small_number_either(alike):
    for shown, total in alike:
        if total is not None and None in shown:
            assert not is_small(total - sum(value or 0 for value in shown)), (shown, total)


def test_zero_is_never_hidden_and_neither_a_small_number_nor_one_units_own_is_shown(alike):
    for (shown, total), tables in alike.items():
        for parts in tables:
            assert all(part.cases for part, value in zip(parts, shown, strict=True) if value is None)
            assert all(part.units != 1 for part, value in zip(parts, shown, strict=True) if value is not None)
            assert total is None or sum(part.units for part in parts) != 1
        assert not any(is_small(value) for value in (*shown, total) if value is not None)


def test_large_numbers_and_a_total_that_tells_nothing_are_shown():
    assert masked([GroupPart(0, 0), GroupPart(5, 2), GroupPart(12, 3)]) == ([0, 5, 12], 17)
    assert masked([GroupPart(0, 0)] * 3) == ([0, 0, 0], 0)
    assert masked([GroupPart(2, 1), GroupPart(7, 3), GroupPart(30, 4)]) == ([None, None, None], 39)
    assert masked([GroupPart(40, 1), GroupPart(0, 0), GroupPart(0, 0)]) == ([None, 0, 0], None)
    assert masked([GroupPart(1, 1)] * 5) == ([None] * 5, None)
