"""What has happened in the sample up to 10/05/2024, day by day, each by somebody who may."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.queries import actor as actor_named
from app.board import operations, queries
from app.board.models import Card
from app.board.moves import BY_DEED, Deed, Said
from app.core import clock
from app.core.actor import Actor
from app.core.vietnamese import fold
from app.evidence.models import EvidenceKind, Review
from app.evidence.operations import add_evidence, review_evidence
from app.evidence.particulars import Incoming, Particulars
from app.evidence.queries import evidence as evidence_by_id
from app.evidence.storage import Storage
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action, Clause
from app.sample import files

LIMIT = 5_000_000


@dataclass(frozen=True)
class Paper:
    """A document of the sample: what the office would say of it."""

    kind: EvidenceKind
    number: str
    on: date
    summary: str
    name: str
    data: bytes
    restricted: bool = False


class Story:
    """Moves the cards of one plan through people of the sample."""

    def __init__(self, plan_id: int, store: Storage) -> None:
        self.plan_id, self.store = plan_id, store

    def card(self, clause: str, unit: str, duty: str | None = None) -> Card:
        """The card of a clause (of one part of it) in a unit's hands, by the unit's short name."""
        card_id = db.session.scalars(
            select(Card.id)
            .join(Action, Action.id == Card.action_id)
            .join(Clause, Clause.id == Action.clause_id)
            .join(Unit, Unit.id == Card.unit_id)
            .where(Card.plan_id == self.plan_id, Clause.address == clause, Unit.short_name == unit)
            .where(Action.duty.is_(None) if duty is None else Action.duty == duty)
        ).one()
        found = queries.card(_person("chi"), card_id)
        assert found is not None
        return found

    def move(self, who: str, card: Card, deed: Deed, on: date, said: Said | None = None) -> None:
        """Let a person make one move on a day."""
        with clock.at(on):
            move = BY_DEED[deed]
            operations.make_move(_person(who), card, move, seen_version=card.version, said=said or Said())

    def prove(self, who: str, card: Card, on: date, papers: Iterable[Paper]) -> list[int]:
        """Let a person upload documents on a day; returns their ids."""
        ids = []
        for paper in papers:
            with clock.at(on):
                said = Particulars(
                    kind=paper.kind,
                    summary=paper.summary,
                    number=paper.number,
                    issued_on=paper.on,
                    sent_on=on,
                    restricted=paper.restricted,
                )
                sent = [Incoming(paper.name, io.BytesIO(paper.data))]
                made = add_evidence(_person(who), card, said, sent, store=self.store, limit_bytes=LIMIT)
                ids.append(made.id)
        return ids


def play(plan_id: int, store: Storage) -> None:
    """Let everything happen, in the order of the calendar."""
    story = Story(plan_id, store)
    _departments(story)
    _office(story)
    _front(story)
    _wards(story)


def _departments(story: Story) -> None:
    card = story.card("III.3.a", "Phòng TC-KH")
    story.move("tt-phong-tc-kh", card, Deed.START, date(2024, 4, 24))
    story.prove(
        "tt-phong-tc-kh",
        card,
        date(2024, 4, 29),
        [_letter("31/TTr-TCKH", date(2024, 4, 29), "Tờ trình bố trí kinh phí hoạt động BĐG năm 2024")],
    )
    story.move("tt-phong-tc-kh", card, Deed.SEND, date(2024, 4, 29), Said(day=date(2024, 4, 29)))
    story.move("chi", card, Deed.CONFIRM, date(2024, 5, 3))

    card = story.card("III.2.a", "Phòng Nội vụ")
    story.move("tt-phong-noi-vu", card, Deed.START, date(2024, 4, 25))
    story.prove(
        "tt-phong-noi-vu",
        card,
        date(2024, 5, 2),
        [_scan("58/NV-CCVC", date(2024, 5, 2), "Hướng dẫn công tác quy hoạch cán bộ nữ năm 2024")],
    )
    story.move("tt-phong-noi-vu", card, Deed.SEND, date(2024, 5, 2))
    story.move(
        "ha",
        card,
        Deed.ASK_MORE,
        date(2024, 5, 7),
        Said("Bổ sung bảng tỷ lệ cán bộ nữ trong quy hoạch từng đơn vị (chỉ số lượng, tỷ lệ).", date(2024, 5, 20)),
    )

    card = story.card("III.8.a", "Đài TT-TH")
    story.prove(
        "tt-dai-tt-th",
        card,
        date(2024, 4, 26),
        [_letter("12/KH-TTTH", date(2024, 4, 26), "Kế hoạch tuyên truyền BĐG năm 2024")],
    )
    story.move("tt-dai-tt-th", card, Deed.SEND, date(2024, 4, 26))
    story.move(
        "ha",
        card,
        Deed.RETURN,
        date(2024, 5, 6),
        Said("Kế hoạch chưa nêu chuyên mục, thời lượng phát sóng hằng tháng; chưa đạt yêu cầu."),
    )

    card = story.card("III.8.a", "Cổng TTĐT")
    story.prove(
        "tt-cong-ttdt",
        card,
        date(2024, 5, 6),
        [_letter("05/KH-CTTĐT", date(2024, 5, 6), "Kế hoạch tuyên truyền trên Cổng thông tin điện tử năm 2024")],
    )
    story.move("tt-cong-ttdt", card, Deed.SEND, date(2024, 5, 6))

    card = story.card("III.7.a", "Phòng GD&ĐT")
    story.move("lan", card, Deed.START, date(2024, 4, 23))
    ids = story.prove(
        "mai",
        card,
        date(2024, 5, 8),
        [
            _letter("45/GDĐT", date(2024, 5, 7), "Công văn phối hợp vận động phụ nữ nâng cao trình độ học vấn"),
            _table("Số liệu lớp xóa mù chữ quý I năm 2024"),
        ],
    )
    _remark(ids[1])
    story.move("lan", story.card("III.7.b", "Phòng GD&ĐT"), Deed.START, date(2024, 5, 2))
    story.prove(
        "binh",
        story.card("III.7.b", "Phòng GD&ĐT"),
        date(2024, 5, 8),
        [_picture("Buổi nói chuyện về phòng, chống xâm hại trẻ em gái")],
    )


def _remark(evidence_id: int) -> None:
    with clock.at(date(2024, 5, 9)):
        document = evidence_by_id(evidence_id)
        assert document is not None
        review_evidence(
            _person("ha"), document, Review.LACKING, "Tách số liệu theo từng trường.", seen_version=document.version
        )


def _office(story: Story) -> None:
    story.move("chi", story.card("III.1.c", "Phòng LĐTBXH"), Deed.START, date(2024, 4, 22))
    story.move("chi", story.card("III.1.a", "Phòng LĐTBXH"), Deed.START, date(2024, 4, 22))
    story.move("tt-phong-y-te", story.card("III.5.a", "Phòng Y tế"), Deed.START, date(2024, 4, 26))
    card = story.card("III.4.b", "Phòng Tư pháp")
    story.move(
        "son",
        card,
        Deed.PAUSE,
        date(2024, 5, 8),
        Said(reason="Chờ Sở Tư pháp hướng dẫn.", document_number="512/UBND-TP", document_on=date(2024, 5, 7)),
    )


def _front(story: Story) -> None:
    story.move(
        "hoa",
        story.card("III.9.b", "MTTQ"),
        Deed.ANSWER,
        date(2024, 5, 6),
        Said(
            reason="Đã tổ chức 02 hội nghị tuyên truyền.", document_number="27/MTTQ-BTT", document_on=date(2024, 5, 6)
        ),
    )


def _wards(story: Story) -> None:
    for unit, on in (
        ("P. Tân Lợi", date(2024, 5, 6)),
        ("P. Tự An", date(2024, 5, 7)),
        ("X. Hòa Thuận", date(2024, 5, 8)),
    ):
        card, who = story.card("III.10.a", unit, "báo cáo 6 tháng"), _head(unit)
        story.move(who, card, Deed.START, date(2024, 5, 2))
        story.prove(who, card, on, [_scan(f"{on.day}/BC-UBND", on, "Báo cáo công tác BĐG 6 tháng đầu năm 2024")])
        story.move(who, card, Deed.SEND, on, Said(day=on))
    story.move("ha", story.card("III.10.a", "P. Tân Lợi", "báo cáo 6 tháng"), Deed.CONFIRM, date(2024, 5, 9))
    returned = story.card("III.10.a", "X. Hòa Thuận", "báo cáo 6 tháng")
    story.move(
        "ha", returned, Deed.RETURN, date(2024, 5, 9), Said("Báo cáo chưa theo đề cương, thiếu phần số liệu Nam/Nữ.")
    )
    for unit in ("P. Ea Tam", "P. Khánh Xuân", "P. Thành Công", "X. Ea Kao"):
        story.move(_head(unit), story.card("III.10.a", unit), Deed.START, date(2024, 5, 3))
    paper = _letter("09/KH-UBND", date(2024, 5, 6), "Kế hoạch công tác BĐG năm 2024 của phường")
    card = story.card("III.10.a", "P. Ea Tam")
    story.prove("nam", card, date(2024, 5, 7), [paper])
    story.move("nam", card, Deed.SEND, date(2024, 5, 7))


def _head(unit: str) -> str:
    return "yen" if unit == "P. Ea Tam" else "tt-" + fold(unit).replace(". ", "-").replace(" ", "-")


def _person(username: str) -> Actor:
    found = actor_named(username)
    assert found is not None, username
    return found


def _letter(number: str, on: date, summary: str) -> Paper:
    kind = EvidenceKind.PLAN if "KH-" in number else EvidenceKind.LETTER
    return Paper(kind, number, on, summary, f"{number.replace('/', '-')}.docx", files.letter(number, summary))


def _scan(number: str, on: date, summary: str) -> Paper:
    kind = EvidenceKind.REPORT if "BC-" in number else EvidenceKind.LETTER
    return Paper(kind, number, on, summary, f"{number.replace('/', '-')}.pdf", files.scan(number))


def _table(summary: str) -> Paper:
    data = files.table(summary, [("Học viên lớp xóa mù chữ", 41, 87), ("Học viên bổ túc THCS", 63, 70)])
    return Paper(EvidenceKind.FIGURES, "", date(2024, 5, 7), summary, "So lieu quy I.xlsx", data)


def _picture(summary: str) -> Paper:
    data = files.picture((90, 130, 120))
    return Paper(EvidenceKind.MEDIA, "", date(2024, 5, 7), summary, "Buoi noi chuyen.png", data)
