"""What the wards and communes have done in the sample: their plans, their half-year reports, their means."""

from app.cards.moves import Deed, MoveInput
from app.cards.notes.models import NoteKind
from app.evidence.models import EvidenceKind
from app.plans.models import DueLevel
from app.sample.acts import (
    Act,
    AskCorrection,
    AskTime,
    CorrectSent,
    Decide,
    Follow,
    Give,
    MoveAct,
    Note,
    Resolve,
    SetDate,
    StoryStep,
    TakeBackAsking,
    Where,
    d,
    steps,
)

HALF_YEAR = "báo cáo 6 tháng"
_PROGRESS, _TROUBLE, _WISH = NoteKind.PROGRESS, NoteKind.DIFFICULTY, NoteKind.PROPOSAL
_START, _SEND, _CONFIRM = MoveAct(Deed.START), MoveAct(Deed.SEND), MoveAct(Deed.CONFIRM)
_WARDS = {"P.": "phường", "X.": "xã"}


def _name(unit: str) -> str:
    kind, _, name = unit.partition(" ")
    return f"{_WARDS[kind]} {name}"


def _own_plan(unit: str) -> Where:
    return Where("III.10.a", unit)


def _report(unit: str) -> Where:
    return Where("III.10.a", unit, HALF_YEAR)


def _means(unit: str) -> Where:
    return Where("III.10.b", unit)


def _plan(unit: str, number: str, day: int, month: int = 5) -> Give:
    return Give("docx", EvidenceKind.PLAN, number, d(day, month), f"Kế hoạch công tác BĐG năm 2024 của {_name(unit)}")


def _half_year(unit: str, number: str, day: int) -> Give:
    summary = f"Báo cáo công tác BĐG 6 tháng đầu năm 2024 của {_name(unit)}"
    return Give("pdf", EvidenceKind.REPORT, number, d(day), summary)


def _reported(unit: str, number: str, day: int, *more: tuple[int, Act, str]) -> tuple[StoryStep, ...]:
    """The half-year report begun on 2/5 and sent on `day`, and what followed: (day, act, who)."""
    sent = (d(2), _START), (d(day), _half_year(unit, number, day)), (d(day), MoveAct(Deed.SEND, MoveInput(day=d(day))))
    return steps(_report(unit), *sent, *((d(on), act, who) for on, act, who in more))


def _planned(unit: str, number: str, day: int, confirmed: int | None = None) -> tuple[StoryStep, ...]:
    sent = (d(26, 4), _START), (d(day), _plan(unit, number, day)), (d(day), _SEND)
    return steps(_own_plan(unit), *sent, *([(d(confirmed), _CONFIRM, "ha")] if confirmed else []))


