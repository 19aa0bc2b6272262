"""The reference plan's 105 duties with invented progress on 20/5/2024: rows for the workbook tests."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.formats.progress_workbook import (
    Counted,
    DocumentRow,
    DocumentSection,
    DutyRow,
    DutySection,
    InspectionSection,
    LateRow,
    Outstanding,
    PaperHead,
    Progress,
    RecommendationRow,
    RemedyState,
    SignatureBlock,
    UnitRow,
    UnitRows,
)

AS_OF = datetime(2024, 5, 20, 17, 0, tzinfo=UTC)
TODAY = AS_OF.date()
MADE_AT = datetime(2024, 5, 20, 10, 5, 7, tzinfo=UTC)
SECOND_REPORT_FROM = date(2024, 5, 16)
REQUESTED = "Ủy ban MTTQ Việt Nam Thành phố"

_PLAN: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "expected.json").read_text(encoding="utf-8"))
TEXTS: dict[str, str] = {clause["id"]: clause["text"] for clause in _PLAN["clauses"]}
WARDS = [f"UBND {kind} {name}" for kind, names in _PLAN["wards"].items() for name in names]

_SHORT = {
    ("III.10.a", None): "Kế hoạch, triển khai, sơ kết, tổng kết",
    ("III.10.a", "báo cáo 6 tháng"): "Báo cáo 6 tháng theo đề cương",
    ("III.10.a", "báo cáo năm"): "Báo cáo năm theo đề cương",
    ("III.10.b", None): "Bố trí kinh phí cho hoạt động Bình đẳng giới",
}
_RESULT = (
    "Đã ban hành văn bản hướng dẫn triển khai Kế hoạch; tổ chức 02 hội nghị tuyên truyền với 186 người tham dự "
    "(nữ 104 người); cấp phát 1.500 tờ gấp giới thiệu Luật Bình đẳng giới đến các tổ dân phố, thôn, buôn."
)

HEAD = PaperHead(
    issuing_body=("PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",),
    superior_body="UBND THÀNH PHỐ BUÔN MA THUỘT",
    subject="Kế hoạch triển khai công tác Bình đẳng giới năm 2024 của UBND thành phố Buôn Ma Thuột",
    as_of=AS_OF,
    sample=True,
    accompanies="Báo cáo số       /BC-LĐTBXH ngày       tháng 5 năm 2024 của Phòng Lao động - Thương binh và Xã hội",
    symbol="BC-LĐTBXH",
    place="Buôn Ma Thuột",
    signer=SignatureBlock(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "H’Yar Niê"),
    preparer=SignatureBlock(("NGƯỜI LẬP BIỂU",), "Nguyễn Thị Thu Hà"),
    recipients=("- UBND Thành phố (để báo cáo);", "- Các phòng, ban, đơn vị;", "- Lưu: VT."),
)
SIGNED_HEAD = replace(HEAD, annex=False, number="87", dated=date(2024, 5, 20))


def sections() -> list[DutySection]:
    """Part III of the plan, heading by heading."""
    found = [DutySection(f"III. {TEXTS['III']}")]
    number = 1
    while (heading := f"III.{number}") in TEXTS:
        rows = tuple(row for action in _actions(heading) for row in _rows(action))
        found.append(DutySection(f"{number}. {TEXTS[heading]}", rows))
        number += 1
    return found


def _actions(heading: str) -> list[dict[str, Any]]:
    return [action for action in _PLAN["actions"] if action["clause"].rpartition(".")[0] == heading]


def _rows(action: dict[str, Any]) -> list[DutyRow]:
    units = WARDS if action["lead"] == ["*phường, xã"] else action["lead"]
    return [_row(action, unit, place) for place, unit in enumerate(units)]


def _row(action: dict[str, Any], unit: str, place: int) -> DutyRow:
    deadline = date.fromisoformat(action["deadline"]) if action["deadline"] else None
    row = DutyRow(
        clause=action["clause"],
        text=TEXTS[action["clause"]],
        short=_SHORT.get((action["clause"], action.get("duty")), ""),
        lead=unit,
        coordinating=tuple(action["coordinating"]),
        deadline=deadline,
        deadline_words="Thường xuyên" if action["kind"] == "thường xuyên" else "Không quy định",
        counted=Counted.REQUEST if action["request"] else Counted.GIVEN,
        status="Chưa thực hiện",
        note="Đề nghị phối hợp" if action["request"] else "",
    )
    if action["request"]:
        answered = action["clause"] == "III.9.b"
        done_on = date(2024, 5, 6) if answered else None
        return replace(row, status="Đã có kết quả" if answered else "Đã đề nghị", completed_on=done_on)
    if deadline and deadline > TODAY:
        return replace(row, status="Chưa đến kỳ")
    return _with_progress(row, place, action["kind"] == "thường xuyên")


def _with_progress(row: DutyRow, place: int, standing: bool) -> DutyRow:
    if standing or (not row.deadline and place % 9 == 4):
        return replace(row, status="Đang thực hiện", result=_RESULT, difficulties="Cán bộ phụ trách mới.")
    if not row.deadline and place % 3:
        return replace(row, status="Đang thực hiện", result="Đang lấy ý kiến dự thảo.")
    if row.deadline and place % 7 == 5:
        return replace(row, status="Đang thực hiện (quá hạn)")
    sent = date(2024, 5, 17) if row.deadline and place % 7 == 3 else date(2024, 5, 6 + place % 5)
    late = row.deadline is not None and sent > row.deadline
    document = f"Báo cáo số {60 + place}/BC-UBND ngày {sent:%d/%m/%Y}"
    status = "Hoàn thành quá hạn" if late else "Hoàn thành đúng hạn"
    return replace(row, status=status, completed_on=sent, result="Đã gửi báo cáo.", evidence=(document,))


def groups(found: list[DutySection] | None = None) -> list[UnitRows]:
    """The official counts of the rows, the units in their official order."""
    rows = [
        row
        for section in (sections() if found is None else found)
        for row in section.rows
        if row.counted is Counted.GIVEN
    ]
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.lead, Counter())[_bucket(row)] += 1
        counts[row.lead]["not_yet_started"] += row.status == "Chưa đến kỳ"
    units = [_unit(name, counted) for name, counted in counts.items()]
    named = (("Cơ quan, đơn vị thành phố", ""), ("UBND các phường", "UBND phường"), ("UBND các xã", "UBND xã"))
    return [UnitRows(title, tuple(unit for unit in units if _prefix(unit.unit) == prefix)) for title, prefix in named]


def progress() -> Progress:
    """Duties, counts, documents, what is late and what was inspected, in agreement."""
    found = sections()
    return Progress(found, groups(found), _documents(found), _outstanding(found), inspections())


def inspections() -> list[InspectionSection]:
    """Two rounds: all wards and communes with a recommendation in each state by turns, one visit without any."""
    states = list(RemedyState)
    rows = [_recommendation(unit, states[place % len(states)], place) for place, unit in enumerate(WARDS)]
    none = RecommendationRow("UBND xã Hòa Thắng", "Không có.", visited_on=date(2024, 4, 26))
    return [
        InspectionSection("Kiểm tra định kỳ 6 tháng đầu năm 2024", tuple(rows)),
        InspectionSection("Kiểm tra đột xuất tháng 4 năm 2024", (none,)),
    ]


def _recommendation(unit: str, state: RemedyState, place: int) -> RecommendationRow:
    remedied = state in (RemedyState.DONE, RemedyState.WAITING)
    sent = date(2024, 5, 6 + place % 9) if remedied else None
    return RecommendationRow(
        inspected=unit,
        shortcoming="Chưa ban hành kế hoạch năm 2024; Ban Vì sự tiến bộ của phụ nữ chưa được kiện toàn khi thay đổi.",
        visited_on=date(2024, 4, 2 + place),
        demand="Ban hành kế hoạch, quyết định kiện toàn Ban VSTBPN và gửi về Phòng Lao động - Thương binh và Xã hội.",
        lead=unit if place % 5 else "Phòng Văn hóa - Thông tin",
        deadline=date(2024, 5, 31),
        state=state,
        status=state.value,
        remedied_on=sent,
        evidence=(f"Báo cáo {20 + place}/BC-UBND, {sent:%d/%m/%Y}",) if sent else (),
        conclusion="18/TB-UBND, 26/4/2024",
        note="Gia hạn 1 lần, hạn gốc 15/5/2024" if place % 7 == 0 else "",
    )


def _documents(found: list[DutySection]) -> list[DocumentSection]:
    listed = [
        DocumentSection(section.heading, tuple(_document(row, name) for row in section.rows for name in row.evidence))
        for section in found
    ]
    return [section for section in listed if section.rows]


def _document(row: DutyRow, name: str) -> DocumentRow:
    return DocumentRow(
        clause=row.clause,
        lead=row.lead,
        kind="Báo cáo",
        number=name.split()[2],
        summary="Báo cáo kết quả thực hiện công tác Bình đẳng giới, số liệu tách theo Nam, Nữ và theo từng tổ dân phố",
        issued_on=row.completed_on,
        sent_on=row.completed_on,
        copy="2 tệp",
        link="https://bang-bdg.example/cards/7#minh-chung-12",
        review="Hợp lệ",
        note="QLVB: 2024-000871",
    )


def _outstanding(found: list[DutySection]) -> Outstanding:
    given = [row for section in found for row in section.rows if row.counted is Counted.GIVEN]
    late = [row for row in given if _bucket(row) == "open_late"]
    unsent = [row for row in given if row.status == "Chưa đến kỳ"][:2]
    return Outstanding(tuple(_late(row) for row in late), tuple(_late(row) for row in unsent))


def _late(row: DutyRow) -> LateRow:
    assert row.deadline is not None
    days = (TODAY - row.deadline).days
    difficulties = "Cán bộ phụ trách mới nhận việc, chưa có số liệu của các tổ dân phố." if days > 0 else ""
    return LateRow(
        row.clause, row.text, row.lead, row.deadline, row.status, days if days > 0 else None, row.short, difficulties
    )


def _prefix(unit: str) -> str:
    return next((prefix for prefix in ("UBND phường", "UBND xã") if unit.startswith(prefix)), "")


def _bucket(row: DutyRow) -> str:
    if row.completed_on:
        return "done_late" if row.deadline and row.completed_on > row.deadline else "done_on_time"
    if row.deadline:
        return "open_late" if row.deadline < TODAY else "open_in_time"
    return "standing" if row.deadline_words == "Thường xuyên" else "no_deadline"


def _unit(name: str, counted: Counter[str]) -> UnitRow:
    total = counted.total() - counted["not_yet_started"]
    return UnitRow(name, total=total, **{key: counted[key] for key in counted})
