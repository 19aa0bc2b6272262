"""The register is kept: lines written, corrected, taken out and brought back; keepers named; bodies listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.queries.unit_members import colleagues
from app.core import clock
from app.core.actor import Actor
from app.core.change import STALE, change, record
from app.core.errors import Refused, Stale
from app.core.policy import Permission
from app.core.vietnamese import clean_line, fold
from app.extensions import db
from app.incidents.identifying_text import LONGEST_BODY, is_body, is_number
from app.incidents.models import Authority, IncidentKeeper, IncidentLine
from app.incidents.policy import own_units
from app.incidents.queries import register
from app.organisation.queries import unit

UNIT_NEEDED = _l("Chọn đơn vị.")
PERIOD_TURNED = _l("Ngày cuối của kỳ không được trước ngày đầu.")
IN_FUTURE = _l("Ngày này chưa đến.")
BEFORE_PERIOD = _l("Công văn không thể có trước ngày đầu của kỳ.")
CASES_WRONG = _l("Nhập số vụ việc: số nguyên từ 0 đến %(most)s.")
NUMBER_WRONG = _l("Nhập đúng số, ký hiệu công văn, ví dụ 45/BC-UBND; không nhập nội dung nào khác.")
AUTHORITY_NEEDED = _l("Chọn cơ quan tiếp nhận trong danh mục.")
TWICE = _l("Công văn này của đơn vị đã có trong sổ. Hãy đính chính dòng đó.")
REPLACED = _l("Dòng này đã được đính chính bằng dòng khác.")
NOT_A_BODY = _l("Chỉ nhập tên cơ quan, tối đa %(most)s ký tự, ví dụ Công an thành phố; không nhập tên người.")
KNOWN_BODY = _l("Cơ quan này đã có trong danh mục.")
NOT_STAFF = _l("Chọn người của đơn vị có tài khoản đang dùng.")
MOST_CASES = 9_999


@dataclass(frozen=True)
class LineInput:
    """What a line says. There is no field for words."""

    period_from: date
    period_to: date
    cases: int
    document_number: str
    document_on: date
    authority_id: int


def record_opening(actor: Actor) -> None:
    """Log that somebody opens the register. Raises `Forbidden`."""
    with change(actor, Permission.INCIDENT_SEE, register(actor)) as opened:
        opened.note("IncidentRegister", "", {})


def record_line_opening(actor: Actor, found: IncidentLine) -> None:
    """Log that somebody opens one line. Raises `Forbidden`."""
    with change(actor, Permission.INCIDENT_SEE, register(actor, found.unit_id)) as opened:
        opened.note("IncidentLine", found.id, {})


def record_export(actor: Actor, year: int, *, every: bool) -> None:
    """Log that the register of a year goes out: as it is (`every`), or a unit's own part. Raises `Forbidden`."""
    permission = Permission.INCIDENT_EXPORT if every else Permission.INCIDENT_SEE
    said, of = {"year": year, "all_units": every}, ("IncidentRegister", "")
    record(actor, permission, register(actor), said, of=of, action=Permission.INCIDENT_EXPORT)


def add_line(actor: Actor, unit_id: int | None, said: LineInput) -> IncidentLine:
    """Write a line of a unit; the coordinating office on its behalf.

    Raises `Forbidden`; `Refused`, with its field, for what cannot be.
    """
    asked = register(actor, unit_id)
    with change(actor, Permission.INCIDENT_WRITE, asked):
        if unit_id is None or unit(unit_id) is None:
            raise Refused(UNIT_NEEDED, field="unit")
        _check(said)
        if db.session.scalars(_same_document(unit_id, said.document_number)).first() is not None:
            raise Refused(TWICE, field="document_number")
        made = _line(actor, unit_id, said, unit_id not in own_units(actor, asked.keeping))
        db.session.add(made)
    return made


def correct_line(actor: Actor, found: IncidentLine, said: LineInput, *, seen_version: int) -> IncidentLine:
    """Put another line in the place of one; what it said stays readable. Raises as `add_line`, and `Stale`."""
    line_id, unit_id = found.id, found.unit_id
    asked = register(actor, unit_id)
    with change(actor, Permission.INCIDENT_WRITE, asked):
        found = _seen(line_id, seen_version)
        _check(said)
        same = _same_document(unit_id, said.document_number).where(IncidentLine.id != line_id)
        if db.session.scalars(same).first() is not None:
            raise Refused(TWICE, field="document_number")
        found.replaced_at = clock.now()
        made = _line(actor, unit_id, said, unit_id not in own_units(actor, asked.keeping))
        made.corrects_id = line_id
        db.session.add(made)
    return made


