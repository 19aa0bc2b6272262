"""Paragraphs that several letters of an inspection share."""

from collections.abc import Sequence

from app.formats.letters.data import Demand, Finding, LegalBasis, Member, RoundData, Slot, Topic
from app.formats.letters.page import Letter
from app.formats.letters.tables import TableColumn, ruled
from app.formats.letters.words import (
    BLANK_NUMBER,
    DOTS,
    capital,
    day_short,
    day_table,
    ended,
    lines,
    listed,
    lowered,
    number_words,
    share_words,
)

_UNKNOWN_DAY = "…/…/……"


def document_words(kind: str, basis: LegalBasis) -> str:
    """ "Kế hoạch số 12/KH-UBND ngày 05/4/2024"; room for what is not known."""
    number = basis.number or BLANK_NUMBER
    return f"{kind} số {number} ngày {day_short(basis.issued_on)}"


def bases(letter: Letter, said: RoundData, *more: str) -> None:
    """The legal bases, one a line, in italics (Nghị định 30/2020): semicolons between, a full stop at the end."""
    told = [*lines(said.basis), *more]
    for number, text in enumerate(told):
        text = text if text.casefold().startswith("căn cứ") else f"Căn cứ {text}"
        letter.sentence(ended(text, "." if number == len(told) - 1 else ";"), italic=True)


def matter(said: RoundData) -> str:
    """The round's name inside a sentence: "Đợt kiểm tra công tác …" is a kiểm tra there."""
    return lowered(said.name).removeprefix("đợt ")


def decided(said: RoundData) -> list[str]:
    """The round's own plan and decision, as far as they have a number, as bases."""
    known = (("Kế hoạch", said.plan), ("Quyết định thành lập Đoàn kiểm tra", said.decision))
    return [f"Căn cứ {document_words(kind, basis)}" for kind, basis in known if basis.number]


def bullets(letter: Letter, items: Sequence[str]) -> None:
    for item in listed([item for item in items if item]):
        letter.sentence(item)


def period(said: RoundData) -> str:
    """từ ngày 01/01/2024 đến ngày 30/4/2024."""
    return f"từ ngày {day_short(said.period_from)} đến ngày {day_short(said.period_to)}"


def team(letter: Letter, members: Sequence[Member]) -> None:
    """The members, a dash each; dots where the team is not yet named."""
    bullets(letter, [_member(member) for member in members] or [DOTS])


def member_named(members: Sequence[Member], duty: str) -> str:
    """The name of the member with that duty; blank where nobody has it."""
    return next((member.name for member in members if member.duty == duty), "")


def topics(letter: Letter, said: Sequence[Topic]) -> None:
    """The contents of the checklist, lettered as the plan's own items are."""
    for letter_of, topic in zip("abcdđeghiklmnopqrstuvxy", said, strict=False):
        letter.sentence(f"{letter_of}) {capital(ended(topic.wording or topic.title))}")


def calendar(letter: Letter, slots: Sequence[Slot]) -> None:
    """Who is visited when and where."""
    columns = (
        TableColumn("TT", 10, centred=True),
        TableColumn("Đơn vị được kiểm tra", 52),
        TableColumn("Thời gian", 38, centred=True),
        TableColumn("Địa điểm", 60),
    )
    rows = [[str(number), slot.unit, _moment(slot), slot.place] for number, slot in enumerate(slots, 1)]
    ruled(letter, columns, rows)


def findings(letter: Letter, found: Sequence[Finding]) -> None:
    """Each content with the team's remark, its figures and the papers that were read."""
    for number, finding in enumerate(found, 1):
        letter.heading(f"{number}. {finding.topic.rstrip(' .;:')}")
        remarks = lines(finding.remark) or lines(finding.empty_reason) or [DOTS]
        letter.told("Nhận xét của Đoàn", remarks[0] if len(remarks) == 1 else "", keep=len(remarks) > 1)
        if len(remarks) > 1:
            bullets(letter, remarks)
        if finding.figures:
            figures(letter, finding)
        if finding.documents:
            letter.told("Hồ sơ, tài liệu đã kiểm tra", ended("; ".join(lines(finding.documents))))
        if finding.rating:
            letter.told("Đánh giá", ended(finding.rating))


def figures(letter: Letter, finding: Finding) -> None:
    """The figures of a content; columns by sex only where something was counted so."""
    by_sex = any(figure.male is not None or figure.female is not None for figure in finding.figures)
    columns = [TableColumn("Số liệu", 66 if by_sex else 100), TableColumn("Đơn vị tính", 22, centred=True)]
    columns += [TableColumn("Tổng số", 20 if by_sex else 38, centred=True)]
    if by_sex:
        columns += [TableColumn(name, 16, centred=True) for name in ("Nam", "Nữ")] + [
            TableColumn("Tỷ lệ nữ", 20, centred=True)
        ]
    rows = []
    for figure in finding.figures:
        row = [figure.label, figure.unit, number_words(figure.total)]
        counted = [number_words(figure.male), number_words(figure.female), share_words(figure.female, figure.total)]
        rows.append([*row, *(counted if by_sex else ())])
    ruled(letter, columns, rows)


def judged(letter: Letter, label: str, text: str) -> None:
    """ "1. Ưu điểm: …", or its lines below it where there are several."""
    said = lines(text) or [DOTS]
    if len(said) == 1:
        letter.sentence(f"{label}: {ended(said[0])}")
        return
    letter.sentence(f"{label}:", keep=True)
    bullets(letter, said)


def demands(letter: Letter, asked: Sequence[Demand]) -> None:
    """What is asked, of whom, by when."""
    columns = (
        TableColumn("TT", 10, centred=True),
        TableColumn("Tồn tại, hạn chế", 44),
        TableColumn("Yêu cầu khắc phục", 52),
        TableColumn("Đơn vị thực hiện", 32),
        TableColumn("Thời hạn", 22, centred=True),
    )
    rows = [
        [str(number), one.shortcoming, one.demand, one.unit, day_table(one.due_on) or _UNKNOWN_DAY]
        for number, one in enumerate(asked, 1)
    ]
    ruled(letter, columns, rows)


def _member(member: Member) -> str:
    return ", ".join(part for part in (member.name, member.position, member.unit, member.duty) if part)


def _moment(slot: Slot) -> str:
    hours = slot.time.replace(":", " giờ ")
    return "\n".join(part for part in (hours, day_table(slot.on) or _UNKNOWN_DAY) if part)
