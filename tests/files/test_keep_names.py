"""Names are kept as people gave them, and are never more than words."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.files.checks.names import MAX_NAME, ending, kept_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Báo cáo 45.pdf", "Báo cáo 45.pdf"),
        (unicodedata.normalize("NFD", "Kế hoạch.docx"), "Kế hoạch.docx"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\lan\\Ảnh.jpg", "Ảnh.jpg"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("a\x00b\r\n\tc.pdf", "ab c.pdf"),
        ("\ud800x\u200b\ufeff\u2028.pdf", "x.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("  hai   dấu cách .PDF", "hai dấu cách.PDF"),
        (".pdf", "tep.pdf"),
        ("", "tep"),
        ("..", "tep"),
        ("thư mục/", "tep"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_paths_and_invisible_marks(given_name, kept):
    assert kept_name(given_name) == kept


def test_a_long_name_is_shortened_before_its_ending():
    name = kept_name("Báo cáo " * 60 + ".docx")
    assert len(name) <= MAX_NAME
    assert name.endswith(".docx")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=400))
def test_whatever_comes_the_kept_name_is_short_visible_and_stays_as_it_is(text):
    name = kept_name(text)
    assert 0 < len(name) <= MAX_NAME
    assert not set(name) & set("/\\\0\r\n\t\u202e")
    assert name.encode()
    assert kept_name(name) == name


@pytest.mark.parametrize(
    ("name", "end"),
    [("a.pdf", ".pdf"), ("a", ""), ("a.b c", ""), ("a.", ""), ("a.tar.gz", ".gz"), ("a." + "x" * 20, "")],
)
def test_an_ending_is_the_short_word_after_the_last_dot(name, end):
    assert ending(name) == end
