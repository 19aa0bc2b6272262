"""What one item asks for: units, dates, kinds, parts."""

from datetime import date
from pathlib import Path

import pytest

from app.formats.plan_reader import LeftoverReason, ReadDuty, ReadKind, known_aliases, read_plan

SAMPLE = (Path(__file__).parents[2] / "app" / "sample" / "plan.txt").read_bytes()


def actions(item: str, heading: str = "1. Phòng Y tế") -> list[ReadDuty]:
    text = f"KẾ HOẠCH\nCông tác năm 2024\nI. TỔ CHỨC THỰC HIỆN\n{heading}\n- {item}"
    return list(read_plan(text.encode(), "k.txt").actions)


DATES = {
    "trước ngày 15/5/2024": date(2024, 5, 15),
    "trước ngày 05 tháng 6 năm 2024": date(2024, 6, 5),
    "trước 30/9": date(2024, 9, 30),
    "chậm nhất ngày 20-10-2024": date(2024, 10, 20),
    "chậm nhất là ngày 20.10.2024": date(2024, 10, 20),
    "hoàn thành trước ngày 01/12/2024": date(2024, 12, 1),
    "trong tháng 2/2024": date(2024, 2, 29),
    "hết tháng 6 năm 2024": date(2024, 6, 30),
    "trong quý III/2024": date(2024, 9, 30),
    "trong quý IV năm 2024": date(2024, 12, 31),
}


@pytest.mark.parametrize("wording", DATES)
def test_a_deadline_is_read_with_its_wording(wording: str) -> None:
    (action,) = actions(f"Báo cáo kết quả {wording}.")

    assert (action.kind, action.deadline, action.deadline_wording) == (ReadKind.DATED, DATES[wording], wording)
    assert action.duty is None


@pytest.mark.parametrize(
    "text",
    [
        "Triển khai Kế hoạch số 125/KH-UBND ngày 19/8/2021.",
        "Thực hiện Nghị quyết đến hết năm 2030.",
        "Báo cáo trước ngày 20 hằng tháng.",
        "Báo cáo trước ngày 01/6 và 15/11 hằng năm.",
    ],
)
def test_dates_of_documents_and_dates_that_come_back_are_no_deadlines(text: str) -> None:
    (action,) = actions(text)

    assert (action.kind, action.deadline) == (ReadKind.WITHIN_YEAR, None)


def test_a_date_that_no_calendar_has_is_left_to_a_person() -> None:
    text = "KẾ HOẠCH\nCông tác năm 2024\nI. TỔ CHỨC THỰC HIỆN\n1. Phòng Y tế\n- Báo cáo trước ngày 31/02/2024."

    (left,) = read_plan(text.encode(), "k.txt").leftovers

    assert (left.reason, left.text) == (LeftoverReason.IMPOSSIBLE_DATE, "trước ngày 31/02/2024")


def test_an_item_that_names_nobody_is_left_to_a_person() -> None:
    text = "KẾ HOẠCH\nCông tác năm 2024\nI. TỔ CHỨC THỰC HIỆN\n1. Yêu cầu chung\n- Thực hiện nghiêm túc."

    draft = read_plan(text.encode(), "k.txt")

    assert not draft.actions
    assert [left.reason for left in draft.leftovers] == [LeftoverReason.NO_UNIT]
    assert draft.source[draft.leftovers[0].place.start :] == "- Thực hiện nghiêm túc."


def test_each_dated_part_is_a_duty_and_a_later_one_starts_after_the_earlier() -> None:
    whole, half, year = actions(
        "Xây dựng kế hoạch; báo cáo 6 tháng trước ngày 15/5/2024, báo cáo năm trước ngày 15/11/2024."
    )

    assert (whole.duty, whole.deadline, whole.kind) == (None, None, ReadKind.WITHIN_YEAR)
    assert (half.duty, half.starts_on) == ("báo cáo 6 tháng", None)
    assert (year.duty, year.starts_on) == ("báo cáo năm", date(2024, 5, 16))


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        *((word, ReadKind.STANDING) for word in ("Tiếp tục", "Đẩy mạnh", "Tăng cường", "Duy trì", "Thường xuyên")),
        *((word, ReadKind.STANDING) for word in ("Phối hợp", "Theo dõi", "Tập trung")),
        *((word, ReadKind.WITHIN_YEAR) for word in ("Chủ trì, phối hợp", "Tham mưu", "Đề nghị", "Xây dựng")),
    ],
)
def test_the_first_words_tell_the_kind_of_an_undated_duty(opening: str, kind: ReadKind) -> None:
    assert actions(f"{opening} công tác truyền thông.")[0].kind is kind


