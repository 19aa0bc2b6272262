"""The sample's inspections: a finished round with its conclusion, one under way. Data; `inspections.py` plays it."""

from dataclasses import dataclass
from datetime import date

from app.cards.moves import Deed, MoveInput
from app.evidence.models import EvidenceKind
from app.inspections.models import InspectionType, MemberDuty
from app.inspections.recommendations.models import Recheck
from app.sample.acts import Give, MoveAct, d, head


@dataclass(frozen=True)
class PlannedRound:
    """A round is planned, gets its team and its units, and begins. `team`: sign-in name, or name, and duty."""

    key: str
    name: str
    form: InspectionType
    period: tuple[date, date]
    plan: tuple[str, date]
    decision: tuple[str, date]
    team: tuple[tuple[str, str, MemberDuty], ...]
    visits: tuple[tuple[str, date, str, str], ...]  # unit, day, hour, place


@dataclass(frozen=True)
class Record:
    """Contents of a visit as they were written: (place, remark, documents seen, figures)."""

    unit: str
    contents: tuple[tuple[int, str, str, dict[str, dict[str, str]]], ...]


@dataclass(frozen=True)
class Close:
    """What is said of the whole visit, and that all is recorded."""

    unit: str
    strengths: str
    shortcomings: str
    causes: str
    opinion: str
    minutes: tuple[str, date]


@dataclass(frozen=True)
class Ask:
    """A draft of the team, known in the story by `key`."""

    key: str
    visited: str
    content: int
    shortcoming: str
    demand: str
    unit: str
    due_on: date | None


@dataclass(frozen=True)
class Conclude:
    """The notice of conclusions of a whole round, signed."""

    round: str
    number: str
    on: date
    signer: str
    issuer: str


@dataclass(frozen=True)
class RecommendationAnswer:
    """What happens to the duty that came of `key`."""

    key: str
    act: MoveAct | Give


@dataclass(frozen=True)
class Again:
    """Somebody looks again at what was put right."""

    key: str
    result: Recheck
    note: str


Act = PlannedRound | Record | Close | Ask | Conclude | RecommendationAnswer | Again
_START, _SEND, _CONFIRM = MoveAct(Deed.START), MoveAct(Deed.SEND), MoveAct(Deed.CONFIRM)
_TEAM = (
    ("binh", "Trưởng phòng Văn hóa và Thông tin", MemberDuty.LEADER),
    ("ha", "Chuyên viên Phòng Lao động – Thương binh và Xã hội", MemberDuty.SECRETARY),
    ("mai", "Chuyên viên Phòng Giáo dục và Đào tạo", MemberDuty.MEMBER),
)
_FIRST, _SECOND = "quý I", "6 tháng"
_LAP, _KAO = "P. Tân Lập", "X. Ea Kao"