_TO_BE_INSPECTED = ("P. Khánh Xuân", "P. Tân Lập", "P. Thành Công", "P. Thành Nhất", "X. Cư Êbur", "X. Ea Kao")
_BY_3_MAY = SetDate(
    DueLevel.UBND, d(3), "Công văn về việc chuẩn bị kiểm tra công tác BĐG tại phường, xã năm 2024", "1402/UBND-LĐTBXH",
    d(24, 4),
)  # fmt: skip
INSPECTED = (
    *(StoryStep(d(24, 4), "ha", _own_plan(unit), _BY_3_MAY) for unit in _TO_BE_INSPECTED),
    *steps(
        _own_plan("P. Tân Lập"),
        (d(25, 4), _START), (d(2), _plan("P. Tân Lập", "14/KH-UBND", 2)), (d(2), _SEND), (d(6), _CONFIRM, "ha"),
    ),
    *steps(
        _own_plan("X. Cư Êbur"),
        (d(2), _START), (d(6), _plan("X. Cư Êbur", "21/KH-UBND", 6)), (d(6), _SEND), (d(8), _CONFIRM, "ha"),
    ),
    *steps(
        _own_plan("P. Khánh Xuân"),
        (d(3), _START),
        (d(8), Note(_TROUBLE, (
            "Công chức Văn hóa – Xã hội phụ trách vừa chuyển công tác, phường đang phân công người thay thế; dự kiến "
            "ban hành Kế hoạch trong tháng 5/2024."
        ))),
    ),
    *steps(
        _own_plan("P. Thành Công"),
        (d(26, 4), AskTime(d(17), "Chờ Ban Thường vụ Đảng ủy phường thông qua tại phiên họp ngày 14/5/2024.")),
        (d(3), _START),
        (d(3), Decide(d(17), "Đồng ý lùi thời hạn", "1458/UBND-LĐTBXH", d(3)), "ha"),
    ),
    *steps(
        _own_plan("X. Ea Kao"),
        (d(2), AskTime(d(31), "Xã tập trung tổ chức ngày hội văn hóa, chưa bố trí được thời gian họp thông qua.")),
        (d(3), _START),
        (d(6), Decide(None, "Các xã khác đã ban hành Kế hoạch; đề nghị hoàn thành trước khi Đoàn kiểm tra làm việc."),
         "son"),
    ),
    *steps(
        _own_plan("P. Thành Nhất"),
        (d(2), _START),
        (d(9), AskTime(d(20), "Bổ sung nội dung phòng, chống bạo lực trên cơ sở giới theo góp ý của Hội LHPN.")),
    ),
)  # fmt: skip
PLANS = (
    *steps(
        _own_plan("P. Ea Tam"),
        (d(3), _START), (d(3), Follow("nam")), (d(7), _plan("P. Ea Tam", "09/KH-UBND", 6), "nam"), (d(7), _SEND, "nam"),
    ),
    *steps(
        _own_plan("P. Tân An"),
        (d(25, 4), _START),
        (d(6), Give("docx", EvidenceKind.PLAN, "17/KH-UBND", d(26, 4),
                    "Kế hoạch công tác BĐG năm 2024 của phường Tân An", sent_on=d(26, 4))),
        (d(6), MoveAct(Deed.SEND, MoveInput(day=d(26, 4)))),
    ),
    *_planned("P. Tân Hòa", "25/KH-UBND", 3, 7),
    *_planned("P. Tân Lợi", "19/KH-UBND", 2, 6),
    *_planned("P. Thống Nhất", "11/KH-UBND", 6, 9),
    *_planned("X. Hòa Thắng", "30/KH-UBND", 3, 8),
    *_planned("P. Tân Thành", "08/KH-UBND", 6),
    StoryStep(d(9), "ha", _own_plan("P. Tân Thành"), MoveAct(Deed.ASK_MORE, MoveInput(
        "Bổ sung phụ lục phân công nhiệm vụ và dự toán kinh phí kèm theo Kế hoạch.", d(17)))),
    *_planned("P. Tân Tiến", "16/KH-UBND", 3),
    *steps(
        _own_plan("P. Tân Tiến"),
        (
            d(7),
            MoveAct(Deed.RETURN, MoveInput("Văn bản chưa ký số, chưa đóng dấu; đề nghị gửi lại bản phát hành.")),
            "ha",
        ),
        (d(8), _plan("P. Tân Tiến", "16a/KH-UBND", 8)), (d(8), _SEND),
    ),
    *steps(
        _own_plan("X. Ea Tu"),
        (d(6), _plan("X. Ea Tu", "18/KH-UBND", 3), "ha"),
        (d(6), MoveAct(Deed.SEND, MoveInput(day=d(3), document_number="18/KH-UBND", document_on=d(3))), "ha"),
        (d(8), _CONFIRM, "ha"),
    ),
    *steps(
        _own_plan("X. Hòa Phú"),
        (d(7), _plan("X. Hòa Phú", "33/KH-UBND", 6), "ha"),
        (d(7), MoveAct(Deed.SEND, MoveInput(day=d(7), document_number="33/KH-UBND", document_on=d(6))), "ha"),
        (d(9), AskCorrection("Xã gửi Kế hoạch ngày 06/5/2024 trên hệ thống quản lý văn bản, đề nghị sửa ngày gửi.")),
    ),
)  # fmt: skip
REPORTS = (
    *_reported("P. Tân Lợi", "61/BC-UBND", 6, (9, _CONFIRM, "ha")),
    *_reported("P. Tân Tiến", "48/BC-UBND", 6, (8, _CONFIRM, "ha")),
    *_reported("P. Thống Nhất", "57/BC-UBND", 8, (10, _CONFIRM, "chi")),
    *_reported("P. Tự An", "74/BC-UBND", 7),
    *_reported("P. Tân Hòa", "80/BC-UBND", 9, (10, CorrectSent(d(8), (
        "Theo dấu công văn đến ngày 08/5/2024 của Phòng LĐTBXH (số đến 512)."
    )), "ha")),
    *_reported("X. Hòa Thuận", "38/BC-UBND", 8, (9, MoveAct(Deed.RETURN, MoveInput(
        "Báo cáo chưa theo đề cương, thiếu phần số liệu Nam/Nữ.")), "ha")),
    *_reported("X. Hòa Thắng", "45/BC-UBND", 7, (9, MoveAct(Deed.ASK_MORE, MoveInput(
        "Bổ sung số liệu kết quả chỉ tiêu tách Nam/Nữ và số buổi truyền thông.", d(14))), "ha")),
    *_reported("X. Cư Êbur", "52/BC-UBND", 8, (9, MoveAct(Deed.WITHDRAW, MoveInput("Đính chính số liệu mục III.")),
                                               "head of X. Cư Êbur")),
    *steps(
        _report("P. Thắng Lợi"),
        (d(9), _half_year("P. Thắng Lợi", "66/BC-UBND", 8), "ha"),
        (d(9), MoveAct(Deed.SEND, MoveInput(day=d(8), document_number="66/BC-UBND", document_on=d(8))), "ha"),
    ),
    *steps(
        _report("P. Ea Tam"),
        (d(6), Follow("nam")),
        (d(8), Note(_PROGRESS, "Đã có số liệu của Hội LHPN, Trạm Y tế; còn chờ số liệu của 04 trường học."), "nam"),
    ),
    *steps(
        _report("P. Khánh Xuân"),
        (d(9), AskTime(d(22), "Đang bàn giao công việc của công chức phụ trách, số liệu chưa đối chiếu xong.")),
    ),
    *steps(
        _report("P. Thành Công"),
        (d(6), AskTime(d(20), "Chờ số liệu của các tổ dân phố.")),
        (d(8), TakeBackAsking()),
        (d(8), _START),
    ),
    *steps(_report("X. Ea Kao"), (d(7), _START)),
    *steps(_report("P. Tân Lập"), (d(8), _START)),
)  # fmt: skip
MEANS = (
    *steps(
        _means("P. Ea Tam"),
        (d(3), Follow("nam")),
        (d(6), Give("docx", EvidenceKind.SUBMISSION, "23/TTr-UBND", d(6),
                    "Tờ trình bố trí kinh phí hoạt động BĐG và Ban VSTBPN phường Ea Tam năm 2024"), "nam"),
        (d(6), _SEND, "nam"),
        (d(7), MoveAct(Deed.ASK_MORE, MoveInput(
            "Bổ sung quyết định hoặc thông báo bố trí kinh phí; tờ trình chưa thể hiện kết quả.", d(15))), "ha"),
        (d(8), Note(_TROUBLE, (
            "Dự toán giao đầu năm chưa có mục chi riêng cho công tác bình đẳng giới; phường đang lồng ghép từ kinh phí "
            "hoạt động của Hội LHPN."
        )), "nam"),
        (d(9), Note(_WISH, (
            "Đề nghị UBND thành phố hỗ trợ kinh phí tổ chức Tháng hành động vì bình đẳng giới cho các phường có đông "
            "đồng bào dân tộc thiểu số."
        ))),
    ),
    *steps(
        _means("P. Tân Lợi"),
        (d(3), _START),
        (d(7), Give("docx", EvidenceKind.DECISION, "102/QĐ-UBND", d(6),
                    "Quyết định bố trí kinh phí hoạt động BĐG và Ban VSTBPN phường Tân Lợi năm 2024")),
        (d(7), _SEND),
        (d(9), _CONFIRM, "ha"),
    ),
    *steps(
        _means("P. Tân An"),
        (d(3), SetDate(DueLevel.OFFICE, d(10), "Công văn đôn đốc bố trí kinh phí BĐG", "98/LĐTBXH", d(3)), "ha"),
        (d(7), AskTime(d(24), "Chờ kỳ họp HĐND phường thông qua phương án điều chỉnh dự toán.")),
        (d(8), Decide(d(24), "Thống nhất để phường trình HĐND"), "chi"),
    ),
    *steps(
        _means("X. Hòa Khánh"),
        (d(3), SetDate(DueLevel.OFFICE, d(7), "Công văn đôn đốc bố trí kinh phí BĐG", "98/LĐTBXH", d(3)), "ha"),
        (d(6), _START),
        (d(8), AskTime(d(20), "Chờ thông báo bổ sung dự toán của UBND thành phố.")),
    ),
    *steps(
        _means("P. Tân Lập"),
        (d(3), _START),
        (d(6), Note(_TROUBLE, "Chưa rõ nguồn chi cho hoạt động của Ban VSTBPN phường.")),
        (d(8), Resolve()),
    ),
    *steps(
        _means("X. Hòa Xuân"),
        (d(8), MoveAct(Deed.DROP, MoveInput(
            "Kinh phí của xã đã giao trong dự toán đầu năm nên không đề nghị riêng.", document_number="1490/UBND-TCKH",
            document_on=d(8))), "son"),
    ),
)  # fmt: skip

WARDS = (*INSPECTED, *PLANS, *REPORTS, *MEANS)
