"""Where printed pages end, and how large a sheet is printed."""

from app.formats.workbook.page import A4_LANDSCAPE, page_breaks


def test_a_page_ends_before_the_row_that_would_not_fit():
    assert page_breaks([10] * 10, set(), room=40, repeated=0) == [4, 8]


def test_the_repeated_header_takes_room_on_every_page_but_the_first():
    assert page_breaks([10] * 10, set(), room=40, repeated=10) == [4, 7]


def test_no_page_ends_with_a_glued_row():
    assert page_breaks([10] * 10, {4}, room=40, repeated=0) == [3, 7]


def test_a_run_of_glued_rows_moves_together():
    assert page_breaks([10] * 6, {3, 4, 5}, room=40, repeated=0) == [2]


def test_glued_rows_taller_than_a_page_are_broken_where_they_must_be():
    assert page_breaks([10] * 6, set(range(1, 7)), room=40, repeated=0) == [4]


def test_a_row_taller_than_a_page_stands_alone():
    assert page_breaks([10, 90, 10], set(), room=40, repeated=0) == [1, 2]


def test_one_page_needs_no_break():
    assert page_breaks([10] * 4, {4}, room=40, repeated=10) == []
    assert page_breaks([], set(), room=40, repeated=0) == []


def test_columns_fill_the_width_and_are_never_blown_up():
    assert A4_LANDSCAPE.scale(50) == 100
    assert A4_LANDSCAPE.scale(165) == 81
    assert A4_LANDSCAPE.room(100) < 170 / 25.4 * 72
