"""What was done before the office had this board, from an Excel file: checked cell by cell, then all or nothing."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.models import Card
from app.cards.moves import STATUS_WORDS
from app.cards.policy import acts_on_behalf
from app.cards.queries import rows as board
from app.cards.state import Status
from app.core import apart, clock
from app.core.actor import Actor
from app.core.change import change
from app.core.days import PAST, about, parse_day
from app.core.errors import Refused
from app.core.long_work import gate
from app.core.policy import Permission, require
from app.core.vietnamese import clean, clean_line, fold
from app.evidence.particulars import MAX_NUMBER, MAX_SUMMARY
from app.extensions import db
from app.formats import results_workbook
from app.formats.results_workbook import Filled, ResultLine
from app.intake.models import ResultsImport
from app.intake.operations.results_entry import Result, enter
from app.plans.models import Plan

MOST_SHOWN, MOST_NAMED = 50, 5
BOUNDS = apart.Bounds(memory_bytes=300_000_000, cpu_seconds=7, seconds=9)
TOO_HARD = _l(
    "Không đọc được tệp trong thời gian cho phép (nhận tối đa 20.000 dòng theo mẫu). Hãy tải lại mẫu rồi nhập vào đó."
)
NO_FILE = _l("Chọn tệp Excel đã nhập theo mẫu.")
EMPTY = _l("Tệp chưa có dòng nào được nhập ở các cột F đến J.")
BASIS_NEEDED = _l("Ghi số, ký hiệu văn bản làm căn cứ nhập kết quả.")
APPLIED = _l("Tệp kết quả này đã được ghi vào bảng.")
WRONG = _l("Tệp còn %(n)s ô chưa đúng nên chưa ghi dòng nào: %(list)s")
REMEDY = _l("là kiến nghị kiểm tra: kết quả khắc phục chỉ gửi và xác nhận kèm minh chứng, không nhập từ tệp")
NO_SUCH_CARD = _l("mã nhiệm vụ không có trong kế hoạch này")
TWICE = _l("nhiệm vụ đã có ở dòng %(row)s")
STATUS_NEEDED = _l("chọn tình trạng")
NO_SUCH_STATUS = _l("không có tình trạng “%(text)s”")
MOVED = _l("nhiệm vụ đã có kết quả trên bảng; để trống dòng này")
STANDING = _l("nhiệm vụ thường xuyên chỉ nhập “Đang thực hiện” kèm kết quả")
REQUEST = _l("nội dung đề nghị chỉ nhập “Hoàn thành” khi đã có kết quả")
OWN = _l("nhiệm vụ của chính cơ quan thường trực chỉ nhập đến “Chờ xác nhận”; người khác xác nhận trên bảng")
BAD_DAY = _l("không phải một ngày; nhập theo dạng ngày/tháng/năm")
SENT_NEEDED = _l("nhập ngày gửi")
IN_FUTURE = _l("ngày sau hôm nay")
BEFORE_PLAN = _l("ngày trước năm của kế hoạch (%(year)s)")
TOO_LONG = _l("dài quá %(limit)s ký tự")
RESULT_NEEDED = _l("nhập kết quả thực hiện")
_BY_WORDS = {fold(str(words)): status for status, words in zip(
    (Status.TODO, Status.DOING, Status.WAITING, Status.DONE), results_workbook.STATUSES, strict=True
)}  # fmt: skip


@dataclass(frozen=True)
class CellTrouble:
    """What is wrong in one cell."""

    cell: str
    sentence: Any

    def __str__(self) -> str:
        return str(_("ô %(cell)s: %(what)s", cell=self.cell, what=self.sentence))


@dataclass(frozen=True)
class ResultsPreview:
    """What a file would put on the board."""

    results: list[tuple[int, Card, Result]]  # with the row of the file
    troubles: list[CellTrouble]


def template(plan: Plan) -> bytes:
    """The file to fill in, a row for each duty of the plan in the order of the board."""
    lines = [
        ResultLine(row.id, row.code, f"{row.duty}: {row.text}" if row.duty else row.text, row.unit.name, row.due_on)
        for row in board.rows(plan.id)
        if not row.is_remedy
    ]
    return results_workbook.template(plan.title, lines)


def keep(actor: Actor, plan: Plan, name: str, data: bytes, number: str, issued_on: date | None) -> ResultsImport:
    """Keep what a file says, to be looked at; `number` is the document on which the office enters it.

    The same file sent again, because no answer came, is the one that waits already.

    Raises `Forbidden`, `Busy` while the machine has long work enough, and `Refused` for a file that is not the
    template, has no row, or no document. The file is read before the write door is opened: nobody waits for it.
    """
    require(actor, Permission.PLAN_INTAKE, plan)
    if not data:
        raise Refused(NO_FILE, field="file")
    if not clean_line(number):
        raise Refused(BASIS_NEEDED, field="document_number")
    with gate.place(actor.id):
        rows = _read(data)
    if not rows:
        raise Refused(EMPTY, field="file")
    with change(actor, Permission.PLAN_INTAKE, plan):
        said = {
            "plan_id": plan.id,
            "source_name": clean_line(name),
            "source_sha256": hashlib.sha256(data).hexdigest(),
            "document_number": clean_line(number)[:MAX_NUMBER],
            "document_on": issued_on,
            "created_by_id": actor.id,
        }
        row = _waiting(said)
        if row is None:
            row = ResultsImport(**said, rows=rows, created_at=clock.now())
            db.session.add(row)
    return row


def _waiting(said: dict[str, Any]) -> ResultsImport | None:
    query = select(ResultsImport).filter_by(**said, applied_on=None)
    return db.session.scalars(query.order_by(ResultsImport.id.desc())).first()


def preview(actor: Actor, row: ResultsImport) -> ResultsPreview:
    """Each row against the board as it stands now."""
    plan = db.session.get_one(Plan, row.plan_id)
    cards = {card.id: card for card in db.session.scalars(select(Card).where(Card.plan_id == plan.id))}
    check = _Check(actor, plan, cards)
    results: list[tuple[int, Card, Result]] = []
    for values in row.rows:
        filled = Filled(*values)
        found = check.row(filled)
        if found is not None:
            results.append((filled.row, *found))
    return ResultsPreview(results, check.troubles)


def apply(actor: Actor, row: ResultsImport) -> int:
    """Enter every row for its unit, on the file's document where a row names none; all or nothing.

    Returns how many duties have moved. Raises `Refused` with the cells that are wrong.
    """
    with change(actor, Permission.PLAN_INTAKE, row):
        if row.applied_on is not None:
            raise Refused(APPLIED)
        shown = preview(actor, row)
        if shown.troubles:
            more = len(shown.troubles) > MOST_NAMED
            listed = "; ".join(map(str, shown.troubles[:MOST_NAMED])) + ("; …" if more else ".")
            raise Refused(WRONG % {"n": len(shown.troubles), "list": listed})
        for _number, card, result in shown.results:
            enter(actor, card, result, row.document_number, row.document_on)
        row.applied_on = clock.today()
    return len(shown.results)


def _read(data: bytes) -> list[list[Any]]:
    """The rows that were filled in, as they are kept. Raises `Refused` with what is wrong with the file."""
    try:
        answer = json.loads(apart.ask("app.intake.results_worker", data, BOUNDS))
    except apart.Failed as error:
        raise Refused(TOO_HARD, field="file") from error
    if "sentence" in answer:
        sentence, values = answer["sentence"], answer["values"]
        raise Refused(_(sentence) % values if values else _(sentence), field="file")
    rows: list[list[Any]] = answer["rows"]
    return rows


class _Check:
    """Checks the rows of one file, and gathers what is wrong."""

    def __init__(self, actor: Actor, plan: Plan, cards: dict[int, Card]) -> None:
        self.actor, self.plan, self.cards = actor, plan, cards
        self.troubles: list[CellTrouble] = []
        self.seen: dict[int, int] = {}

    def row(self, filled: Filled) -> tuple[Card, Result] | None:
        """The card of a row and what is entered for it; None where there is nothing, or something is wrong."""
        before = len(self.troubles)
        card, status = self._card(filled), self._status(filled)
        sent_on, issued_on = self._day("G", filled.row, filled.sent_on), self._day("I", filled.row, filled.issued_on)
        number, text = clean_line(str(filled.number or "")), clean(str(filled.result or ""))
        if len(number) > MAX_NUMBER:
            self._wrong("H", filled.row, TOO_LONG % {"limit": MAX_NUMBER})
        if len(text) > MAX_SUMMARY:
            self._wrong("J", filled.row, TOO_LONG % {"limit": MAX_SUMMARY})
        if card is not None and status is not None:
            self._fits(filled.row, card, status, sent_on, text)
        if card is None or status in (None, Status.TODO) or len(self.troubles) > before:
            return None
        return card, Result(status or Status.TODO, sent_on, number, issued_on, text)

    def _card(self, filled: Filled) -> Card | None:
        card = self.cards.get(filled.card_id) if isinstance(filled.card_id, int) else None
        if card is None:
            self._wrong("A", filled.row, NO_SUCH_CARD)
        elif card.is_remedy:
            self._wrong("A", filled.row, REMEDY)
        elif card.id in self.seen:
            self._wrong("A", filled.row, TWICE % {"row": self.seen[card.id]})
        else:
            self.seen[card.id] = filled.row
        return card

    def _status(self, filled: Filled) -> Status | None:
        if filled.status is None:
            self._wrong("F", filled.row, STATUS_NEEDED)
            return None
        status = _BY_WORDS.get(fold(str(filled.status)))
        if status is None:
            self._wrong("F", filled.row, NO_SUCH_STATUS % {"text": str(filled.status)[:40]})
        return status

    def _fits(self, row: int, card: Card, status: Status, sent_on: date | None, text: str) -> None:
        """What the course of the card takes."""
        if status is Status.TODO:
            return
        if card.status is not Status.TODO or card.evidence_total:
            self._wrong("F", row, MOVED)
        elif card.is_request:
            if status is not Status.DONE:
                self._wrong("F", row, REQUEST)
        elif card.is_standing:
            if status is not Status.DOING:
                self._wrong("F", row, STANDING)
            elif not text:
                self._wrong("J", row, RESULT_NEEDED)
        elif status in (Status.WAITING, Status.DONE):
            if sent_on is None:
                self._wrong("G", row, SENT_NEEDED)
            if status is Status.DONE and not acts_on_behalf(self.actor, card):
                self._wrong("F", row, OWN)

    def _day(self, letter: str, row: int, value: Any) -> date | None:
        try:
            day = parse_day(None if value is None else str(value), about(year=self.plan.year, side=PAST))
        except ValueError:
            self._wrong(letter, row, BAD_DAY)
            return None
        if day is not None and day > clock.today():
            self._wrong(letter, row, IN_FUTURE)
        elif day is not None and day.year < self.plan.year:
            self._wrong(letter, row, BEFORE_PLAN % {"year": self.plan.year})
        return day

    def _wrong(self, letter: str, row: int, sentence: Any) -> None:
        if not any(trouble.cell == f"{letter}{row}" for trouble in self.troubles):
            self.troubles.append(CellTrouble(f"{letter}{row}", sentence))


def counts(results: Iterable[tuple[int, Card, Result]]) -> list[tuple[Any, int]]:
    """How many duties come to stand in each column."""
    found: dict[Status, int] = {}
    for _row, _card, result in results:
        found[result.status] = found.get(result.status, 0) + 1
    return [(STATUS_WORDS[status], number) for status, number in found.items()]


def of_plan(plan_id: int) -> Sequence[ResultsImport]:
    """The files of a plan, the newest first."""
    query = select(ResultsImport).where(ResultsImport.plan_id == plan_id).order_by(ResultsImport.id.desc())
    return db.session.scalars(query).all()