def set_withdrawn(actor: Actor, found: IncidentLine, withdrawn: bool, *, seen_version: int) -> None:
    """Take a line out of the register, or bring it back. Raises `Forbidden`, `Stale`, `Refused`."""
    line_id = found.id
    with change(actor, Permission.INCIDENT_WRITE, register(actor, found.unit_id)):
        found = _seen(line_id, seen_version)
        if not withdrawn and db.session.scalars(_same_document(found.unit_id, found.document_number)).first():
            raise Refused(TWICE)
        found.withdrawn_at = clock.now() if withdrawn else None


def add_authority(actor: Actor, name: str) -> Authority:
    """Put a body on the list, or back on it. Raises `Forbidden`; `Refused` for what is no name of a body."""
    name = clean_line(name)
    with change(actor, Permission.INCIDENT_AUTHORITIES):
        if not is_body(name):
            raise Refused(NOT_A_BODY % {"most": LONGEST_BODY}, field="name")
        found = db.session.scalar(select(Authority).where(Authority.key == fold(name)))
        if found is not None and not found.archived:
            raise Refused(KNOWN_BODY, field="name")
        found = found or Authority(name=name, key=fold(name))
        found.archived = False
        db.session.add(found)
    return found


def archive_authority(actor: Actor, authority_id: int) -> None:
    """Take a body off the list; lines that name it keep it. Raises `Forbidden`."""
    with change(actor, Permission.INCIDENT_AUTHORITIES):
        db.session.get_one(Authority, authority_id).archived = True


def name_keeper(actor: Actor, unit_id: int | None, person_id: int | None) -> None:
    """Let somebody of the unit keep its register. Raises `Forbidden`; `Refused` for anybody else."""
    with change(actor, Permission.INCIDENT_KEEPERS, register(actor, unit_id)):
        if unit_id is None or person_id is None or person_id not in dict(colleagues(unit_id)):
            raise Refused(NOT_STAFF, field="person")
        standing = select(IncidentKeeper).where(
            IncidentKeeper.unit_id == unit_id,
            IncidentKeeper.person_id == person_id,
            IncidentKeeper.ended_at.is_(None),
        )
        if db.session.scalar(standing) is None:
            db.session.add(
                IncidentKeeper(unit_id=unit_id, person_id=person_id, named_by_id=actor.id, named_at=clock.now())
            )


def end_keeper(actor: Actor, keeper: IncidentKeeper) -> None:
    """Let somebody keep the register no longer. Raises `Forbidden`."""
    keeper_id = keeper.id
    with change(actor, Permission.INCIDENT_KEEPERS, register(actor, keeper.unit_id)):
        db.session.get_one(IncidentKeeper, keeper_id).ended_at = clock.now()


def _check(said: LineInput) -> None:
    today = clock.today()
    troubles: Mapping[str, Any] = {
        "cases": not 0 <= said.cases <= MOST_CASES and CASES_WRONG % {"most": MOST_CASES},
        "period_to": (said.period_to < said.period_from and PERIOD_TURNED) or (said.period_to > today and IN_FUTURE),
        "document_number": not is_number(said.document_number) and NUMBER_WRONG,
        "document_on": (said.document_on > today and IN_FUTURE)
        or (said.document_on < said.period_from and BEFORE_PERIOD),
        "authority": _unlisted(said.authority_id) and AUTHORITY_NEEDED,
    }
    for field, sentence in troubles.items():
        if sentence:
            raise Refused(sentence, field=field)


def _unlisted(authority_id: int) -> bool:
    found = db.session.get(Authority, authority_id)
    return found is None or found.archived


def _seen(line_id: int, seen_version: int) -> IncidentLine:
    found = db.session.get_one(IncidentLine, line_id)
    if found.replaced_at is not None:
        raise Refused(REPLACED)
    if found.version != seen_version:
        raise Stale(STALE)
    return found


def _same_document(unit_id: int, number: str) -> Any:
    standing = select(IncidentLine).where(IncidentLine.replaced_at.is_(None), IncidentLine.withdrawn_at.is_(None))
    return standing.where(IncidentLine.unit_id == unit_id, IncidentLine.document_number == number)


def _line(actor: Actor, unit_id: int, said: LineInput, on_behalf: bool) -> IncidentLine:
    return IncidentLine(
        unit_id=unit_id,
        period_from=said.period_from,
        period_to=said.period_to,
        cases=said.cases,
        document_number=said.document_number,
        document_on=said.document_on,
        authority_id=said.authority_id,
        on_behalf=on_behalf,
        entered_by_id=actor.id,
        entered_by_name=actor.name,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