STORY: tuple[tuple[date, str, Act], ...] = (
    (d(22, 4), "chi", PlannedRound(
        _FIRST, "Kiểm tra công tác bình đẳng giới quý I năm 2024", InspectionType.PLANNED, (d(1, 1), d(30, 4)),
        ("85/KH-BVSTBCPN", d(22, 4)), ("86/QĐ-BVSTBCPN", d(22, 4)), _TEAM,
        ((_LAP, d(24, 4), "08:00", "Hội trường UBND phường Tân Lập"),
         (_KAO, d(25, 4), "08:00", "Phòng họp UBND xã Ea Kao")),
    )),
    (d(24, 4), "ha", Record(_LAP, (
        (0, "Đã phổ biến Kế hoạch của UBND thành phố tại cuộc họp giao ban. Ban Vì sự tiến bộ của phụ nữ phường "
            "chưa được kiện toàn sau khi thay đổi nhân sự; chưa ban hành kế hoạch năm 2024.",
         "Sổ họp giao ban; Quyết định thành lập Ban năm 2021", {"van_ban": {"total": "1"}}),
        (1, "Cán bộ, công chức nữ chiếm gần một nửa; chưa có nữ trong thường trực UBND phường.",
         "Bảng số liệu cán bộ, công chức", {"can_bo": {"total": "21", "male": "11", "female": "10"}}),
        (2, "Trong thời kỳ kiểm tra không ghi nhận vụ việc.", "Sổ theo dõi", {"vu_viec": {"total": "0"}}),
        (3, "Còn quan niệm việc nhà là của phụ nữ ở một số tổ dân phố.", "", {}),
        (4, "Chưa bố trí được kinh phí riêng cho hoạt động của Ban.", "Dự toán năm 2024", {}),
    ))),
    (d(24, 4), "ha", Close(
        _LAP, "Lãnh đạo phường quan tâm, phân công công chức theo dõi.",
        "Tổ chức của Ban và kế hoạch năm chưa kịp thời.",
        "Thay đổi nhân sự chủ chốt từ cuối năm 2023.", "Nhất trí với nhận xét của Đoàn.", ("01/BB-ĐKT", d(24, 4)),
    )),
    (d(25, 4), "ha", Record(_KAO, (
        (0, "Đã ban hành kế hoạch năm 2024. Tuyên truyền ở các buôn mới bằng tiếng phổ thông.",
         "Kế hoạch số 22/KH-UBND",
         {"van_ban": {"total": "2"}, "tap_huan": {"total": "64", "male": "23", "female": "41"}}),
        (1, "Số liệu cán bộ nữ được cập nhật đầy đủ.", "Bảng số liệu cán bộ, công chức",
         {"can_bo": {"total": "19", "male": "12", "female": "7"}}),
        (2, "Sổ theo dõi chưa ghi đủ kết quả xử lý, hỗ trợ.", "Sổ theo dõi năm 2023, 2024", {}),
        (3, "Chưa ghi nhận vấn đề phát sinh mới.", "", {}),
        (4, "Thiếu tài liệu tuyên truyền bằng tiếng Ê Đê.", "", {}),
    ))),
    (d(25, 4), "ha", Close(
        _KAO, "Kế hoạch ban hành sớm; các chi hội phụ nữ tham gia tích cực.",
        "Sổ theo dõi, tài liệu tuyên truyền chưa đủ.",
        "Công chức kiêm nhiệm; chưa được cấp tài liệu.", "Đề nghị thành phố hỗ trợ tài liệu.", ("02/BB-ĐKT", d(25, 4)),
    )),
    (d(26, 4), "ha", Ask(
        "kiện toàn", _LAP, 0, "Ban Vì sự tiến bộ của phụ nữ phường chưa được kiện toàn sau khi thay đổi nhân sự.",
        "Kiện toàn Ban Vì sự tiến bộ của phụ nữ phường Tân Lập và gửi quyết định về Phòng LĐTBXH.", _LAP, d(15),
    )),
    (d(26, 4), "ha", Ask(
        "kế hoạch", _LAP, 0, "Chưa ban hành kế hoạch công tác bình đẳng giới năm 2024.",
        "Ban hành kế hoạch công tác bình đẳng giới năm 2024 của phường.", _LAP, d(8),
    )),
    (d(26, 4), "binh", Ask(
        "sổ theo dõi", _KAO, 2, "Sổ theo dõi chưa ghi đủ kết quả xử lý, hỗ trợ.",
        "Bổ sung sổ theo dõi: ghi đủ kết quả xử lý và chế độ báo cáo hằng tháng.", _KAO, d(20),
    )),
    (d(26, 4), "binh", Ask(
        "tiếng Ê Đê", _KAO, 4, "Thiếu tài liệu, tin bài tuyên truyền bằng tiếng Ê Đê cho các buôn.",
        "Xây dựng lịch phát thanh về bình đẳng giới bằng tiếng Ê Đê, ít nhất 02 lần mỗi tháng.", "Đài TT-TH", d(28, 6),
    )),
    (d(2), "chi", Conclude(
        _FIRST, "18/TB-BVSTBCPN", d(29, 4), "Võ Thanh Sơn", "Ban Vì sự tiến bộ của phụ nữ Thành phố",
    )),
    (d(3), head(_LAP), RecommendationAnswer("kiện toàn", _START)),
    (d(6), head(_LAP), RecommendationAnswer("kiện toàn", Give(
        "docx", EvidenceKind.DECISION, "77/QĐ-UBND", d(6), "Quyết định kiện toàn Ban VSTBPN phường Tân Lập",
    ))),
    (d(6), head(_LAP), RecommendationAnswer("kiện toàn", _SEND)),
    (d(7), "ha", RecommendationAnswer("kiện toàn", _CONFIRM)),
    (d(9), "ha", Again("kiện toàn", Recheck.REMEDIED, "Ban đã họp phiên đầu, phân công thành viên.")),
    (d(3), head(_KAO), RecommendationAnswer("sổ theo dõi", _START)),
    (d(8), head(_KAO), RecommendationAnswer("sổ theo dõi", Give(
        "docx", EvidenceKind.REPORT, "41/BC-UBND", d(8), "Báo cáo khắc phục kiến nghị kiểm tra của xã Ea Kao",
    ))),
    (d(8), head(_KAO), RecommendationAnswer("sổ theo dõi", MoveAct(Deed.SEND, MoveInput(day=d(8))))),
    (d(6), head("Đài TT-TH"), RecommendationAnswer("tiếng Ê Đê", _START)),
    (d(3), "chi", PlannedRound(
        _SECOND, "Kiểm tra định kỳ 6 tháng đầu năm 2024", InspectionType.PLANNED, (d(1, 1), d(30, 6)),
        ("101/KH-BVSTBCPN", d(3)), ("102/QĐ-BVSTBCPN", d(3)), _TEAM,
        (("X. Hòa Thắng", d(9), "08:00", "Phòng họp UBND xã Hòa Thắng"),
         ("P. Ea Tam", d(15), "08:30", "Hội trường UBND phường Ea Tam")),
    )),
    (d(9), "ha", Record("X. Hòa Thắng", (
        (0, "Đã ban hành kế hoạch năm 2024 và quyết định phân công thành viên Ban.", "Kế hoạch, quyết định năm 2024",
         {"van_ban": {"total": "3"}}),
        (1, "Số liệu cán bộ nữ được báo cáo đầy đủ.", "Bảng số liệu",
         {"can_bo": {"total": "20", "male": "12", "female": "8"}}),
    ))),
    (d(9), "ha", Ask(
        "dự thảo", "X. Hòa Thắng", 0, "Kế hoạch chưa có chỉ tiêu cụ thể.",
        "Bổ sung chỉ tiêu cụ thể vào kế hoạch năm 2024.",
        "X. Hòa Thắng", None,
    )),
)  # fmt: skip
