"""Four more real plans, measured against a person's careful reading of them."""

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.formats.plan_reader import EVERY_WARD, LeftoverReason, ReadDuty, ReadKind, ReadPlan, read_plan

OTHERS = Path(__file__).parent / "data" / "others"
NAMES = [path.stem for path in sorted(OTHERS.glob("*.txt"))]
CAN_THO, HA_NOI, DONG_THAP, DAK_LAK = NAMES


@cache
def draft(name: str) -> ReadPlan:
    return read_plan((OTHERS / f"{name}.txt").read_bytes(), f"{name}.txt")


def duties_of_body(name: str) -> list[ReadDuty]:
    """The duties before the signature; those of an annex are measured by its table."""
    return [action for action in draft(name).actions if not action.clause.startswith("PL.")]


def human(name: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads((OTHERS / f"{name}.json").read_text(encoding="utf-8"))
    return reading


HEADS = {
    CAN_THO: ("UBND thành phố Cần Thơ", "159", "ngày 19 tháng 11 năm 2025", "Trần Chí Hùng", 8),
    HA_NOI: ("UBND thành phố Hà Nội", "308", "ngày 17 tháng 11 năm 2025", "Trương Việt Dũng", 4),
    DONG_THAP: ("UBND tỉnh Đồng Tháp", "617", "ngày 01 tháng 12 năm 2025", "Huỳnh Minh Tuấn", 1),
    DAK_LAK: ("UBND tỉnh Đắk Lắk", "0130", "ngày 21 tháng 11 năm 2025", "Hồ Thị Nguyên Thảo", 0),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_around_the_clauses_are_read(name: str) -> None:
    plan = draft(name)

    assert (plan.issuer, plan.number, plan.date, plan.signer, len(plan.legal_bases)) == HEADS[name]
    assert (plan.number_suffix, plan.year) == ("/KH-UBND", 2025)


@pytest.mark.parametrize("name", NAMES)
def test_each_unit_has_as_many_duties_as_a_person_counts(name: str) -> None:
    reading = human(name)
    actions = duties_of_body(name)
    organising = actions[-1].clause.split(".")[0]
    counted = Counter(action.clause.split(".")[1] for action in actions if action.clause.startswith(f"{organising}."))

    assert list(counted.values()) == list(reading["actions_per_unit"].values())


@pytest.mark.parametrize("name", NAMES)
def test_the_leading_units_are_those_a_person_names(name: str) -> None:
    reading = human(name)
    leads = [unit for assigned in reading.get("content_assignments", []) for unit in assigned["lead"]]
    named = " ; ".join([*reading["units"], *leads]).casefold()
    wards = re.compile(r"(?:ubnd|ủy ban nhân dân)(?: các)? (?:xã, phường|cấp xã)")

    for action in duties_of_body(name):
        for unit in action.lead:
            assert unit.written.casefold() in named or (unit.name == EVERY_WARD and wards.search(named))


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_body_is_in_a_clause_or_the_closing(name: str) -> None:
    plan = draft(name)
    body = plan.source[plan.clauses[0].place.start : plan.source.index("Nơi nhận")]

    clauses = [clause for clause in plan.clauses if not clause.address.startswith("PL")]
    kept = " ".join([*(f"{clause.marker} {clause.text}" for clause in clauses), plan.closing])

    assert kept.split() == body.split()


def test_requests_are_told_from_orders() -> None:
    assert {action.clause for action in draft(CAN_THO).actions if action.request} == {"V.4.a", "V.4.b", "V.4.c"}
    assert {action.clause for action in draft(DONG_THAP).actions if action.request} == {"IV.6.a", "IV.6.b", "IV.6.c"}


def test_dates_that_come_back_are_shown_and_are_no_deadlines() -> None:
    recurring = [
        left.text for name in NAMES for left in draft(name).leftovers if left.reason is LeftoverReason.RECURRING_DATE
    ]

    assert recurring == ["trước ngày 20 hằng tháng", "trước ngày 15 hằng tháng", "trước ngày 01/6 và 15/11 hằng năm"]
    assert not [action for name in NAMES for action in duties_of_body(name) if action.deadline]


def test_duties_laid_out_as_a_form_get_their_units_and_time() -> None:
    forms: dict[str, list[ReadDuty]] = {}
    for action in draft(HA_NOI).actions:
        for assigned in human(HA_NOI)["content_assignments"]:
            if action.clause.startswith(f"{assigned['where']}."):
                forms.setdefault(assigned["where"], []).append(action)

    for assigned in human(HA_NOI)["content_assignments"]:
        actions = forms[assigned["where"]]
        assert len(actions) == assigned["tasks"]
        assert {unit.written for action in actions for unit in action.lead} == set(assigned["lead"])
        assert ", ".join(unit.written for unit in actions[0].coordinating) == assigned["coop"]
        assert (ReadKind.STANDING in {action.kind for action in actions}) or "thường xuyên" not in assigned["time"]
    assert not draft(HA_NOI).common_contents


def test_a_flood_is_no_deadline() -> None:
    assert "từ ngày 17 đến ngày 20 tháng 11 năm 2025" in draft(DAK_LAK).preamble


def test_the_rest_of_a_name_cut_open_by_a_dash_is_no_item() -> None:
    assert [clause.address for clause in draft(HA_NOI).clauses if clause.address.startswith("III")] == [
        "III",
        "III.1",
        "III.2",
    ]


def test_the_rows_of_an_annex_are_duties_and_its_group_rows_are_no_sections() -> None:
    plan, rows = draft(DONG_THAP), human(DONG_THAP)["table_rows"]
    read = [action for action in plan.actions if action.clause.startswith("PL.")]
    quarter = {"Quí IV-2025": (ReadKind.DATED, date(2025, 12, 31))}

    assert [action.clause for action in read] == [f"PL.{row['group']}.{row['n']}" for row in rows]
    assert [[name.written for name in action.lead] for action in read] == [[row["lead"]] for row in rows]
    assert [(action.kind, action.deadline) for action in read] == [
        quarter.get(row["time"], (ReadKind.STANDING, None)) for row in rows
    ]
    assert {action.lead[0].name for action in read} == {"Sở Khoa học và Công nghệ", "Sở Nội vụ", "Sở Công Thương"}
    assert [clause.text for clause in plan.clauses if "." not in clause.address] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "MỤC TIÊU, ĐỐI TƯỢNG",
        "NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM",
        "TỔ CHỨC THỰC HIỆN",
        "DANH MỤC CÁC NHIỆM VỤ TRỌNG TÂM",
    ]


@pytest.mark.parametrize(
    ("before", "after", "unread", "rows"),
    [
        ("Quí IV-2025\n|\n|\n5\n", "Quí IV-2025\n|\nghi thêm\n|\n|\n5\n", ["ghi thêm"], 11),
        ("|\nSở Công Thương\n|\nUBND các xã", "|\nUBND các xã", ["5", "Hỗ trợ"], 10),
        ("**Cơ quan chủ trì**", "**Kinh phí**", ["PHỤ LỤC"], 0),
    ],
)
def test_what_does_not_fit_the_table_of_an_annex_is_left_to_a_person(
    before: str, after: str, unread: list[str], rows: int
) -> None:
    text = (OTHERS / f"{DONG_THAP}.txt").read_text(encoding="utf-8")
    assert before in text

    plan = read_plan(text.replace(before, after).encode(), "ke-hoach.txt")

    left = [left.text for left in plan.leftovers if left.reason is LeftoverReason.ANNEX]
    assert len(left) == 1
    assert all(left[0].startswith(unread[0]) and words in left[0] for words in unread)
    assert sum(action.clause.startswith("PL.") for action in plan.actions) == rows


def test_a_plan_that_begins_with_its_second_section_is_pointed_out() -> None:
    gaps = [left.text for left in draft(DAK_LAK).leftovers if left.reason is LeftoverReason.NUMBERING_GAP]

    assert gaps == ["II. MỤC ĐÍCH, YÊU CẦU"]
