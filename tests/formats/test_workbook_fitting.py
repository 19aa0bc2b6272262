"""Heights and cuts of wrapped text, by the widths of Times New Roman."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.workbook import fitting
from app.formats.workbook.fitting import advance, line_spans, needed_height, pieces, room_px, text_px

from .progress_sample import TEXTS

PROSE = st.text(alphabet="aăâđeêơư ilmW.;-/\n", max_size=400)


def lines(text: str, room: float, size: int = 11) -> list[str]:
    return [text[begin:end] for begin, end in line_spans(text, room, size)]


@pytest.mark.parametrize(
    ("letter", "style", "width"),
    [("0", "", 1024), (" ", "", 512), ("M", "", 1821), ("a", "b", 1024), ("i", "i", 569), ("W", "bi", 1821)],
)
def test_widths_are_those_of_times_new_roman(letter, style, width):
    assert advance(letter, style) == width


@pytest.mark.parametrize("style", ["", "b", "i", "bi"])
@pytest.mark.parametrize(
    ("base", "letters"),
    [
        ("a", "àảãáạăằẳẵắặâầẩẫấậ"),
        ("e", "èẻẽéẹêềểễếệĕ"),
        ("o", "òỏõóọôồổỗốộŏ"),
        ("ơ", "ờởỡớợ"),
        ("u", "ùủũúụŭ"),
        ("ư", "ừửữứự"),
        ("Ư", "ỪỬỮỨỰ"),
        ("N", "Ñ"),
        ("c", "č"),
    ],
)
def test_a_letter_with_marks_is_as_wide_as_its_base(base, letters, style):
    assert {advance(letter, style) for letter in letters} == {advance(base, style)}


def test_marks_alone_take_no_width():
    assert text_px("e\u0302\u0301", 11) == text_px("e", 11)


def test_words_go_to_the_next_line_whole():
    room = text_px("một hai ba", 11) * 1.05
    assert lines("một hai ba bốn năm sáu", room) == ["một hai ba", "bốn năm", "sáu"]


def test_line_ends_are_kept():
    assert lines("một\n\nhai", 500) == ["một", "", "hai"]


def test_a_word_wider_than_the_cell_is_broken_between_letters():
    digest = "0123456789abcdef" * 4
    found = lines(f"mã {digest}", room_px(15))
    assert "".join(found).replace("mã", "") == digest
    assert all(text_px(line, 11) <= room_px(15) for line in found)


@given(PROSE, st.floats(4, 90))
def test_no_line_is_wider_than_its_cell_and_no_letter_is_lost(text, width):
    found = lines(text, room_px(width))
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(text_px(line, 11) <= max(room_px(width), text_px(line[:1], 11)) for line in found)


@given(PROSE, st.floats(8, 90))
def test_a_narrower_cell_never_needs_less_height(text, width):
    assert needed_height(text, width, 11) <= needed_height(text, width * 0.9, 11)


def test_heights_are_whole_pixels_of_excel():
    assert needed_height("một dòng", 40, 11) == 16.5
    assert needed_height("một\nhai\nba", 40, 11) == 46.5
    assert fitting.lines_height(2, 13) == 34.5
    assert fitting.line_points(18) == 24.75


@pytest.mark.parametrize("width", [15, 20, 27])
def test_a_long_clause_goes_on_in_pieces_that_fit(width):
    text = " ".join([TEXTS["III.2.a"], TEXTS["III.6.a"], TEXTS["III.10.a"]])
    parts = pieces(text, width, 11)
    assert len(parts) > 1
    assert " ".join(parts) == text
    assert all(needed_height(part, width, 11) <= fitting.TALLEST_ROW for part in parts)


def test_pieces_end_with_a_sentence_where_there_is_one():
    text = ("Đây là một câu vừa phải. " * 60).strip()
    assert all(part.endswith(".") for part in pieces(text, 20, 11))


def test_pieces_lose_nothing_of_text_without_spaces_or_with_line_ends():
    digest = "0123456789abcdef" * 200
    assert "".join(pieces(digest, 15, 11)) == digest
    listed = "\n".join(f"Công văn số {number}/LĐTBXH" for number in range(80))
    assert "\n".join(pieces(listed, 30, 11)) == listed


def test_a_text_that_fits_stays_whole():
    assert pieces("ngắn", 20, 11) == ["ngắn"]
    assert pieces("", 20, 11) == [""]


PASTED = "aGVsbG8gd29ybGQ"  # what a pasted file looks like: no space in it
TROUBLESOME = {
    "one word": lambda letters: (PASTED * letters)[:letters],
    "a short word, then one": lambda letters: f"a {(PASTED * letters)[: letters - 2]}",
    "words of a line each": lambda letters: " ".join([PASTED * 3] * (letters // 46)),
    "words as long as half a row of the table": lambda letters: " ".join([(PASTED * 40)[:580]] * (letters // 581)),
    "line ends": lambda letters: "\n" * letters,
    "spaces": lambda letters: " " * letters,
    "marks without letters": lambda letters: "\u0302" * letters,
    "prose": lambda letters: ("Đây là một câu vừa phải. " * letters)[:letters],
}


@pytest.mark.parametrize("kind", TROUBLESOME)
def test_measuring_takes_as_long_as_the_text_whatever_its_words_are(kind, monkeypatch):
    looked_at = []
    monkeypatch.setattr(fitting, "advance", lambda letter, style="": looked_at.append(letter) or advance(letter, style))
    for letters in (4_000, 32_767):  # a form takes as much, a cell of Excel no more
        text = TROUBLESOME[kind](letters)
        looked_at.clear()
        parts = pieces(text, 9, 11)
        assert sum(map(len, parts)) <= len(text)
        assert len(looked_at) < 8 * letters + 1_000, kind


@pytest.mark.parametrize("kind", TROUBLESOME)
def test_every_piece_of_a_text_fits_its_row(kind):
    text = TROUBLESOME[kind](4_000)
    parts = pieces(text, 9, 11)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(needed_height(part, 9, 11) <= fitting.TALLEST_ROW for part in parts)
