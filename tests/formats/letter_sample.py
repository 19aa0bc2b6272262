"""Invented letters of an inspection, with texts that are awkward to set."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.formats.letters import planning, results
from app.formats.letters.data import (
    AskedFigure,
    Demand,
    FigureFound,
    Finding,
    LegalBasis,
    LetterHead,
    Member,
    RoundData,
    Slot,
    Topic,
    VisitOutcome,
)
from app.formats.paper_head import SignatureBlock

HEAD = LetterHead(
    issuing_body=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BUÔN MA THUỘT"),
    issuer="UBND thành phố Buôn Ma Thuột",
    symbol="TB-UBND",
    place="Buôn Ma Thuột",
    signer=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Minh Khôi"),
    recipients=("- CT, các PCT UBND Thành phố (b/c);", "- UBND các phường, xã;", "- Lưu: VT, LĐTBXH."),
    sample=True,
)
TEAM_HEAD = replace(
    HEAD,
    superior_body="UBND THÀNH PHỐ BUÔN MA THUỘT",
    issuing_body=("ĐOÀN KIỂM TRA CÔNG TÁC BÌNH ĐẲNG GIỚI NĂM 2024",),
    issuer="Đoàn kiểm tra công tác bình đẳng giới năm 2024",
    symbol="BB-ĐKT",
    recipients=("- UBND phường Tân Lập;", "- Lưu: hồ sơ Đoàn kiểm tra."),
)
TOPICS = (
    Topic("Tổ chức, hoạt động chương trình liên quan đến công tác bình đẳng giới"),
    Topic(
        "Công tác cán bộ nữ",
        "Công tác cán bộ nữ và việc quy hoạch, tạo nguồn, bổ nhiệm và sử dụng cán bộ nữ",
        (AskedFigure("Cán bộ, công chức", "người", by_sex=True), AskedFigure("Tỷ lệ nữ trong quy hoạch", "%")),
        numbers_only=True,
    ),
    Topic("Tình trạng bạo hành đối với phụ nữ và trẻ em", "", (AskedFigure("Vụ việc được ghi nhận", "vụ"),)),
    Topic("Những vấn đề tác động tiêu cực đến sự phát triển của phụ nữ trong cơ quan, đơn vị, địa phương"),
    Topic("Những khó khăn, vướng mắc trong việc triển khai công tác bình đẳng giới"),
)
WARDS = ("Tân Lập", "Tân Lợi", "Ea Tam", "Khánh Xuân", "Tự An", "Thành Công", "Thắng Lợi", "Thống Nhất")
SLOTS = tuple(
    Slot(f"UBND phường {ward}", date(2024, 5, 8 + n), "08:00", f"Trụ sở UBND phường {ward}", date(2024, 5, 3))
    for n, ward in enumerate(WARDS)
)
ROUND = RoundData(
    name="Đợt kiểm tra công tác bình đẳng giới năm 2024",
    form="Kiểm tra định kỳ",
    basis="Luật Bình đẳng giới ngày 29/11/2006\nCăn cứ Kế hoạch triển khai công tác Bình đẳng giới năm 2024;",
    period_from=date(2024, 1, 1),
    period_to=date(2024, 4, 30),
    decision=LegalBasis("1298/QĐ-UBND", date(2024, 4, 26)),
    report_due_days=5,
    members=(
        Member("H’Yar Niê", "Trưởng phòng", "Phòng Lao động - Thương binh và Xã hội", "Trưởng đoàn"),
        Member("Lê Quang Minh", "Phó Trưởng phòng", "Phòng Nội vụ", "Thành viên"),
        Member("Nguyễn Thị Thu Hà", "chuyên viên", "Phòng Lao động - Thương binh và Xã hội", "Thư ký"),
    ),
    topics=TOPICS,
    slots=SLOTS,
    source="mục II.5 Kế hoạch",
)
LONG = "Hồ sơ được sắp xếp theo từng nội dung, có đối chiếu với sổ theo dõi văn bản đến. " * 40
TRAP = (
    unicodedata.normalize("NFD", "Đã kiện toàn Ban Vì sự tiến bộ của phụ nữ") + "\x07\u202e\ud800 <b>&amp; =1+1 **đậm**"
)
FINDINGS = (
    Finding(TOPICS[0].title, TRAP, documents="Quyết định kiện toàn\nKế hoạch số 12/KH-UBND", rating="Đạt một phần"),
    Finding(
        TOPICS[1].wording,
        "- Nữ trong quy hoạch đạt 35,71%\n- 01 nữ giữ chức danh chủ chốt",
        (
            FigureFound("Cán bộ, công chức", "người", 1204, 774, 430),
            FigureFound("Tỷ lệ nữ trong quy hoạch", "%", 35.71),
        ),
    ),
    Finding(TOPICS[2].title, "Có sổ theo dõi.", (FigureFound("Vụ việc được ghi nhận", "vụ", 0),)),
    Finding(TOPICS[3].title, "", empty_reason="Không thuộc thời kỳ kiểm tra"),
    Finding(TOPICS[4].title, LONG),
)
DEMANDS = (
    Demand("Ban hành kế hoạch năm 2024", "UBND phường Tân Lập", "Chưa ban hành kế hoạch", date(2024, 6, 17)),
    Demand("Hướng dẫn bố trí kinh phí", "Phòng Tài chính - Kế hoạch", "Kinh phí chưa bố trí riêng"),
    Demand(LONG[:900], "UBND phường Tân Lập", LONG[:1500], date(2024, 7, 1)),
)
OUTCOME = VisitOutcome(
    slot=SLOTS[0],
    representatives="- Trần Văn Bình, Phó Chủ tịch UBND phường\n- Phạm Thị Lan, công chức Văn hóa - Xã hội;",
    findings=FINDINGS,
    strengths="Lãnh đạo phường quan tâm công tác cán bộ nữ.",
    shortcomings="Chưa ban hành kế hoạch năm 2024\nBan Vì sự tiến bộ của phụ nữ chưa được kiện toàn",
    causes="Thay đổi nhân sự",
    notes=(("Lê Quang Minh", "Cần bổ sung số liệu quý I"),),
    unit_opinion="Thống nhất với nội dung biên bản",
    conclusion="UBND phường Tân Lập cơ bản thực hiện nhiệm vụ được giao",
    demands=DEMANDS,
    minutes=LegalBasis("02/BB-ĐKT", date(2024, 5, 8)),
)
EMPTY = VisitOutcome(slot=Slot("UBND xã Cư Êbur"))

LETTERS: dict[str, Callable[[], bytes]] = {
    "plan": lambda: planning.inspection_plan(replace(HEAD, symbol="KH-UBND"), ROUND),
    "notice": lambda: planning.schedule_notice(HEAD, ROUND),
    "outline": lambda: planning.self_report_outline(HEAD, ROUND),
    "minutes": lambda: results.minutes(TEAM_HEAD, ROUND, OUTCOME),
    "conclusion": lambda: results.conclusion_notice(HEAD, ROUND, [OUTCOME]),
    "round": lambda: results.conclusion_notice(HEAD, ROUND, [OUTCOME, EMPTY]),
    "bare": lambda: results.minutes(replace(TEAM_HEAD, sample=False), RoundData("Kiểm tra đột xuất"), EMPTY),
}
