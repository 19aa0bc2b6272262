"""What has happened in the sample up to 10/05/2024, as data: who did what to which duty on which day."""

from dataclasses import dataclass
from datetime import date

from app.board.moves import NOTHING, Deed, Said
from app.evidence.models import EvidenceKind

HALF_YEAR = "báo cáo 6 tháng"


@dataclass(frozen=True)
class Where:
    """A duty: its clause, the unit that leads it (short name), and its part where the clause has several."""

    clause: str
    unit: str
    duty: str | None = None


@dataclass(frozen=True)
class Paper:
    """A document as its office would describe it; `form` says what kind of file the sample makes of it."""

    form: str
    kind: EvidenceKind
    number: str | None
    on: date
    summary: str


@dataclass(frozen=True)
class Step:
    """One deed on one day: a move, a document given, or a remark on the documents that were given."""

    on: date
    who: str
    where: Where
    deed: Deed | None = None
    said: Said = NOTHING
    paper: Paper | None = None
    lacking: str = ""


def _d(day: int, month: int = 5) -> date:
    return date(2024, month, day)


FINANCE, HOME_AFFAIRS = Where("III.3.a", "Phòng TC-KH"), Where("III.2.a", "Phòng Nội vụ")
RADIO, PORTAL = Where("III.8.a", "Đài TT-TH"), Where("III.8.a", "Cổng TTĐT")
SCHOOLING, PROTECTION = Where("III.7.a", "Phòng GD&ĐT"), Where("III.7.b", "Phòng GD&ĐT")
JUSTICE, FRONT = Where("III.4.b", "Phòng Tư pháp"), Where("III.9.b", "MTTQ")
EA_TAM = Where("III.10.a", "P. Ea Tam")
TAN_LOI, TU_AN, HOA_THUAN = (Where("III.10.a", u, HALF_YEAR) for u in ("P. Tân Lợi", "P. Tự An", "X. Hòa Thuận"))

_PLAN, _LETTER, _REPORT = EvidenceKind.PLAN, EvidenceKind.LETTER, EvidenceKind.REPORT
_HALF_YEAR_REPORT = "Báo cáo công tác BĐG 6 tháng đầu năm 2024"


def _by_head(unit: str) -> str:
    return f"head of {unit}"


def _report(where: Where, on: date, number: str) -> tuple[Step, ...]:
    head = _by_head(where.unit)
    paper = Paper("pdf", _REPORT, number, on, _HALF_YEAR_REPORT)
    return (
        Step(_d(2), head, where, Deed.START),
        Step(on, head, where, paper=paper),
        Step(on, head, where, Deed.SEND, Said(day=on)),
    )


STORY: tuple[Step, ...] = (
    Step(_d(22, 4), "chi", Where("III.1.a", "Phòng LĐTBXH"), Deed.START),
    Step(_d(22, 4), "chi", Where("III.1.c", "Phòng LĐTBXH"), Deed.START),
    Step(_d(23, 4), "lan", SCHOOLING, Deed.START),
    Step(_d(24, 4), _by_head("Phòng TC-KH"), FINANCE, Deed.START),
    Step(_d(25, 4), _by_head("Phòng Nội vụ"), HOME_AFFAIRS, Deed.START),
    Step(_d(26, 4), _by_head("Phòng Y tế"), Where("III.5.a", "Phòng Y tế"), Deed.START),
    Step(_d(26, 4), _by_head("Đài TT-TH"), RADIO, paper=Paper(
        "docx", _PLAN, "12/KH-TTTH", _d(26, 4), "Kế hoạch tuyên truyền BĐG năm 2024")),
    Step(_d(26, 4), _by_head("Đài TT-TH"), RADIO, Deed.SEND),
    Step(_d(29, 4), _by_head("Phòng TC-KH"), FINANCE, paper=Paper(
        "docx", EvidenceKind.SUBMISSION, "31/TTr-TCKH", _d(29, 4), "Tờ trình bố trí kinh phí hoạt động BĐG năm 2024")),
    Step(_d(29, 4), _by_head("Phòng TC-KH"), FINANCE, Deed.SEND, Said(day=_d(29, 4))),
    Step(_d(2), "lan", PROTECTION, Deed.START),
    Step(_d(2), _by_head("Phòng Nội vụ"), HOME_AFFAIRS, paper=Paper(
        "pdf", _LETTER, "58/NV-CCVC", _d(2), "Hướng dẫn công tác quy hoạch cán bộ nữ năm 2024")),
    Step(_d(2), _by_head("Phòng Nội vụ"), HOME_AFFAIRS, Deed.SEND),
    Step(_d(3), "chi", FINANCE, Deed.CONFIRM),
    *(Step(_d(3), _by_head(unit), Where("III.10.a", unit), Deed.START)
      for unit in ("P. Ea Tam", "P. Khánh Xuân", "P. Thành Công", "X. Ea Kao")),
    Step(_d(6), "ha", RADIO, Deed.RETURN, Said(
        "Kế hoạch chưa nêu chuyên mục, thời lượng phát sóng hằng tháng; chưa đạt yêu cầu.")),
    Step(_d(6), _by_head("Cổng TTĐT"), PORTAL, paper=Paper(
        "docx", _PLAN, "05/KH-CTTĐT", _d(6), "Kế hoạch tuyên truyền trên Cổng thông tin điện tử năm 2024")),
    Step(_d(6), _by_head("Cổng TTĐT"), PORTAL, Deed.SEND),
    Step(_d(6), "hoa", FRONT, Deed.ANSWER, Said(
        "Đã tổ chức 02 hội nghị tuyên truyền.", document_number="27/MTTQ-BTT", document_on=_d(6))),
    *_report(TAN_LOI, _d(6), "61/BC-UBND"),
    Step(_d(7), "ha", HOME_AFFAIRS, Deed.ASK_MORE, Said(
        "Bổ sung bảng tỷ lệ cán bộ nữ trong quy hoạch từng đơn vị (chỉ số lượng, tỷ lệ).", _d(20))),
    Step(_d(7), "nam", EA_TAM, paper=Paper(
        "docx", _PLAN, "09/KH-UBND", _d(6), "Kế hoạch công tác BĐG năm 2024 của phường Ea Tam")),
    Step(_d(7), "nam", EA_TAM, Deed.SEND),
    *_report(TU_AN, _d(7), "74/BC-UBND"),
    Step(_d(8), "mai", SCHOOLING, paper=Paper(
        "docx", _LETTER, "45/GDĐT", _d(7), "Công văn phối hợp vận động phụ nữ nâng cao trình độ học vấn")),
    Step(_d(8), "mai", SCHOOLING, paper=Paper(
        "xlsx", EvidenceKind.FIGURES, None, _d(7), "Số liệu lớp xóa mù chữ quý I năm 2024")),
    Step(_d(8), "binh", PROTECTION, paper=Paper(
        "png", EvidenceKind.MEDIA, None, _d(7), "Buổi nói chuyện về phòng, chống xâm hại trẻ em gái")),
    Step(_d(8), "son", JUSTICE, Deed.PAUSE, Said(
        "Chờ Sở Tư pháp hướng dẫn.", document_number="512/UBND-TP", document_on=_d(7))),
    *_report(HOA_THUAN, _d(8), "38/BC-UBND"),
    Step(_d(9), "ha", SCHOOLING, lacking="Tách số liệu theo từng trường."),
    Step(_d(9), "ha", TAN_LOI, Deed.CONFIRM),
    Step(_d(9), "ha", HOA_THUAN, Deed.RETURN, Said("Báo cáo chưa theo đề cương, thiếu phần số liệu Nam/Nữ.")),
)  # fmt: skip
