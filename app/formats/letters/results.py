"""Biên bản kiểm tra of a visit, and the thông báo kết luận kiểm tra of a visit or of a whole round."""

from collections.abc import Sequence

from app.formats.letters import parts
from app.formats.letters.data import LetterHead, Member, RoundData, VisitOutcome
from app.formats.letters.heads import masthead, signed, signed_by_team, titled
from app.formats.letters.page import Letter
from app.formats.letters.words import DOTS, END, capital, day_long, day_short, ended, hour, lines, lowered
from app.formats.paper_head import SignatureBlock

_HEAD_OF_TEAM, _SECRETARY = "Trưởng đoàn", "Thư ký"
_BY_HAND = "(ký, ghi rõ họ tên)"


def minutes(head: LetterHead, said: RoundData, found: VisitOutcome) -> bytes:
    """Biên bản kiểm tra as a draft; the hour it ends is written by hand, the recommendations are still a draft."""
    unit = found.slot.unit
    letter = Letter(f"Biên bản {lowered(said.name)} tại {unit}", head.issuer, sample=head.sample)
    masthead(letter, head)
    titled(letter, "BIÊN BẢN", f"{capital(parts.matter(said))} tại {unit}")
    parts.bases(letter, said, *parts.decided(said))
    form = f"hình thức: {lowered(said.form)}; " if said.form else ""
    letter.sentence(
        f"Hôm nay, hồi {hour(found.slot.time)} {day_long(found.slot.on)}, tại {found.slot.place or unit}, Đoàn kiểm "
        f"tra tiến hành kiểm tra ({form}thời kỳ kiểm tra: {parts.period(said)})."
    )
    letter.heading("I. THÀNH PHẦN")
    letter.sentence("1. Đoàn kiểm tra", keep=True)
    parts.team(letter, said.members)
    letter.sentence(f"2. Đại diện {unit}", keep=True)
    parts.bullets(letter, lines(found.representatives) or [DOTS])
    letter.heading("II. NỘI DUNG KIỂM TRA")
    parts.findings(letter, found.findings)
    letter.heading("III. NHẬN XÉT CỦA ĐOÀN")
    _remarks(letter, found)
    letter.heading(f"IV. Ý KIẾN CỦA {unit.upper()}")
    for line in lines(found.unit_opinion) or [DOTS]:
        letter.sentence(ended(line))
    letter.sentence(
        "Biên bản kết thúc hồi … giờ … cùng ngày, đã đọc cho các thành phần tham dự cùng nghe, thống nhất; được lập "
        f"thành … bản có giá trị như nhau: Đoàn kiểm tra giữ … bản, {unit} giữ … bản{END}",
        keep=True,
    )
    signed_by_team(letter, _signers(said.members), head.recipients or (f"- {unit};", "- Lưu: hồ sơ Đoàn kiểm tra."))
    return letter.to_bytes()


def conclusion_notice(head: LetterHead, said: RoundData, outcomes: Sequence[VisitOutcome]) -> bytes:
    """Thông báo kết luận kiểm tra: what was found at each unit, what is asked of whom and by when."""
    alone = outcomes[0].slot.unit if len(outcomes) == 1 else ""
    subject = f"Kết luận {parts.matter(said)}{f' tại {alone}' if alone else ''}"
    letter = Letter(f"Thông báo {lowered(subject)}", head.issuer, sample=head.sample)
    masthead(letter, head)
    titled(letter, "THÔNG BÁO", subject)
    parts.bases(letter, said, *parts.decided(said))
    letter.sentence(f"{_when(outcomes)}. {head.issuer} thông báo kết luận kiểm tra như sau:")
    letter.heading("I. KẾT QUẢ KIỂM TRA")
    for number, found in enumerate(outcomes, 1):
        if not alone:
            letter.heading(f"{number}. {found.slot.unit}")
        _result(letter, found, numbered=bool(alone))
    letter.heading("II. KẾT LUẬN")
    for found in outcomes:
        for line in lines(found.conclusion) or [DOTS]:
            letter.sentence(ended(line if alone else f"{found.slot.unit}: {line}"))
    letter.heading("III. YÊU CẦU, KIẾN NGHỊ KHẮC PHỤC")
    asked = [one for found in outcomes for one in found.demands]
    if asked:
        parts.demands(letter, asked)
    else:
        letter.sentence("Không có yêu cầu, kiến nghị khắc phục.")
    letter.heading("IV. TỔ CHỨC THỰC HIỆN")
    letter.sentence(
        "1. Các đơn vị có tên tại mục III thực hiện yêu cầu, kiến nghị đúng thời hạn; gửi báo cáo kết quả khắc phục "
        "kèm minh chứng."
    )
    letter.sentence(
        "2. Đoàn kiểm tra theo dõi, đôn đốc việc khắc phục và báo cáo kết quả. "
        f"Yêu cầu các đơn vị nghiêm túc thực hiện{END}",
        keep=True,
    )
    signed(letter, head)
    return letter.to_bytes()


