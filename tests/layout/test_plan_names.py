"""A plan has a short name that can be read, is nobody else's, and says its year."""

from types import SimpleNamespace

import pytest

from app.plans.naming import LETTERS, named

TITLES = {
    "Kế hoạch triển khai công tác Bình đẳng giới năm 2024": "Bình đẳng giới năm 2024",
    "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC Bình đẳng giới": "Bình đẳng giới (2024)",
    "Kế hoạch Triển khai thực hiện Nghị quyết số 214/NQ-CP ngày 23/7/2025 của Chính phủ": (
        "Nghị quyết số 214/NQ-CP ngày 23/7/2025 của… (2024)"
    ),
    "Kế hoạch": "Kế hoạch (2024)",
    "x" * 300: "X" + "x" * (LETTERS - 1) + "… (2024)",
}


def plan(plan_id, title, number=None):
    return SimpleNamespace(id=plan_id, title=title, year=2024, number=number, number_suffix="/KH-UBND", followed=True)


@pytest.mark.parametrize("title", TITLES)
def test_a_short_name_says_what_the_plan_is_about_and_its_year(title):
    (name,) = named([plan(1, title)])
    assert name.short == TITLES[title]
    assert name.title == title


def test_no_two_plans_have_the_same_short_name():
    title = "Kế hoạch Bình đẳng giới năm 2024"
    names = named([plan(4, title), plan(3, title), plan(2, title, "57"), plan(1, title)])
    shorts = {name.id: name.short for name in names}
    assert shorts[1] == "Bình đẳng giới năm 2024"
    assert shorts[2] == "Bình đẳng giới năm 2024, 57/KH-UBND"
    assert len(set(shorts.values())) == 4