HEADINGS = {
    "1. Phòng Nội Vụ Thành phố": ["Phòng Nội vụ"],
    "1. Phòng Y tế, Trung tâm Y tế Thành phố": ["Phòng Y tế", "Trung tâm Y tế"],
    "1. Phòng Văn hoá - Thông tin:": ["Phòng Văn hóa và Thông tin"],
    "1. Phòng LĐTBXH": ["Phòng Lao động – Thương binh và Xã hội"],
    "1. Đài Truyền thanh - Truyền hình; Cổng thông tin điện tử Thành phố": [
        "Đài Truyền thanh – Truyền hình",
        "Cổng thông tin điện tử",
    ],
    "1. UBND các phường, xã": ["*phường, xã"],
    "1. UBND xã, phường": ["*phường, xã"],
    "1. Ủy ban nhân dân các xã, phường, thị trấn": ["*phường, xã"],
    "1. Uỷ ban nhân dân cấp xã": ["*phường, xã"],
    "1. Sở Văn hóa, Thể thao và Du lịch": ["Sở Văn hóa, Thể thao và Du lịch"],
    "1. Hội Liên hiệp Phụ nữ và Hội Nông dân": ["Hội Liên hiệp Phụ nữ", "Hội Nông dân"],
    "1. Các phòng, ban, ngành, đoàn thể": ["Các phòng, ban, ngành, đoàn thể"],
    "1. Các đoàn thể, tổ chức xã hội": ["Các đoàn thể, tổ chức xã hội"],
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_units_of_a_heading_are_parted_and_cleaned(heading: str) -> None:
    (action,) = actions("Báo cáo kết quả.", heading)

    assert [unit.name for unit in action.lead] == HEADINGS[heading]


def test_a_unit_keeps_its_name_as_written() -> None:
    (action,) = actions("Báo cáo kết quả.", "1. Phòng Nội Vụ Thành phố:")

    assert action.lead[0].written == "Phòng Nội Vụ Thành phố"


def test_aliases_are_taken_from_the_caller() -> None:
    aliases = {**known_aliases(), "Phòng Y tế": "Phòng Y tế và Dân số"}

    names = {unit.name for a in read_plan(SAMPLE, "k.txt", aliases=aliases).actions for unit in a.lead}

    assert "Phòng Y tế và Dân số" in names
    assert "Phòng Y tế" not in names


COORDINATING = {
    "Chủ trì, phối hợp với Thành đoàn, Hội Liên hiệp Phụ nữ các cấp tích cực vận động.": [
        "Thành đoàn",
        "Hội Liên hiệp Phụ nữ các cấp",
    ],
    "Phối hợp với Phòng Văn hóa - Thông tin đẩy mạnh tuyên truyền.": ["Phòng Văn hóa và Thông tin"],
    "Phối hợp với các phòng, ban, đoàn thể có liên quan triển khai.": [],
    "Phối hợp tổ chức các hoạt động tuyên truyền.": [],
    "Tham mưu; phối hợp cùng Công an Thành phố rà soát.": ["Công an Thành phố"],
}


@pytest.mark.parametrize("text", COORDINATING)
def test_coordinating_units_are_those_named_after_phoi_hop_voi(text: str) -> None:
    assert [unit.name for unit in actions(text)[0].coordinating] == COORDINATING[text]


def test_only_compound_items_are_suggested_to_be_split() -> None:
    suggested = {
        action.clause: [split.label for split in action.suggested_splits]
        for action in read_plan(SAMPLE, "k.txt").actions
        if action.suggested_splits
    }

    assert suggested == {
        "III.5.b": ["tập trung", "thống kê"],
        "III.8.a": ["kế hoạch", "duy trì", "phê phán"],
        "III.10.a": ["kế hoạch", "triển khai", "sơ kết, tổng kết"],
    }