def _remarks(letter: Letter, found: VisitOutcome) -> None:
    parts.judged(letter, "1. Ưu điểm", found.strengths)
    parts.judged(letter, "2. Tồn tại, hạn chế", found.shortcomings)
    parts.judged(letter, "3. Nguyên nhân", found.causes)
    number = 4
    if found.notes:
        letter.sentence(f"{number}. Ý kiến của thành viên Đoàn:", keep=True)
        parts.bullets(letter, [f"{name}: {'; '.join(lines(text))}" for name, text in found.notes])
        number += 1
    if found.demands:
        letter.sentence(f"{number}. Đoàn kiểm tra dự kiến kiến nghị:", keep=True)
        parts.demands(letter, found.demands)


def _result(letter: Letter, found: VisitOutcome, *, numbered: bool) -> None:
    """The remarks on each content, then the strengths, shortcomings and causes."""
    marks = ("1. ", "2. ", "3. ", "4. ") if numbered else ("a) ", "b) ", "c) ", "d) ")
    remarks = [
        f"{finding.topic.rstrip(' .;:')}: {'; '.join(lines(finding.remark))}"
        for finding in found.findings
        if lines(finding.remark)
    ]
    if remarks:
        letter.sentence(f"{marks[0]}Kết quả theo nội dung kiểm tra:", keep=True)
        parts.bullets(letter, remarks)
    for mark, label, text in zip(
        marks[1:] if remarks else marks,
        ("Ưu điểm", "Tồn tại, hạn chế", "Nguyên nhân"),
        (found.strengths, found.shortcomings, found.causes),
        strict=False,
    ):
        parts.judged(letter, f"{mark}{label}", text)


def _when(outcomes: Sequence[VisitOutcome]) -> str:
    if len(outcomes) == 1:
        found = outcomes[0]
        recorded = f" (biên bản số {found.minutes.number} ngày {day_short(found.minutes.issued_on)})"
        told = recorded if found.minutes.number else ""
        return f"Ngày {day_short(found.slot.on)}, Đoàn kiểm tra đã tiến hành kiểm tra tại {found.slot.unit}{told}"
    days = sorted(found.slot.on for found in outcomes if found.slot.on)
    between = "Trong đợt kiểm tra"
    if days:
        first, last = day_short(days[0]), day_short(days[-1])
        between = f"Ngày {first}" if first == last else f"Từ ngày {first} đến ngày {last}"
    return f"{between}, Đoàn kiểm tra đã tiến hành kiểm tra tại {len(outcomes):02d} đơn vị"


def _signers(members: Sequence[Member]) -> tuple[SignatureBlock, ...]:
    seal = "(ký, ghi rõ họ tên, đóng dấu)"
    return (
        SignatureBlock(("ĐẠI DIỆN ĐƠN VỊ", "ĐƯỢC KIỂM TRA", seal)),
        SignatureBlock(("THƯ KÝ", _BY_HAND), parts.member_named(members, _SECRETARY)),
        SignatureBlock(("TRƯỞNG ĐOÀN", _BY_HAND), parts.member_named(members, _HEAD_OF_TEAM)),
    )
