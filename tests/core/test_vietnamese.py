"""Vietnamese text: kept as typed, found without accents, listed in the dictionary's order."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.vietnamese import clean, clean_line, fold, nfc, sort_key

PLACES = [
    "Cư Êbur", "Ea Kao", "Ea Tam", "Ea Tu", "Hòa Khánh", "Hòa Phú", "Hòa Thắng", "Hòa Thuận", "Hòa Xuân",
    "Khánh Xuân", "Tân An", "Tân Hòa", "Tân Lập", "Tân Lợi", "Tân Thành", "Tân Tiến", "Thành Công", "Thành Nhất",
    "Thắng Lợi", "Thống Nhất", "Tự An",
]  # fmt: skip
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONED = ["ma", "mà", "mả", "mã", "má", "mạ"]
vietnamese = st.text(
    alphabet=st.sampled_from("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiklmnoôồốộơờớợuưừứựvxyĐÊÔƠƯ -–&0123456789ŏŭñč"),
    max_size=40,
)


def shuffled(items, seed=7):
    return random.Random(seed).sample(list(items), len(items))


@pytest.mark.parametrize("seed", range(5))
def test_the_wards_and_communes_stand_in_their_right_order(seed):
    assert sorted(shuffled(PLACES, seed), key=sort_key) == PLACES


def test_letters_stand_in_the_order_of_the_alphabet():
    assert sorted(shuffled(LETTERS), key=sort_key) == list(LETTERS)


def test_tones_come_second():
    assert sorted(shuffled(TONED), key=sort_key) == TONED
    assert sorted(["mạt", "mai", "má"], key=sort_key) == ["má", "mai", "mạt"]


def test_letters_of_the_e_de_stand_with_the_vietnamese_letters_they_are_written_like():
    assert sorted(["Buôn Ŭr", "Buôn Ưng", "Buôn Ŏng", "Buôn Păm"], key=sort_key)[0] == "Buôn Ŏng"
    assert sort_key("ŭ")[:2] == sort_key("u")[:2]


def test_numbers_come_before_letters_and_case_does_not_matter():
    assert sorted(["b", "A", "9", "a1"], key=sort_key) == ["9", "A", "a1", "b"]
    assert sort_key("TÂN AN") == sort_key("Tân An")


@given(vietnamese)
def test_the_order_is_the_same_however_the_text_was_composed(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text(max_size=60))
def test_a_sort_key_is_digits_in_any_collation(text):
    assert sort_key(text).isascii()
    assert sort_key(text).isdigit()


@given(st.text(max_size=60))
def test_what_was_folded_folds_to_itself(text):
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(vietnamese)
def test_a_fold_has_no_accents_and_does_not_see_composition_or_case(text):
    assert fold(text).isascii()
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phòng Giáo dục và Đào tạo", "PHÒNG GIÁO DỤC & ĐÀO TẠO"),
        ("Tài chính - Kế hoạch", "Tài chính – Kế hoạch"),
        ("Tài chính - Kế hoạch", "Tài chính và Kế  hoạch"),
        ("Hoà Xuân", "Hòa Xuân"),
        ("Uỷ ban", "Ủy ban"),
        ("Đoàn", "doan"),
    ],
)
def test_ways_of_writing_one_name_have_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Tân An", "Tân Hòa"), ("vai", "ai"), ("Vân", "n"), ("Nhà văn hóa", "Nhà n hóa")]
)
def test_different_names_have_different_keys(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_clean_text_is_composed_without_control_marks_and_stays_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == nfc(cleaned)
    assert not set(cleaned) & {"\x00", "\x1f", "\r", "\u202e", "\u200b", "\ufeff"}


def test_text_is_kept_as_it_was_typed():
    assert clean("hoà và hòa, uỷ và ủy") == "hoà và hòa, uỷ và ủy"
    assert clean("  dòng một\r\ndòng hai\t\n") == "dòng một\ndòng hai"
    assert clean("bao\u202egpj.exe") == "baogpj.exe"
    assert clean_line(" Nguyễn \n Thị\t Lan ") == "Nguyễn Thị Lan"
