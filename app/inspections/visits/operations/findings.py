"""What is found for one content of a visit, sent by a page or by a device that was without a connection.

The promise to whoever sends:

- A sending carries a key of its own (`client_key`, made where it was written) and the version of the content that was
  seen there (0: nobody had written anything). The same key never writes twice: a repeated one is answered with what
  it wrote the first time, however often it comes and whatever happened since.
- A sending made over an older version writes nothing and is answered with what stands there now (`Overtaken`);
  whoever sends keeps their text and may send it again, with a new key, over the version that they have seen then.
- A sending replaces the whole content: what it leaves out becomes empty.
- The first sending begins the visit. Nothing is taken before the visit's day, after the visit was closed, or once a
  conclusion stands.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.change import STALE, change
from app.core.days import day_words
from app.core.errors import Refused, Stale
from app.core.policy import Permission
from app.extensions import db
from app.inspections import queries
from app.inspections.models import ChecklistContent, Figure, RoundStatus
from app.inspections.validation import MAX_TEXT, check_lengths, check_standing
from app.inspections.visits.models import InspectionVisit, Rating, VisitFinding, VisitSending, VisitStatus

KEY_NEEDED = _l("Lần gửi này không có mã riêng nên chưa được ghi; hãy tải lại trang.")
KEY_TAKEN = _l("Mã của lần gửi này đã dùng cho nội dung khác nên chưa được ghi; hãy tải lại trang.")
NO_SUCH_CONTENT = _l("Nội dung này không có trong cuộc kiểm tra.")
NO_RATING_HERE = _l("Nội dung này chỉ nhận xét và ghi số liệu, không xếp mức.")
NOT_A_NUMBER = _l("“%(label)s” chỉ nhận số, không ghi họ tên hay chữ.")
SUM_WRONG = _l("“%(label)s”: tổng số phải bằng nam cộng nữ.")
NO_DAY = _l("Cuộc kiểm tra chưa có ngày nên chưa ghi được kết quả.")
NOT_COME = _l("Cuộc kiểm tra vào ngày %(day)s: chưa đến ngày nên chưa ghi được kết quả.")
NOT_RUNNING = _l("Đợt kiểm tra chưa bắt đầu hoặc đã khép lại nên không ghi được kết quả.")
CLOSED = _l("Cuộc kiểm tra đã hoàn thành việc ghi; muốn sửa, trưởng đoàn hoặc thư ký mở lại và nêu lý do.")
CANCELLED = _l("Cuộc kiểm tra này đã được bỏ khỏi đợt nên không ghi được kết quả.")
_LONGEST_KEY = 64
_SEXES = ("total", "male", "female")


@dataclass(frozen=True)
class Sending:
    """One content as it was written. `figures`: key → {total, male, female} as typed; blank is nothing."""

    client_key: str
    seen_version: int
    remark: str = ""
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    rating: Rating | None = None
    documents_seen: str = ""
    empty_reason: str = ""


@dataclass(frozen=True)
class Receipt:
    """The answer to a sending: the version that now stands for it, and whether it had been received before."""

    version: int
    repeated: bool = False


class Overtaken(Stale):
    """Somebody else wrote here meanwhile. `finding` is what stands now."""

    def __init__(self, finding: VisitFinding) -> None:
        super().__init__(STALE)
        self.finding = finding


def record_content(actor: Actor, visit: InspectionVisit, content_id: int, sent: Sending) -> Receipt:
    """Write what was found for one content, once for each key.

    Raises `Forbidden` for who is no member of the team, `Overtaken`, and `Refused` for what cannot be written.
    """
    visit_id = visit.id
    with change(actor, Permission.VISIT_RECORD, visit):
        if (known := received(sent.client_key, visit_id, content_id)) is not None:
            return Receipt(known.result_version, repeated=True)
        begin(visit)
        content = queries.content(visit.checklist_version_id, content_id)
        if content is None:
            raise Refused(NO_SUCH_CONTENT)
        finding = _finding(actor, visit_id, content_id, sent.seen_version)
        _write(actor, finding, content, sent)
        db.session.flush()
        version = finding.version
        db.session.add(receipt(actor, visit_id, content_id, sent.client_key, version))
    return Receipt(version)


def begin(visit: InspectionVisit) -> None:
    """Let a visit be recorded from now on. Raises `Refused` before its day, and once it is closed."""
    _check_open(visit)
    if visit.status is VisitStatus.PLANNED:
        visit.status = VisitStatus.IN_PROGRESS


def barrier(visit: InspectionVisit) -> Any:
    """The sentence why nothing can be recorded now, as `begin` would refuse it; None where it can."""
    try:
        _check_open(visit)
    except Refused as refusal:
        return refusal.sentence
    return None


def _check_open(visit: InspectionVisit) -> None:
    if visit.status is VisitStatus.CANCELLED:
        raise Refused(CANCELLED)
    if not visit.is_open:
        raise Refused(CLOSED)
    if visit.round.status is not RoundStatus.RUNNING:
        raise Refused(NOT_RUNNING)
    if visit.visit_on is None:
        raise Refused(NO_DAY)
    if visit.visit_on > clock.today():
        raise Refused(NOT_COME % {"day": day_words(visit.visit_on)})
    if visit.status is VisitStatus.PLANNED:
        check_standing(visit.unit, visit.visit_on, "visit_on")


def parsed(figures: tuple[Figure, ...], typed: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """The numbers of a content as they are kept. Raises `Refused` for what is no number, or does not add up."""
    return {figure.key: _numbers(figure, typed.get(figure.key, {})) for figure in figures}


def _numbers(figure: Figure, typed: dict[str, str]) -> dict[str, Any]:
    names = _SEXES if figure.by_sex else _SEXES[:1]
    found = {name: _number(figure, name, typed.get(name, "")) for name in names}
    male, female, total = found.get("male"), found.get("female"), found["total"]
    if male is not None and female is not None:
        if total is not None and total != male + female:
            raise Refused(SUM_WRONG % {"label": figure.label}, field=f"{figure.key}-total")
        found["total"] = male + female
    return found


def _number(figure: Figure, name: str, text: str) -> int | float | None:
    bare = text.strip().replace(" ", "")
    if not bare:
        return None
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise Refused(NOT_A_NUMBER % {"label": figure.label}, field=f"{figure.key}-{name}") from error
    if not value.is_finite() or value < 0:
        raise Refused(NOT_A_NUMBER % {"label": figure.label}, field=f"{figure.key}-{name}")
    return int(value) if value == value.to_integral_value() else float(value)


def received(key: str, visit_id: int, content_id: int | None) -> VisitSending | None:
    """What a sending of this key has written before. Raises `Refused` for a key that is none, or was used elsewhere."""
    if not key or len(key) > _LONGEST_KEY:
        raise Refused(KEY_NEEDED)
    known = db.session.scalar(select(VisitSending).where(VisitSending.client_key == key))
    if known is not None and (known.visit_id, known.content_id) != (visit_id, content_id):
        raise Refused(KEY_TAKEN)
    return known


def _finding(actor: Actor, visit_id: int, content_id: int, seen: int) -> VisitFinding:
    query = select(VisitFinding).where(VisitFinding.visit_id == visit_id, VisitFinding.content_id == content_id)
    found = db.session.scalar(query)
    if found is not None:
        if found.version != seen:
            db.session.expunge(found)  # it outlives the transaction that is undone
            raise Overtaken(found)
        return found
    made = VisitFinding(visit_id=visit_id, content_id=content_id, recorded_by_id=actor.id)
    db.session.add(made)
    return made


def _write(actor: Actor, finding: VisitFinding, content: ChecklistContent, sent: Sending) -> None:
    texts = ("remark", "documents_seen", "empty_reason")
    check_lengths(((name, getattr(sent, name)) for name in texts), MAX_TEXT)
    if sent.rating is not None and not content.rates:
        raise Refused(NO_RATING_HERE, field="rating")
    for name in texts:
        setattr(finding, name, getattr(sent, name))
    finding.figures = parsed(tuple(content.figures), sent.figures)
    finding.rating = sent.rating
    finding.recorded_by_id, finding.recorded_by_name = actor.id, actor.name
    finding.recorded_at = clock.now()


def receipt(actor: Actor, visit_id: int, content_id: int | None, key: str, version: int) -> VisitSending:
    """The row by which a sending is known when it comes again. `content_id` is None for the visit as a whole."""
    return VisitSending(
        client_key=key,
        visit_id=visit_id,
        content_id=content_id,
        result_version=version,
        sent_by_id=actor.id,
        received_at=clock.now(),
    )
