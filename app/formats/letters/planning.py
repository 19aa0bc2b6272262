"""Kế hoạch kiểm tra, and the thông báo lịch kiểm tra with its outline of the self-report."""

from collections.abc import Sequence

from app.formats.letters import parts
from app.formats.letters.data import LetterHead, RoundData, Topic
from app.formats.letters.heads import masthead, signed, titled
from app.formats.letters.page import CENTRE, TEXT_MM, Letter, rule, write
from app.formats.letters.tables import TableColumn, ruled
from app.formats.letters.words import BLANK_DAY, BLANK_NUMBER, DOTS, END, capital, day_short, ended, lowered

NUMBERS_ONLY = "Chỉ ghi số lượng, tỷ lệ; không kèm danh sách họ tên, không gửi tài liệu quy hoạch."
_CLOSING = (
    ("Đánh giá chung", ("Ưu điểm", "Tồn tại, hạn chế", "Nguyên nhân")),
    ("Phương hướng và kiến nghị", ("Việc sẽ làm trong thời gian tới", "Kiến nghị, đề xuất (nếu có)")),
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_RULE_MM = 40


def inspection_plan(head: LetterHead, said: RoundData) -> bytes:
    """Kế hoạch kiểm tra of a round, as a draft without number and day."""
    letter = Letter(f"Kế hoạch {parts.matter(said)}", head.issuer, sample=head.sample)
    masthead(letter, head)
    titled(letter, "KẾ HOẠCH", capital(parts.matter(said)))
    parts.bases(letter, said)
    letter.sentence(f"{head.issuer} ban hành kế hoạch kiểm tra như sau:")
    letter.heading("I. MỤC ĐÍCH, YÊU CẦU")
    letter.sentence(
        "1. Đánh giá việc triển khai thực hiện nhiệm vụ tại các cơ quan, đơn vị, địa phương; ghi nhận kết quả đạt "
        "được, chỉ ra tồn tại, hạn chế, nguyên nhân và kiến nghị biện pháp khắc phục."
    )
    letter.sentence(
        "2. Việc kiểm tra bảo đảm khách quan, đúng nội dung, đúng đối tượng, không làm ảnh hưởng đến hoạt động "
        "bình thường của đơn vị được kiểm tra; bảo vệ dữ liệu cá nhân và bí mật nhà nước theo quy định."
    )
    letter.heading("II. NỘI DUNG, HÌNH THỨC, THỜI KỲ KIỂM TRA")
    _contents(letter, said)
    letter.sentence(f"2. Hình thức: {ended(lowered(said.form) or DOTS)}")
    letter.sentence(f"3. Thời kỳ kiểm tra: {ended(parts.period(said))}")
    letter.heading("III. ĐỐI TƯỢNG, THỜI GIAN, ĐỊA ĐIỂM")
    parts.calendar(letter, said.slots)
    letter.heading("IV. THÀNH PHẦN ĐOÀN KIỂM TRA")
    parts.team(letter, said.members)
    letter.heading("V. TỔ CHỨC THỰC HIỆN")
    letter.sentence(
        "1. Đoàn kiểm tra tiến hành kiểm tra theo nội dung, lịch của Kế hoạch này; lập biên bản từng cuộc kiểm tra; "
        "tổng hợp, báo cáo kết quả và dự thảo thông báo kết luận kiểm tra."
    )
    letter.sentence(f"2. Các đơn vị được kiểm tra chuẩn bị báo cáo tự kiểm tra theo đề cương, {_sent_before(said)}.")
    letter.sentence(
        "3. Trong quá trình thực hiện, nếu có thay đổi về thời gian, thành phần, Đoàn kiểm tra thông báo trước "
        f"cho đơn vị được kiểm tra{END}",
        keep=True,
    )
    signed(letter, head)
    return letter.to_bytes()


def schedule_notice(head: LetterHead, said: RoundData) -> bytes:
    """Thông báo lịch kiểm tra of a round or of one visit of it (one slot), with the outline as its phụ lục."""
    letter = Letter(f"Thông báo lịch {parts.matter(said)}", head.issuer, sample=head.sample)
    masthead(letter, head)
    titled(letter, "THÔNG BÁO", f"Lịch {parts.matter(said)}")
    parts.bases(letter, said, *parts.decided(said))
    letter.sentence(f"{head.issuer} thông báo lịch kiểm tra như sau:")
    _contents(letter, said)
    letter.sentence(f"2. Hình thức: {lowered(said.form) or DOTS}; thời kỳ kiểm tra: {ended(parts.period(said))}")
    letter.sentence("3. Đối tượng, thời gian, địa điểm:", keep=True)
    parts.calendar(letter, said.slots)
    letter.sentence("4. Thành phần Đoàn kiểm tra:", keep=True)
    parts.team(letter, said.members)
    letter.sentence(
        f"5. Đơn vị được kiểm tra chuẩn bị báo cáo tự kiểm tra theo đề cương kèm theo, {_sent_before(said)}; "
        "chuẩn bị hồ sơ, tài liệu liên quan và bố trí thành phần làm việc với Đoàn kiểm tra."
    )
    letter.sentence(
        f"Đề nghị các đơn vị được kiểm tra phối hợp thực hiện đúng nội dung Thông báo này{END}",
        keep=True,
    )
    signed(letter, head)
    letter.annex()
    _outline(letter, head, said)
    return letter.to_bytes()


def self_report_outline(head: LetterHead, said: RoundData) -> bytes:
    """The đề cương alone: a phụ lục, so without the country's name, number and signature (Nghị định 30/2020)."""
    letter = Letter(f"Đề cương báo cáo tự {parts.matter(said)}", head.issuer, sample=head.sample)
    _outline(letter, head, said)
    return letter.to_bytes()


def _outline(letter: Letter, head: LetterHead, said: RoundData) -> None:
    page = letter.document
    write(page, "PHỤ LỤC", bold=True, align=CENTRE, after=0, keep=True)
    write(page, "ĐỀ CƯƠNG BÁO CÁO TỰ KIỂM TRA", bold=True, align=CENTRE, after=0, keep=True)
    number = f"{BLANK_NUMBER}/{head.symbol}"
    about = f"(Kèm theo Thông báo số{number} {BLANK_DAY} của {head.issuer})"
    write(page, about, italic=True, align=CENTRE, after=0, keep=True)
    rule(page, _RULE_MM, TEXT_MM, after=10, keep=True)
    letter.sentence(f"Thời kỳ báo cáo: {ended(parts.period(said))}")
    numerals = iter(_ROMAN)
    for topic in said.topics:
        _asked(letter, next(numerals, ""), topic)
    for heading, items in _CLOSING:
        letter.heading(f"{next(numerals, '')}. {heading.upper()}")
        for place, item in enumerate(items, 1):
            last = (heading, items) == _CLOSING[-1] and place == len(items)
            letter.sentence(f"{place}. {item}{END if last else '.'}")


def _asked(letter: Letter, numeral: str, topic: Topic) -> None:
    letter.heading(f"{numeral}. {topic.title.rstrip(' .;:').upper()}")
    if topic.wording and topic.wording != topic.title:
        letter.sentence(capital(ended(topic.wording)))
    if topic.numbers_only:
        letter.sentence(NUMBERS_ONLY, italic=True)
    if topic.figures:
        _empty_table(letter, topic)


def _empty_table(letter: Letter, topic: Topic) -> None:
    by_sex = any(figure.by_sex for figure in topic.figures)
    columns = [TableColumn("Số liệu", 66 if by_sex else 100), TableColumn("Đơn vị tính", 24, centred=True)]
    names: Sequence[str] = ("Tổng số", "Nam", "Nữ") if by_sex else ("Tổng số",)
    columns += [TableColumn(name, 70 / 3 if by_sex else 36, centred=True) for name in names]
    rows = [[figure.label, figure.unit, *("" for _name in names)] for figure in topic.figures]
    ruled(letter, columns, rows)


def _contents(letter: Letter, said: RoundData) -> None:
    source = f" ({said.source})" if said.source else ""
    letter.sentence(f"1. Nội dung kiểm tra{source}:", keep=True)
    parts.topics(letter, said.topics)


def _sent_before(said: RoundData) -> str:
    days = {slot.report_due for slot in said.slots if slot.report_due}
    if len(days) == 1:
        return f"gửi Đoàn kiểm tra trước ngày {day_short(days.pop())}"
    if said.report_due_days:
        return f"gửi Đoàn kiểm tra trước ngày kiểm tra ít nhất {said.report_due_days:02d} ngày"
    return "gửi Đoàn kiểm tra trước ngày kiểm tra"
