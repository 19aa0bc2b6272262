"""What the departments, the service units and the bodies of the city have done in the sample."""

from app.cards.moves import Deed, MoveInput
from app.cards.notes.models import Answer, NoteKind, Period
from app.evidence.models import EvidenceKind
from app.plans.models import ActionKind, DueLevel
from app.sample.acts import (
    AnswerCorrection,
    AskCorrection,
    ChangeKind,
    Follow,
    Give,
    HandOver,
    MoveAct,
    Note,
    Remark,
    Rewrite,
    SetDate,
    StoryStep,
    Where,
    d,
    head,
    steps,
)

_PLAN, _LETTER, _REPORT = EvidenceKind.PLAN, EvidenceKind.LETTER, EvidenceKind.REPORT
_PROGRESS, _RESULT, _TOGETHER = NoteKind.PROGRESS, NoteKind.RESULT, NoteKind.COORDINATION
_TROUBLE, _WISH = NoteKind.DIFFICULTY, NoteKind.PROPOSAL
_ASKED = "Công văn đề nghị phối hợp triển khai Kế hoạch công tác BĐG năm 2024"
_START, _SEND = MoveAct(Deed.START), MoveAct(Deed.SEND)


def _agreed(day: int, month: int = 5) -> SetDate:
    """A date that the coordinating office asked by its letter of 23/4."""
    return SetDate(DueLevel.OFFICE, d(day, month), _ASKED, "87/LĐTBXH", d(23, 4))


OFFICE = (
    *steps(
        Where("III.1.a", "Phòng LĐTBXH"),
        (d(22, 4), _START, "chi"),
        (d(22, 4), Follow("ha"), "chi"),
        (d(23, 4), Give("docx", _LETTER, "87/LĐTBXH", d(23, 4), _ASKED), "ha"),
        (d(26, 4), Note(_PROGRESS, (
            "Đã sao gửi Kế hoạch đến 11 cơ quan, đơn vị và 21 phường, xã; đề nghị phân công đầu mối theo dõi "
            "công tác bình đẳng giới và gửi về Phòng trước ngày 03/5/2024."
        )), "ha"),
        (d(7), Note(_TROUBLE, (
            "Một số phường, xã thay đổi công chức phụ trách nhưng chưa thông báo đầu mối mới, việc tổng hợp tiến độ "
            "hằng tuần chưa kịp thời."
        )), "ha"),
    ),
    *steps(
        Where("III.1.b", "Phòng LĐTBXH"),
        (d(22, 4), ChangeKind(ActionKind.WITHIN_YEAR, (
            "Nhiệm vụ có sản phẩm cụ thể là hội nghị tuyên truyền, theo dõi như nhiệm vụ trong năm."
        )), "chi"),
        (d(22, 4), Follow("ha"), "chi"),
        (d(23, 4), _START, "chi"),
        (d(24, 4), Give("docx", _PLAN, "90/KH-LĐTBXH", d(24, 4), (
            "Kế hoạch tổ chức hội nghị tuyên truyền Luật Bình đẳng giới và Bộ luật Lao động năm 2019"
        )), "ha"),
        (d(7), Give("png", EvidenceKind.MEDIA, None, d(6), "Hội nghị tuyên truyền Luật Bình đẳng giới",
                    happened_on=d(6)), "ha"),
        (d(8), Give("docx", _REPORT, "112/BC-LĐTBXH", d(8), (
            "Báo cáo kết quả hội nghị tuyên truyền Luật Bình đẳng giới ngày 06/5/2024"
        )), "ha"),
        (d(8), Note(_PROGRESS, (
            "Đã tổ chức 01 hội nghị tại Hội trường UBND thành phố với 120 người tham dự (nữ 74 người); nội dung: Luật "
            "Bình đẳng giới, quy định riêng đối với lao động nữ của Bộ luật Lao động năm 2019."
        )), "ha"),
        (d(8), _SEND, "ha"),
        (d(9), MoveAct(Deed.CONFIRM), "chi"),
    ),
    *steps(
        Where("III.1.c", "Phòng LĐTBXH"),
        (d(22, 4), _START, "chi"),
        (d(22, 4), Follow("ha"), "chi"),
        (d(9), Note(_RESULT, (
            "Đã ban hành 02 công văn đôn đốc (số 87/LĐTBXH ngày 23/4/2024, số 109/LĐTBXH ngày 07/5/2024); tiếp nhận, "
            "kiểm tra báo cáo 6 tháng của các phường, xã gửi trước hạn; đang dự thảo báo cáo tổng hợp trình UBND "
            "thành phố."
        ), Period.HALF), "ha"),
    ),
)  # fmt: skip
DEPARTMENTS = (
    *steps(
        Where("III.2.a", "Phòng Nội vụ"),
        (d(23, 4), _agreed(3), "ha"),
        (d(25, 4), _START),
        (d(25, 4), Note(_PROGRESS, (
            "Đang rà soát số liệu quy hoạch giai đoạn 2025 – 2030 của các cơ quan, đơn vị; chỉ tổng hợp số lượng, tỷ "
            "lệ cán bộ nữ, không lập danh sách cá nhân."
        ))),
        (d(2), Give("pdf", _LETTER, "58/NV-CCVC", d(2), "Hướng dẫn công tác quy hoạch cán bộ nữ năm 2024")),
        (d(2), _SEND),
        (d(7), MoveAct(Deed.ASK_MORE, MoveInput(
            "Bổ sung bảng tỷ lệ cán bộ nữ trong quy hoạch từng đơn vị (chỉ số lượng, tỷ lệ).", d(20))), "ha"),
        (d(9), Note(_TROUBLE, (
            "Còn 03 đơn vị sự nghiệp chưa gửi số liệu quy hoạch tách Nam/Nữ, Phòng đang tiếp tục đôn đốc."
        ))),
    ),
    *steps(
        Where("III.3.a", "Phòng TC-KH"),
        (d(23, 4), _agreed(25, 4), "ha"),
        (d(24, 4), _START),
        (d(26, 4), Give("docx", EvidenceKind.SUBMISSION, "31/TTr-TCKH", d(26, 4),
                        "Tờ trình bố trí kinh phí hoạt động BĐG năm 2024")),
        (d(26, 4), MoveAct(Deed.SEND, MoveInput(day=d(26, 4)))),
        (d(3), MoveAct(Deed.CONFIRM), "chi"),
        (d(6), Note(_WISH, (
            "Đề nghị Phòng LĐTBXH lập dự toán chi tiết theo từng nội dung gửi trước ngày 15/6/2024 để tổng hợp vào dự "
            "toán năm 2025."
        ))),
    ),
    *steps(
        Where("III.4.a", "Phòng Tư pháp"),
        (d(25, 4), _START),
        (d(8), Note(_RESULT, (
            "Đã lồng ghép tuyên truyền Luật Bình đẳng giới, Luật Phòng, chống bạo lực gia đình năm 2022 trong 04 hội "
            "nghị phổ biến, giáo dục pháp luật với 312 lượt người tham dự (nữ 187 lượt); cấp phát 500 tờ gấp."
        ), Period.HALF)),
        (d(8), Give("docx", _REPORT, "46/BC-TP", d(8), "Báo cáo kết quả phổ biến, giáo dục pháp luật về bình đẳng giới "
                    "4 tháng đầu năm 2024")),
    ),
    *steps(
        Where("III.4.b", "Phòng Tư pháp"),
        (d(8), MoveAct(Deed.PAUSE, MoveInput(
            "Chờ Sở Tư pháp hướng dẫn.", document_number="512/UBND-TP", document_on=d(7))), "son"),
    ),
    *steps(
        Where("III.6.a", "Phòng VH&TT"),
        (d(24, 4), _START),
        (d(3), Note(_PROGRESS, (
            "Duy trì hoạt động của các câu lạc bộ gia đình hạnh phúc; hướng dẫn phường, xã kiện toàn Ban chỉ đạo công "
            "tác gia đình và nhóm phòng, chống bạo lực gia đình."
        ))),
        (d(7), Give("pdf", EvidenceKind.ARTICLE, "143/VHTT-GĐ", d(7), (
            "Tin, bài tuyên truyền hưởng ứng Tháng hành động quốc gia về phòng, chống bạo lực gia đình"
        ), link="VHTT-2024-0143")),
    ),
)  # fmt: skip
HEALTH = (
    *steps(
        Where("III.5.a", "Phòng Y tế"),
        (d(26, 4), _START),
        (d(6), Note(_RESULT, (
            "Phối hợp tổ chức 03 buổi truyền thông về hệ lụy mất cân bằng giới tính khi sinh tại phường Tân Lợi, Tân "
            "Thành và xã Ea Tu với 215 người tham dự."
        ), Period.HALF)),
        (d(8), Rewrite(
            "Phối hợp tổ chức 03 buổi truyền thông về hệ lụy mất cân bằng giới tính khi sinh tại phường Tân Lợi, Tân "
            "Thành và xã Ea Tu với 251 người tham dự (nam 96, nữ 155)."
        )),
    ),
    *steps(
        Where("III.5.a", "TT Y tế"),
        (d(7), Note(_RESULT, (
            "Tư vấn sức khỏe sinh sản cho 415 lượt người; cấp phát 1.200 tờ rơi về bình đẳng giới và chăm sóc sức khỏe "
            "bà mẹ."
        ), Period.HALF, "214/TTYT-DS", d(6)), "ha"),
        (d(8), AskCorrection("Văn bản số 214/TTYT-DS ghi 451 lượt người được tư vấn, đề nghị đính chính số 415.")),
        (d(9), Rewrite(
            "Tư vấn sức khỏe sinh sản cho 451 lượt người; cấp phát 1.200 tờ rơi về bình đẳng giới và chăm sóc sức khỏe "
            "bà mẹ."
        ), "ha"),
        (d(9), AnswerCorrection(Answer.CORRECTED, "Đã sửa theo văn bản số 214/TTYT-DS."), "ha"),
    ),
    *steps(
        Where("III.5.b", "Phòng Y tế"),
        (d(6), _START),
        (d(8), Note(_TROUBLE, (
            "Các cơ sở khám bệnh, chữa bệnh ngoài công lập chưa báo cáo thống nhất số vụ bạo lực gia đình, số liệu "
            "quý I chưa đầy đủ."
        ))),
    ),
    *steps(
        Where("III.5.b", "TT Y tế"),
        (d(8), _START),
        (d(8), Give("xlsx", EvidenceKind.FIGURES, "221/TTYT-KHNV", d(8), (
            "Số liệu tiếp nhận, chăm sóc người bị bạo lực gia đình quý I năm 2024 (chỉ số lượng)"
        ), restricted=True, rows=(("Dưới 16 tuổi", 0, 2), ("Từ 16 đến dưới 60 tuổi", 1, 9), ("Từ 60 tuổi", 0, 1)))),
    ),
)  # fmt: skip
_SCHOOLS = "Phòng GD&ĐT"
EDUCATION = (
    *steps(
        Where("III.7.a", _SCHOOLS),
        (d(23, 4), _START),
        (d(24, 4), SetDate(DueLevel.UBND, d(8), "Công văn về việc rà soát, vận động phụ nữ tham gia lớp xóa mù chữ",
                           "1405/UBND-GDĐT", d(24, 4)), "ha"),
        (d(23, 4), Follow("mai")),
        (d(25, 4), Note(_PROGRESS, (
            "Đã làm việc với Thành đoàn và Hội LHPN thành phố, thống nhất rà soát số phụ nữ chưa biết chữ tại 06 "
            "phường, xã có đông đồng bào dân tộc thiểu số để vận động ra lớp."
        )), "mai"),
        (d(7), Note(_TOGETHER, (
            "Hội LHPN thành phố chỉ đạo cơ sở Hội vận động 43 hội viên phụ nữ tham gia lớp xóa mù chữ tại xã Ea Kao, "
            "Cư Êbur."
        ), number="37/BC-HPN", on=d(6), coordinating="Hội Liên hiệp Phụ nữ các cấp"), "ha"),
        (d(8), Give("docx", _LETTER, "45/GDĐT", d(7),
                    "Công văn phối hợp vận động phụ nữ nâng cao trình độ học vấn"), "mai"),
        (d(8), Give("xlsx", EvidenceKind.FIGURES, None, d(7), "Số liệu lớp xóa mù chữ quý I năm 2024",
                    rows=(("Học viên lớp xóa mù chữ", 41, 87), ("Học viên bổ túc THCS", 63, 70))), "mai"),
        (d(9), Remark("Tách số liệu theo từng trường."), "ha"),
        (d(9), Note(_TROUBLE, (
            "Học viên đi làm theo mùa vụ nên sĩ số lớp xóa mù chữ không ổn định từ tháng 5 đến tháng 8."
        )), "mai"),
    ),
    *steps(
        Where("III.7.b", _SCHOOLS),
        (d(2), _START),
        (d(2), Follow("duc")),
        (d(7), Note(_TOGETHER, (
            "Phòng Văn hóa và Thông tin cử 02 tuyên truyền viên, cung cấp 300 tờ gấp và hệ thống âm thanh cho buổi nói "
            "chuyện ngày 07/5/2024 tại Trường THCS."
        )), "binh"),
        (d(8), Give("png", EvidenceKind.MEDIA, None, d(7), "Buổi nói chuyện về phòng, chống xâm hại trẻ em gái",
                    happened_on=d(7)), "binh"),
    ),
    *steps(
        Where("III.7.c", _SCHOOLS),
        (d(2), Follow("duc")),
        (d(6), HandOver("duc", "mai")),
    ),
)  # fmt: skip
_RADIO, _PORTAL = Where("III.8.a", "Đài TT-TH"), Where("III.8.a", "Cổng TTĐT")
MEDIA = (
    *steps(
        _RADIO,
        (d(24, 4), SetDate(DueLevel.UBND, d(8), "Công văn về việc tuyên truyền công tác BĐG năm 2024",
                           "1398/UBND-VHTT", d(24, 4)), "ha"),
        (d(26, 4), Give("docx", _PLAN, "12/KH-TTTH", d(26, 4), "Kế hoạch tuyên truyền BĐG năm 2024")),
        (d(26, 4), _SEND),
        (d(6), MoveAct(Deed.RETURN, MoveInput(
            "Kế hoạch chưa nêu chuyên mục, thời lượng phát sóng hằng tháng; chưa đạt yêu cầu.")), "ha"),
        (d(7), Note(_PROGRESS, (
            "Đang điều chỉnh Kế hoạch: mở chuyên mục “Bình đẳng giới và phát triển”, phát 02 số/tháng, thời lượng 10 "
            "phút/số."
        ))),
    ),
    *steps(
        _PORTAL,
        (d(23, 4), _agreed(3), "ha"),
        (d(6), Give("docx", _PLAN, "05/KH-CTTĐT", d(6),
                    "Kế hoạch tuyên truyền trên Cổng thông tin điện tử năm 2024")),
        (d(6), _SEND),
    ),
    *steps(
        Where("III.8.b", "Đài TT-TH"),
        (d(9), Note(_RESULT, (
            "Đã phát 18 tin, 06 bài, 02 chuyên mục về Luật Bình đẳng giới và phòng, chống bạo lực trên cơ sở giới; "
            "tiếp sóng trên hệ thống truyền thanh cơ sở của 21 phường, xã."
        ), Period.HALF)),
    ),
    *steps(
        Where("III.8.b", "Cổng TTĐT"),
        (d(6), _START),
        (d(9), Note(_PROGRESS, "Đã đăng 11 tin, bài; lượt truy cập chuyên mục Bình đẳng giới đạt 2.340 lượt.")),
    ),
    StoryStep(d(6), "hoa", Where("III.9.b", "MTTQ"), MoveAct(Deed.ANSWER, MoveInput(
        "Đã tổ chức 02 hội nghị tuyên truyền.", document_number="27/MTTQ-BTT", document_on=d(6)))),
    StoryStep(d(8), head("MTTQ"), Where("III.9.a", "MTTQ"), Note(_PROGRESS, (
        "Ban Thường trực đã lồng ghép nội dung giám sát việc thực hiện pháp luật về bình đẳng giới vào chương trình "
        "giám sát năm 2024."
    ))),
)  # fmt: skip

CITY = (*OFFICE, *DEPARTMENTS, *HEALTH, *EDUCATION, *MEDIA)
