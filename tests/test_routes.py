"""Every route × every role: what each is answered. A route that is not in the table fails the tests."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.accounts.operations import passwords
from app.accounts.queries import directory
from app.cards.deadlines import operations as deadlines
from app.cards.models import CardEvent
from app.cards.moves import Deed, MoveInput
from app.cards.notes import operations
from app.cards.notes.models import CorrectionRequest, NoteKind, Target
from app.cards.on_behalf import operations as corrections
from app.cards.operations import assignees
from app.core import clock
from app.evidence.models import EvidenceFile
from app.extensions import db
from app.files.store import FileStore, Incoming
from app.incidents import forms as incident_forms
from app.incidents import operations as incidents
from app.incidents.models import IncidentKeeper
from app.inspections.papers import operations as papers
from app.inspections.recommendations.models import DocumentKind
from app.inspections.visits.models import FileRole
from app.inspections.visits.operations import closing
from app.inspections.visits.operations.files import Sent, add_file
from app.intake.operations import adding, results
from app.intake.operations import plans as intake
from app.intake.queries import drafts
from app.organisation.settings import Settings
from app.plans.models import DueLevel
from app.summaries.operations import ExportOrder, export_workbook
from app.summaries.workbook_process import write
from app.web.front_door import PUBLIC_ENDPOINTS
from tests.inspections import asking, stage
from tests.visitor import LOG, Visitor, everything
from tests.world import PASSWORD, PDF, TODAY, World, move, person, prove

PLAN = Path(__file__).parent.parent / "app" / "sample" / "plan.txt"

# who      stranger; Phòng GD&ĐT: lan (head), duc (deputy), mai (staff); binh heads another unit;
#          chi (head and coordinator), ha (staff and coordinator) of the coordinating office; son is Lãnh đạo UBND;
#          yen heads a ward, hoa a body outside UBND; admin is the administrator.
# cards    “theirs” is III.7.c of Phòng GD&ĐT; “joint” is III.7.b, where binh's unit coordinates.
TABLE = """
route                                              stranger lan duc mai binh chi  ha son yen hoa admin
GET  /                                                  303 200 200 200  200 200 200 200 200 200   200
GET  /healthz                                           200 200 200 200  200 200 200 200 200 200   200
GET  /sessions/current                                  303 200 200 200  200 200 200 200 200 200   200
GET  /login                                             200 303 303 303  303 303 303 303 303 303   303
POST /login wrong password                              422 422 422 422  422 422 422 422 422 422   422
POST /login                                             303 303 303 303  303 303 303 303 303 303   303
POST /logout                                            401 303 303 303  303 303 303 303 303 303   303
GET  /first-administrator                               403 403 403 403  403 403 403 403 403 403   403
POST /first-administrator                               403 403 403 403  403 403 403 403 403 403   403
GET  /board                                             303 200 200 200  200 200 200 200 200 200   200
GET  /list                                              303 200 200 200  200 200 200 200 200 200   200
GET  /cards/<int:card_id>                               303 200 200 200  200 200 200 200 200 200   200
POST /cards/<int:card_id>/placement start               401 303 303 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/placement send                401 303 303 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/placement withdraw            401 303 303 403  403 403 403 403 403 403   403
POST /cards/<int:card_id>/placement confirm             401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/placement ask more            401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/placement return              401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/placement pause               401 403 403 403  403 303 303 303 403 403   403
POST /card-events/<int:event_id>/undo                   401 303 403 403  403 403 403 403 403 403   403
POST /cards/<int:card_id>/sent-date                     401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/evidence theirs               401 303 303 303  403 303 303 403 403 403   403
POST /cards/<int:card_id>/evidence joint                401 303 303 303  303 303 303 403 403 403   403
POST /evidence/<int:evidence_id>/review                 401 403 403 403  403 303 303 403 403 403   403
GET  /evidence-files/<int:file_id>                      303 200 200 200  403 200 200 200 403 403   403
GET  /evidence-files/<int:file_id> restricted           303 200 200 200  403 200 200 403 403 403   403
GET  /plans                                             303 403 403 403  403 200 200 200 403 403   403
GET  /plans/new                                         303 403 403 403  403 200 200 403 403 403   403
POST /plans/drafts                                      401 403 403 403  403 303 303 403 403 403   403
GET  /plans/drafts/<int:draft_id>                       303 403 403 403  403 200 200 200 403 403   403
POST /plans/drafts/<int:draft_id>/adoption again        401 403 403 403  403 422 422 403 403 403   403
POST /plans/drafts/<int:draft_id>/duties                401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/contents              401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/base compared with none 401 403 403 403 403 422 422 403 403 403   403
POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>  401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/parts 401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/merging 401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/inclusion 401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/names                 401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/leftovers             401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/head                  401 403 403 403  403 303 303 403 403 403   403
POST /plans/drafts/<int:draft_id>/undo                  401 403 403 403  403 303 403 403 403 403   403
GET  /plans/<int:plan_id>/results                       303 403 403 403  403 200 200 403 403 403   403
GET  /plans/<int:plan_id>/results-template              303 403 403 403  403 200 200 403 403 403   403
POST /plans/<int:plan_id>/results                       401 403 403 403  403 303 303 403 403 403   403
GET  /results-imports/<int:import_id>                   303 403 403 403  403 200 200 403 403 403   403
POST /results-imports/<int:import_id>/adoption          401 403 403 403  403 303 303 403 403 403   403
GET  /plans/drafts/<int:draft_id>/changes               303 403 403 403  403 204 200 200 403 403   403
GET  /export                                            303 200 200 200  200 200 200 200 200 200   403
POST /plans/<int:plan_id>/workbook all units            401 403 403 403  403 303 303 303 403 403   403
POST /plans/<int:plan_id>/workbook theirs               401 303 303 303  403 303 303 303 403 403   403
POST /plans/<int:plan_id>/workbook theirs, UBND signs   401 403 403 403  403 303 303 303 403 403   403
POST /plans/<int:plan_id>/workbook theirs, for the province 401 403 403 403 403 303 303 303 403 403 403
POST /plans/<int:plan_id>/workbook theirs, they sign    401 303 303 303  403 403 403 403 403 403   403
GET  /exports/<int:export_id> all units                 303 403 403 403  403 200 200 200 403 403   403
GET  /exports/<int:export_id> theirs                    303 200 200 200  403 200 200 200 403 403   403
GET  /exports/<int:export_id>/file all units            303 403 403 403  403 200 200 200 403 403   403
GET  /exports/<int:export_id>/file theirs               303 200 200 200  403 200 200 200 403 403   403
GET  /exports/<int:export_id>/pages/<int:page_id> theirs 303 404 404 404 403 404 404 404 403 403   403
POST /exports/<int:export_id>/preview theirs            401 303 303 303  403 303 303 303 403 403   403
GET  /export/profiles                                   303 403 403 403  403 200 200 403 403 403   200
POST /export/profiles                                   401 403 403 403  403 303 303 403 403 403   303
GET  /board/changes                                     303 200 200 200  200 200 200 200 200 200   200
GET  /board/columns/<status>                            303 200 200 200  200 200 200 200 200 200   200
GET  /cards/<int:card_id>/changes                       303 200 200 200  200 204 200 200 200 200   200
POST /cards/<int:card_id>/deadline                      401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/extensions                    401 303 303 303  403 403 403 403 403 403   403
POST /cards/<int:card_id>/granted-extensions            401 403 403 403  403 303 303 403 403 403   403
POST /extensions/<int:extension_id>/decision            401 403 403 403  403 303 303 403 403 403   403
POST /extensions/<int:extension_id>/withdrawal          401 303 303 403  403 403 403 403 403 403   403
POST /cards/<int:card_id>/kind                          401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/notes                         401 303 303 303  403 303 303 403 403 403   403
POST /notes/<int:note_id>/versions                      401 403 403 303  403 403 403 403 403 403   403
POST /notes/<int:note_id>/resolution                    401 303 303 303  403 303 303 403 403 403   403
POST /cards/<int:card_id>/corrections                   401 303 303 303  403 403 403 403 403 403   403
POST /corrections/<int:request_id>/answer               401 403 403 403  403 303 303 403 403 403   403
POST /cards/<int:card_id>/acknowledgement               401 303 303 303  403 403 403 403 403 403   403
POST /cards/<int:card_id>/holder                        401 303 303 403  403 403 403 403 403 403   403
GET  /people/<int:person_id>/hand-over                  303 200 200 403  403 403 403 403 403 403   200
POST /people/<int:person_id>/hand-over                  401 303 303 403  403 403 403 403 403 403   303
GET  /reminder-text                                     303 403 403 403  403 200 200 403 403 403   403
GET  /one-time-code                                     200 200 200 200  200 200 200 200 200 200   200
POST /one-time-code                                     422 422 422 422  422 422 422 422 422 422   422
GET  /account                                           303 200 200 200  200 200 200 200 200 200   200
POST /account/password                                  401 422 422 422  422 422 422 422 422 422   422
POST /account/sessions/<int:session_id>/closure         401 404 404 404  404 404 404 404 404 404   404
POST /account/other-sessions/closure                    401 303 303 303  303 303 303 303 303 303   303
GET  /people                                            303 200 200 403  200 200 403 403 200 200   200
GET  /people/new                                        303 200 200 403  200 200 403 403 200 200   200
POST /people staff                                      401 200 200 403  403 403 403 403 403 403   200
POST /people deputy                                     401 200 403 403  403 403 403 403 403 403   200
POST /people head                                       401 403 403 403  403 403 403 403 403 403   200
GET  /people/<int:person_id>                            303 200 200 403  403 403 403 403 403 403   200
POST /people/<int:person_id>/particulars                401 303 303 403  403 403 403 403 403 403   303
POST /people/<int:person_id>/roles                      401 303 403 403  403 403 403 403 403 403   303
POST /people/<int:person_id>/role-ends                  401 303 303 403  403 403 403 403 403 403   303
POST /people/<int:person_id>/state                      401 303 303 403  403 403 403 403 403 403   303
POST /people/<int:person_id>/lock-end                   401 303 303 403  403 403 403 403 403 403   303
POST /people/<int:person_id>/one-time-code              401 200 200 403  403 403 403 403 403 403   200
GET  /units                                             303 403 403 403  403 200 200 403 403 403   200
GET  /units/new                                         303 403 403 403  403 200 200 403 403 403   200
POST /units                                             401 403 403 403  403 303 303 403 403 403   303
GET  /units/<int:unit_id>                               303 403 403 403  403 200 200 403 403 403   200
POST /units/<int:unit_id>/names                         401 403 403 403  403 303 303 403 403 403   303
POST /units/<int:unit_id>/aliases                       401 403 403 403  403 303 303 403 403 403   303
POST /units/<int:unit_id>/rules                         401 403 403 403  403 303 303 403 403 403   303
POST /units/<int:unit_id>/reopening is open             401 403 403 403  403 422 422 403 403 403   422
POST /units/list                                        401 403 403 403  403 303 303 403 403 403   303
GET  /units/office                                      303 403 403 403  403 403 403 403 403 403   200
POST /units/office                                      401 403 403 403  403 403 403 403 403 403   303
POST /units/<int:unit_id>/closure still has duties      401 403 403 403  403 422 422 403 403 403   422
GET  /abbreviations                                     303 403 403 403  403 403 403 403 403 403   200
POST /abbreviations                                     401 403 403 403  403 403 403 403 403 403   303
GET  /settings                                          303 403 403 403  403 403 403 403 403 403   200
POST /settings                                          401 403 403 403  403 403 403 403 403 403   303
GET  /help                                              303 200 200 200  200 200 200 200 200 200   200
GET  /help/head                                         303 200 200 200  200 200 200 200 200 200   200
GET  /help/staff                                        303 200 200 200  200 200 200 200 200 200   200
GET  /help/office                                       303 200 200 200  200 200 200 200 200 200   200
GET  /help/leader                                       303 200 200 200  200 200 200 200 200 200   200
GET  /help/administrator                                303 200 200 200  200 200 200 200 200 200   200
POST /preferences                                       303 303 303 303  303 303 303 303 303 303   303
POST /preferences/plan                                  401 303 303 303  303 303 303 303 303 303   303
GET  /search                                            303 200 200 200  200 200 200 200 200 200   200
GET  /search/suggestions                                303 200 200 200  200 200 200 200 200 200   200
GET  /units/<int:unit_id>/duties                        303 200 200 200  200 200 200 200 200 200   200
GET  /units/<int:unit_id>/duties under UBND's head      303 403 403 403  403 200 200 200 403 403   403
GET  /inspections                                       303 200 200 200  200 200 200 200 200 200   403
GET  /inspections/new                                   303 403 403 403  403 200 200 403 403 403   403
POST /inspections                                       401 403 403 403  403 303 303 403 403 403   403
GET  /inspections/<int:round_id>                        303 404 404 404  200 200 200 200 404 404   404
POST /inspections/<int:round_id>                        401 404 404 404  403 303 303 403 404 404   404
POST /inspections/<int:round_id>/members                401 404 404 404  403 303 303 403 404 404   404
POST /inspections/<int:round_id>/state                  401 404 404 404  403 303 303 403 404 404   404
GET  /inspections/<int:round_id>/units                  303 404 404 404  403 200 200 403 404 404   404
POST /inspections/<int:round_id>/visits                 401 404 404 404  403 303 303 403 404 404   404
GET  /visits/<int:visit_id>                             303 404 404 404  200 200 200 200 200 404   404
POST /visits/<int:visit_id>/schedule                    401 404 404 404  403 303 303 403 403 404   404
POST /visits/<int:visit_id>/state                       401 404 404 404  303 303 303 403 403 404   404
POST /visits/<int:visit_id>/summary                     401 404 404 404  303 403 403 403 403 404   404
GET  /visits/device                                     303 200 200 200  200 200 200 200 200 200   200
GET  /visits/unsent                                     303 200 200 200  200 200 200 200 200 200   200
GET  /visits/worker                                     303 200 200 200  200 200 200 200 200 200   200
GET  /visits/<int:visit_id>/contents/<int:content_id>   303 404 404 404  200 200 200 200 404 404   404
POST /visits/<int:visit_id>/contents/<int:content_id>   401 404 404 404  303 403 403 403 404 404   404
POST /visits/<int:visit_id>/files                       401 404 404 404  303 403 403 403 403 404   404
GET  /visit-files/<int:file_id>                         303 404 404 404  200 200 200 200 404 404   404
POST /visit-files/<int:file_id>/withdrawal              401 404 404 404  303 403 403 403 404 404   404
GET  /visits/<int:visit_id>/report                      303 404 404 404  200 200 200 200 200 404   404
POST /visits/<int:visit_id>/report                      401 404 404 404  403 403 403 403 303 404   404
GET  /self-reports/<int:report_id>/file                 303 404 404 404  200 200 200 200 200 404   404
GET  /inspections/overview                              303 403 403 403  403 200 200 200 403 403   403
POST /visits/<int:visit_id>/recommendations             401 404 404 404  303 403 403 403 403 404   404
POST /recommendations/<int:asked_id>                    401 404 404 404  303 403 403 403 404 404   404
POST /visits/<int:visit_id>/conclusion                  401 404 404 404  403 303 303 303 403 404   404
POST /inspections/<int:round_id>/conclusion             401 404 404 404  403 303 303 303 404 404   404
POST /conclusions/<int:conclusion_id>/withdrawal        401 404 404 404  403 303 303 303 403 404   404
GET  /conclusions/<int:conclusion_id>/file              303 404 404 404  200 200 200 200 200 404   404
POST /recommendations/<int:asked_id>/recheck            401 404 404 404  303 303 303 403 403 404   404
GET  /checklists                                        303 403 403 403  403 200 200 403 403 403   403
GET  /checklists/<int:checklist_id>                     303 404 404 404  200 200 200 200 404 404   404
POST /checklists/<int:checklist_id>                     401 404 404 404  403 303 303 403 404 404   404
GET  /inspections/<int:round_id>/letter                 303 404 404 404  200 200 200 200 404 404   404
POST /inspections/<int:round_id>/documents              401 404 404 404  303 303 303 403 404 404   404
GET  /visits/<int:visit_id>/letter                      303 404 404 404  200 200 200 200 403 404   404
GET  /round-documents/<int:document_id>                 303 404 404 404  200 200 200 200 200 404   404
GET  /incidents                                         303 200 200 404  200 200 200 200 200 200   404
POST /incidents                                         401 303 303 404  404 303 303 403 404 404   404
GET  /incidents/workbook                                303 200 200 404  200 200 200 200 200 200   404
GET  /incidents/<int:line_id>                           303 200 200 404  404 200 200 200 404 404   404
POST /incidents/<int:line_id>/correction                401 303 303 404  404 303 303 403 404 404   404
POST /incidents/<int:line_id>/withdrawal                401 303 303 404  404 303 303 403 404 404   404
POST /incidents/keepers                                 401 303 303 404  404 403 403 403 404 404   404
POST /incidents/keepers/<int:keeper_id>/end             401 303 303 404  404 403 403 403 404 404   404
POST /incidents/authorities                             401 403 403 404  403 303 303 403 403 403   404
POST /incidents/authorities/<int:authority_id>/end      401 403 403 404  403 303 303 403 403 403   404
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    rule: str
    case: str
    expected: dict[str, int]

    @property
    def key(self) -> str:
        return f"{self.method} {self.rule} {self.case}".strip()


def read(table: str) -> list[Row]:
    header, *lines = table.strip().splitlines()
    who = header.split()[1:]
    rows = []
    for line in lines:
        method, rule, *words = line.split()
        case, statuses = words[: -len(who)], words[-len(who) :]
        rows.append(Row(method, rule, " ".join(case), dict(zip(who, map(int, statuses), strict=True))))
    return rows


ROWS = read(TABLE)


@pytest.fixture
def bench(sqlite_bench):
    """One database: rights do not depend on which."""
    return sqlite_bench


WRITTEN: dict[Any, Any] = {}


@pytest.fixture(autouse=True)
def one_workbook(monkeypatch):
    """A workbook is written once for each scope: here it is asked who may have it, not what is in it."""

    def written(order):
        scope = (order.unit_id, order.day, order.sample)
        if scope not in WRITTEN:
            WRITTEN[scope] = write(order)
        return WRITTEN[scope]

    monkeypatch.setattr("app.summaries.operations.write", written)


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch):
    """Argon2 replaced by a comparison: hundreds of people sign in here."""
    monkeypatch.setattr(
        passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD and stored != "-"
    )


class Case:
    """The small world prepared for one line of the table: what stands on the cards, and the request to make."""

    def __init__(self, data: Path) -> None:
        self.world, self.store = World(), FileStore(data / "files")

    @property
    def theirs(self) -> Any:
        return self.world.card("III.7.c")

    def prove(self, **said: Any) -> Any:
        return prove("mai", self.theirs, self.store, **said)

    def send(self) -> None:
        self.prove()
        move("lan", self.theirs, Deed.SEND)

    def place(self, deed: Deed) -> tuple[str, dict[str, Any]]:
        card = self.theirs
        said = {"reason": "Nêu lý do", "document_number": "12/UBND"}
        return f"/cards/{card.id}/placement", {"deed": deed.value, "version": card.version} | said

    def upload(self, card: Any) -> tuple[str, dict[str, Any]]:
        file = (io.BytesIO(PDF), "bao-cao.pdf")
        said = {"kind": "report", "summary": "Báo cáo", "number": "1/BC", "issued_on": TODAY.isoformat()}
        return f"/cards/{card.id}/evidence", said | {"files": file}


def sent_then(deed: Deed) -> Callable[[Case], Any]:
    def prepare(case: Case) -> Any:
        case.send()
        return case.place(deed)

    return prepare


def proved_then_sent(case: Case) -> Any:
    case.prove(number="")
    return case.place(Deed.SEND)


def undo(case: Case) -> Any:
    event = move("lan", case.theirs, Deed.START)
    return f"/card-events/{event.id}/undo", {}


def sent_date(case: Case) -> Any:
    case.send()
    form = {"version": case.theirs.version, "day": "2024-05-02", "reason": "Theo văn bản"}
    return f"/cards/{case.theirs.id}/sent-date", form


def review(case: Case) -> Any:
    evidence = case.prove()
    return f"/evidence/{evidence.id}/review", {"version": evidence.version, "review": "valid"}


def file_of(evidence: Any) -> Any:
    query = select(EvidenceFile.id).where(EvidenceFile.evidence_id == evidence.id)
    return f"/evidence-files/{db.session.scalars(query).one()}", None


def plan_file(_case: Case) -> Any:
    return "/plans/drafts", {"file": (io.BytesIO(PLAN.read_bytes()), "ke-hoach.txt")}


def of_draft(path: str, **said: Any) -> Callable[[Case], Any]:
    """A form about a draft that chi has begun to review, or (with `{duty}`) about one of its duties."""

    def prepare(case: Case) -> Any:
        text = PLAN.read_text(encoding="utf-8").replace("2024", "2025").replace("8. Đài", "8. Hội Cựu chiến binh, Đài")
        text += "\n\nPHỤ LỤC\nDanh sách kèm theo"
        draft = intake.read_in(person("chi"), "ke-hoach.txt", text.encode(), store=case.store, max_bytes=1_000_000)
        adding.add(person("chi"), draft, "II.4.a")
        duty = next(d for d in drafts.duties(draft.id) if d.clause == "III.10.a")
        form = {"version": duty.version, "step": drafts.last_step_id(draft.id), "kind": "within_year"} | said
        return f"/plans/drafts/{draft.id}/{path.format(duty=duty.id)}", form

    return prepare


def results_file(case: Case) -> bytes:
    """The template with one duty begun."""
    book = load_workbook(io.BytesIO(results.template(case.world.plan)))
    row = next(r for r in range(4, book.active.max_row + 1) if book.active.cell(r, 1).value == case.theirs.id)
    book.active.cell(row, 6).value = "Đang thực hiện"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def results_posted(case: Case) -> Any:
    file = (io.BytesIO(results_file(case)), "ket-qua.xlsx")
    return f"/plans/{case.world.plan.id}/results", {"file": file, "document_number": "9/LĐTBXH"}


def results_kept(path: str = "") -> Callable[[Case], Any]:
    """A file of results that chi has read in."""

    def prepare(case: Case) -> Any:
        kept = results.keep(person("chi"), case.world.plan, "a.xlsx", results_file(case), "9/LĐTBXH", None)
        return f"/results-imports/{kept.id}{path}", {} if path else None

    return prepare


def first_admin(_case: Case) -> Any:
    return "/first-administrator", {"code": "0" * 16, "username": "x", "name": "X", "password": "y" * 20}


def sign_in(password: str) -> Callable[[Case], Any]:
    return lambda _case: ("/login", {"username": "duc", "password": password})


def dated(case: Case) -> Any:
    """Theirs, with a date that the office asked."""
    card = case.theirs
    said = MoveInput("Theo công văn đôn đốc", TODAY + timedelta(days=5), document_number="12/LĐTBXH", document_on=TODAY)
    deadlines.set_deadline(person("chi"), card, DueLevel.OFFICE, said, seen_version=card.version)
    return case.theirs


def due(path: str, **said: str) -> Callable[[Case], Any]:
    """A form about the date of theirs."""

    def prepare(case: Case) -> Any:
        card = dated(case) if path != "deadline" else case.theirs
        form = {"version": card.version, "day": "2024-06-10", "reason": "Lý do", "document_number": "12/UBND"}
        return f"/cards/{card.id}/{path}", form | {"document_on": "2024-05-09"} | said

    return prepare


def extension(path: str, **said: str) -> Callable[[Case], Any]:
    """A form about an extension that lan has asked."""

    def prepare(case: Case) -> Any:
        card = dated(case)
        asked = MoveInput("Chờ số liệu", TODAY + timedelta(days=20))
        event = deadlines.ask_extension(person("lan"), card, asked, seen_version=card.version)
        event_id, version = event.id, case.theirs.version
        form = {"version": version, "day": "2024-05-30", "reason": "Lý do", "document_number": "12/UBND"}
        return f"/extensions/{event_id}/{path}", form | {"document_on": "2024-05-09"} | said

    return prepare


def note(path: str, **said: str) -> Callable[[Case], Any]:
    """A form about a difficulty that mai has written."""

    def prepare(case: Case) -> Any:
        written = operations.add_note(
            person("mai"), case.theirs, operations.NoteInput(NoteKind.DIFFICULTY, "Thiếu số liệu")
        )
        return f"/notes/{written.id}/{path}", said

    return prepare


def new_note(case: Case) -> Any:
    return f"/cards/{case.theirs.id}/notes", {"kind": "progress", "note": "Đã rà soát", "document_number": "12/GDĐT"}


def entered(case: Case) -> int:
    """What the office has entered for them: the id of its event."""
    return move("chi", case.theirs, Deed.START, MoveInput(document_number="45/GDĐT", document_on=TODAY)).id


def correction(case: Case) -> Any:
    form = {"target": "event", "target_id": entered(case), "reason": "Chưa bắt đầu"}
    return f"/cards/{case.theirs.id}/corrections", form


def answer(case: Case) -> Any:
    event_id = entered(case)
    corrections.ask_correction(person("lan"), case.theirs, Target.EVENT, event_id, "Chưa bắt đầu")
    asked = db.session.scalars(select(CorrectionRequest)).one()
    return f"/corrections/{asked.id}/answer", {"version": asked.version, "answer": "corrected", "reason": "Đã sửa"}


def acknowledged(case: Case) -> Any:
    entered(case)
    return f"/cards/{case.theirs.id}/acknowledgement", {}


def held(case: Case) -> int:
    """mai follows theirs; her id."""
    card, mai = case.theirs, person("mai").id
    assignees.set_holder(person("lan"), card, mai, seen_version=card.version)
    return mai


def handed_over(case: Case) -> Any:
    mai = held(case)
    return f"/people/{mai}/hand-over", {"unit": case.theirs.unit_id, "successor": person("duc").id}


def holder(case: Case) -> Any:
    return f"/cards/{case.theirs.id}/holder", {"version": case.theirs.version, "holder": person("mai").id}


INCIDENT = {
    "period_from": "01/01/2024",
    "period_to": "30/04/2024",
    "cases": "3",
    "document_number": "45/BC-GDĐT",
    "document_on": "06/05/2024",
    "authority": "1",
}


def incident(path: str) -> Callable[[Case], Any]:
    """A line that the office has written for Phòng GD&ĐT, and a form about it."""

    def prepare(case: Case) -> Any:
        line = incidents.add_line(person("chi"), case.theirs.unit_id, incident_forms.read(INCIDENT))
        return f"/incidents/{line.id}{path}", INCIDENT | {"version": line.version, "cases": "2"} if path else None

    return prepare


def keeper(case: Case) -> Any:
    """mai keeps the register of her unit, until this."""
    incidents.name_keeper(person("lan"), case.theirs.unit_id, person("mai").id)
    return f"/incidents/keepers/{db.session.scalars(select(IncidentKeeper.id)).one()}/end", {}


def newcomer(role: str) -> Callable[[Case], Any]:
    """Somebody new in Phòng GD&ĐT."""
    said = {"username": "moi", "name": "Người Mới", "role": role}
    return lambda case: ("/people", said | {"unit": case.world.unit("Phòng GD&ĐT").id})


def mais(path: str, **said: Any) -> Callable[[Case], Any]:
    """A form about mai's account."""

    def prepare(case: Case) -> Any:
        mai = directory.person(person("mai").id)
        unit = case.world.unit("Phòng GD&ĐT").id
        return f"/people/{mai.id}/{path}", {"version": mai.version, "unit": unit, "grant": mai.grants[0].id} | said

    return prepare


def theirs(path: str = "", **said: Any) -> Callable[[Case], Any]:
    """A form about Phòng GD&ĐT, or its page."""

    def prepare(case: Case) -> Any:
        unit = case.world.unit("Phòng GD&ĐT")
        decided = {"first": "09/05/2024", "decision": "12/QĐ-UBND"}
        return f"/units/{unit.id}{path}", {"version": unit.version, **decided, **said} if path else None

    return prepare


PROFILE = {"form": "city", "version": "0", "issuing_body": "UBND THÀNH PHỐ", "issuer": "UBND thành phố"}


def signed_by(form: str) -> Callable[[Case], Any]:
    """A workbook of theirs in one of the forms."""
    return lambda case: ("/plans/1/workbook", {"unit": case.theirs.unit_id, "form": form})


def exported(path: str, *, theirs: bool) -> Callable[[Case], Any]:
    """A workbook that chi has made, of all units or of theirs."""

    def prepare(case: Case) -> Any:
        asked = ExportOrder(case.theirs.unit_id if theirs else None)
        made = export_workbook(person("chi"), case.world.plan, asked, Settings(), store=case.store)
        return f"/exports/{made.id}{path}", None

    return prepare


def drawn(case: Case) -> Any:
    return exported("/preview", theirs=True)(case)[0], {}


def inspected(path: str = "", **said: Any) -> Callable[[Case], Any]:
    """A form or a page of a round that binh leads, with P. Ea Tam in it."""

    def prepare(_case: Case) -> Any:
        visit = stage.a_visit("binh")
        around, unit = visit.round, World().unit("P. Tân Lợi")
        form = {"version": around.version, "units": unit.id, "checklist": around.checklist_version_id} | said
        return f"/inspections/{around.id}{path}", form if said else None

    return prepare


def visited(path: str = "", *, closed: bool = False, **said: Any) -> Callable[[Case], Any]:
    """A form or a page of that round's visit; `{content}` is its first content."""

    def prepare(_case: Case) -> Any:
        visit = stage.a_visit("binh")
        if closed:
            stage.record_all(visit)
            closing.finish_visit(person("binh"), visit, seen_version=visit.version)
        found = stage.seen(visit.id)
        address = f"/visits/{visit.id}{path}".format(content=stage.contents(visit)[0])
        return address, {"version": found.version} | said if said else None

    return prepare


def asked_for(prepare: Callable[[Case], Any], query: str) -> Callable[[Case], Any]:
    """The same page with a query."""
    return lambda case: (prepare(case)[0] + query, None)


def paper(case: Case) -> Any:
    """A notice of that round, issued."""
    around = stage.a_visit("binh").round
    said = papers.SignedPaper("16/TB-UBND", TODAY, "Chủ tịch", Incoming("a.pdf", io.BytesIO(PDF)))
    papers.issue(person("chi"), around, None, DocumentKind.NOTICE, said, store=case.store, limit_bytes=1_000_000)
    return f"/round-documents/{papers.documents(person('chi'), around)[0].id}", None


def visit_file(path: str = "") -> Callable[[Case], Any]:
    def prepare(case: Case) -> Any:
        sent = Sent(Incoming("a.pdf", io.BytesIO(PDF)), FileRole.DOCUMENT)
        file = add_file(person("binh"), stage.a_visit("binh"), sent, store=case.store, limit_bytes=1_000_000)
        return f"/visit-files/{file.id}{path}", {} if path else None

    return prepare


def reported(path: str) -> Callable[[Case], Any]:
    """The self-report of P. Ea Tam, sent."""

    def prepare(case: Case) -> Any:
        report = stage.a_report(stage.a_visit("binh"), case.store)
        return path.format(visit=report.visit_id, report=report.id), None

    return prepare


ASKED = {"shortcoming": "Chưa kiện toàn Ban", "demand": "Kiện toàn Ban", "unit_id": "1", "due_on": "31/05/2024"}
SIGNED = {"number": "5/TB-UBND", "issued_on": "10/05/2024", "signer": "Nguyễn Văn A"}


def asked(path: str, *, concluded: bool = False, **said: Any) -> Callable[[Case], Any]:
    """A form or a page about what a recorded visit asks: `{visit}`, `{round}`, `{asked}`, `{conclusion}`."""

    def prepare(_case: Case) -> Any:
        visit = asking.a_recorded_visit("binh")
        made = asking.ask(visit)
        names = {"visit": visit.id, "round": visit.round_id, "asked": made.id, "conclusion": 0}
        form: dict[str, Any] = {"version": "1"} | said
        if concluded:
            names["conclusion"] = asking.issue(visit).conclusion.id
            form["version"] = "2" if "recheck" in path else "1"
        if "conclusion" in path and not concluded:
            form["files"] = (io.BytesIO(PDF), "ket-luan.pdf")
        return path.format(**names), form if said else None

    return prepare


def checklist(**said: Any) -> Callable[[Case], Any]:
    def prepare(_case: Case) -> Any:
        stage.a_round("binh")
        return "/checklists/1", {"version": 1} | said if said else None

    return prepare


ROUND = {"name": "Đợt II", "form": "planned", "period_from": "01/01/2024", "period_to": "30/06/2024"}
PREPARED: dict[str, Callable[[Case], Any]] = {
    "POST /login wrong password": sign_in("sai"),
    "POST /login": sign_in(PASSWORD),
    "POST /first-administrator": first_admin,
    "GET /cards/<int:card_id>": lambda case: (f"/cards/{case.theirs.id}", None),
    "POST /cards/<int:card_id>/placement start": lambda case: case.place(Deed.START),
    "POST /cards/<int:card_id>/placement send": proved_then_sent,
    "POST /cards/<int:card_id>/placement withdraw": sent_then(Deed.WITHDRAW),
    "POST /cards/<int:card_id>/placement confirm": sent_then(Deed.CONFIRM),
    "POST /cards/<int:card_id>/placement ask more": sent_then(Deed.ASK_MORE),
    "POST /cards/<int:card_id>/placement return": sent_then(Deed.RETURN),
    "POST /cards/<int:card_id>/placement pause": lambda case: case.place(Deed.PAUSE),
    "POST /card-events/<int:event_id>/undo": undo,
    "POST /cards/<int:card_id>/sent-date": sent_date,
    "POST /cards/<int:card_id>/evidence theirs": lambda case: case.upload(case.theirs),
    "POST /cards/<int:card_id>/evidence joint": lambda case: case.upload(case.world.card("III.7.b")),
    "POST /evidence/<int:evidence_id>/review": review,
    "GET /evidence-files/<int:file_id>": lambda case: file_of(case.prove()),
    "GET /evidence-files/<int:file_id> restricted": lambda case: file_of(case.prove(restricted=True)),
    "GET /board/columns/<status>": lambda _case: ("/board/columns/todo", None),
    "GET /cards/<int:card_id>/changes": lambda case: (f"/cards/{case.theirs.id}/changes", None),
    "POST /cards/<int:card_id>/deadline": due("deadline", level="office"),
    "POST /cards/<int:card_id>/extensions": due("extensions"),
    "POST /cards/<int:card_id>/granted-extensions": due("granted-extensions"),
    "POST /extensions/<int:extension_id>/decision": extension("decision", outcome="granted"),
    "POST /extensions/<int:extension_id>/withdrawal": extension("withdrawal"),
    "POST /cards/<int:card_id>/kind": due("kind", kind="standing"),
    "POST /cards/<int:card_id>/notes": new_note,
    "POST /notes/<int:note_id>/versions": note("versions", note="Thiếu số liệu quý I"),
    "POST /notes/<int:note_id>/resolution": note("resolution"),
    "POST /cards/<int:card_id>/corrections": correction,
    "POST /corrections/<int:request_id>/answer": answer,
    "POST /cards/<int:card_id>/acknowledgement": acknowledged,
    "POST /cards/<int:card_id>/holder": holder,
    "GET /people/<int:person_id>/hand-over": lambda case: (f"/people/{held(case)}/hand-over", None),
    "POST /people/<int:person_id>/hand-over": handed_over,
    "POST /people staff": newcomer("staff"),
    "POST /people deputy": newcomer("deputy"),
    "POST /people head": newcomer("head"),
    "GET /people/<int:person_id>": lambda _case: (f"/people/{person('mai').id}", None),
    "POST /people/<int:person_id>/particulars": mais("particulars", name="Trần Thị Mai"),
    "POST /people/<int:person_id>/roles": mais("roles", role="deputy"),
    "POST /people/<int:person_id>/role-ends": mais("role-ends", last="2024-06-30"),
    "POST /people/<int:person_id>/state": mais("state", state="off"),
    "POST /people/<int:person_id>/lock-end": mais("lock-end"),
    "POST /people/<int:person_id>/one-time-code": mais("one-time-code"),
    "POST /units": lambda _case: ("/units", {"name": "Trung tâm Thử nghiệm", "kind": "service"}),
    "GET /units/<int:unit_id>": theirs(),
    "POST /units/<int:unit_id>/names": theirs("/names", name="Phòng Giáo dục"),
    "POST /units/<int:unit_id>/aliases": theirs("/aliases", alias="PGD"),
    "POST /units/<int:unit_id>/rules": theirs("/rules", staff_may_send="1"),
    "POST /units/<int:unit_id>/reopening is open": theirs("/reopening"),
    "GET /abbreviations": lambda _case: ("/abbreviations", None),
    "POST /abbreviations": lambda _case: ("/abbreviations", {"list": "BĐG = bình đẳng giới", "version": 0}),
    "POST /units/list": lambda _case: ("/units/list", {"names": "Trạm Thử nghiệm", "kind": "service"}),
    "GET /units/office": lambda _case: ("/units/office", None),
    "POST /units/office": lambda case: ("/units/office", {"unit": case.theirs.unit_id}),
    "POST /units/<int:unit_id>/closure still has duties": theirs("/closure"),
    "POST /settings": lambda _case: ("/settings", {"version": 0, "soon_days": "9"}),
    "POST /preferences/plan": lambda _case: ("/preferences/plan", {"plan": "1"}),
    "GET /search": lambda _case: ("/search?q=bao+cao", None),
    "GET /search/suggestions": lambda _case: ("/search/suggestions?q=bao+cao", None),
    "GET /units/<int:unit_id>/duties": lambda case: (f"/units/{case.theirs.unit_id}/duties", None),
    "GET /units/<int:unit_id>/duties under UBND's head": lambda case: (
        f"/units/{case.theirs.unit_id}/duties?alone=1",
        None,
    ),
    "POST /plans/drafts": plan_file,
    "GET /plans/drafts/<int:draft_id>": lambda _case: ("/plans/drafts/1", None),
    "POST /plans/drafts/<int:draft_id>/adoption again": lambda _case: ("/plans/drafts/1/adoption", {}),
    "POST /plans/<int:plan_id>/workbook all units": lambda _case: ("/plans/1/workbook", {}),
    "POST /plans/<int:plan_id>/workbook theirs": lambda case: ("/plans/1/workbook", {"unit": case.theirs.unit_id}),
    "POST /plans/<int:plan_id>/workbook theirs, UBND signs": signed_by("city"),
    "POST /plans/<int:plan_id>/workbook theirs, for the province": signed_by("province"),
    "POST /plans/<int:plan_id>/workbook theirs, they sign": signed_by("unit"),
    "GET /exports/<int:export_id> all units": exported("", theirs=False),
    "GET /exports/<int:export_id> theirs": exported("", theirs=True),
    "GET /exports/<int:export_id>/file all units": exported("/file", theirs=False),
    "GET /exports/<int:export_id>/file theirs": exported("/file", theirs=True),
    "GET /exports/<int:export_id>/pages/<int:page_id> theirs": exported("/pages/1", theirs=True),
    "POST /exports/<int:export_id>/preview theirs": drawn,
    "POST /export/profiles": lambda _case: ("/export/profiles", PROFILE),
    "POST /plans/drafts/<int:draft_id>/duties": of_draft("duties", clause="II.4.a"),
    "POST /plans/drafts/<int:draft_id>/contents": of_draft("contents", contents="II.4.a", give="wards"),
    "POST /plans/drafts/<int:draft_id>/base compared with none": of_draft("base"),
    "POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>": of_draft("duties/{duty}"),
    "POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/parts": of_draft("duties/{duty}/parts", suggested="1"),
    "POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/merging": of_draft("duties/{duty}/merging"),
    "POST /plans/drafts/<int:draft_id>/duties/<int:duty_id>/inclusion": of_draft("duties/{duty}/inclusion"),
    "POST /plans/drafts/<int:draft_id>/names": of_draft("names", all="1"),
    "POST /plans/drafts/<int:draft_id>/leftovers": of_draft("leftovers"),
    "POST /plans/drafts/<int:draft_id>/head": of_draft("head", title="Kế hoạch", year="2025"),
    "POST /plans/drafts/<int:draft_id>/undo": of_draft("undo"),
    "GET /plans/<int:plan_id>/results": lambda _case: ("/plans/1/results", None),
    "GET /plans/<int:plan_id>/results-template": lambda _case: ("/plans/1/results-template", None),
    "POST /plans/<int:plan_id>/results": results_posted,
    "GET /results-imports/<int:import_id>": results_kept(),
    "POST /results-imports/<int:import_id>/adoption": results_kept("/adoption"),
    "POST /inspections": lambda _case: ("/inspections", ROUND | {"checklist": 1, "report_due_days": 5}),
    "GET /inspections/<int:round_id>": inspected(),
    "POST /inspections/<int:round_id>": inspected(report_due_days=5, **ROUND),
    "POST /inspections/<int:round_id>/members": inspected("/members", name="Người Mới", duty="member"),
    "POST /inspections/<int:round_id>/state": inspected("/state", to="archived"),
    "GET /inspections/<int:round_id>/units": inspected("/units"),
    "POST /inspections/<int:round_id>/visits": inspected("/visits", show="all"),
    "GET /visits/<int:visit_id>": visited(),
    "POST /visits/<int:visit_id>/schedule": visited("/schedule", visit_on="20/05/2024"),
    "POST /visits/<int:visit_id>/state": visited("/state", closed=True, deed="reopen", reason="Bổ sung số liệu"),
    "POST /visits/<int:visit_id>/summary": visited("/summary", strengths="Có kế hoạch"),
    "GET /visits/<int:visit_id>/contents/<int:content_id>": visited("/contents/{content}"),
    "POST /visits/<int:visit_id>/contents/<int:content_id>": visited(
        "/contents/{content}", version=0, client_key="a", remark="Có kế hoạch"
    ),
    "POST /visits/<int:visit_id>/recommendations": asked("/visits/{visit}/recommendations", **ASKED),
    "POST /recommendations/<int:asked_id>": asked("/recommendations/{asked}", **ASKED),
    "POST /visits/<int:visit_id>/conclusion": asked("/visits/{visit}/conclusion", **SIGNED),
    "POST /inspections/<int:round_id>/conclusion": asked("/inspections/{round}/conclusion", **SIGNED),
    "POST /conclusions/<int:conclusion_id>/withdrawal": asked(
        "/conclusions/{conclusion}/withdrawal", concluded=True, **SIGNED
    ),
    "GET /conclusions/<int:conclusion_id>/file": asked("/conclusions/{conclusion}/file", concluded=True),
    "POST /recommendations/<int:asked_id>/recheck": asked(
        "/recommendations/{asked}/recheck", concluded=True, day="10/05/2024", result="remedied"
    ),
    "POST /visits/<int:visit_id>/files": visited(
        "/files", role="document", files=(io.BytesIO(PDF), "a.pdf"), client_key="b"
    ),
    "GET /visit-files/<int:file_id>": visit_file(),
    "POST /visit-files/<int:file_id>/withdrawal": visit_file("/withdrawal"),
    "GET /visits/<int:visit_id>/report": reported("/visits/{visit}/report"),
    "POST /visits/<int:visit_id>/report": visited("/report", version=0, deed="save"),
    "GET /self-reports/<int:report_id>/file": reported("/self-reports/{report}/file"),
    "GET /checklists/<int:checklist_id>": checklist(),
    "POST /checklists/<int:checklist_id>": checklist(**{"name": "Nội dung", "title-0": "Tổ chức"}),
    "GET /inspections/<int:round_id>/letter": asked_for(inspected("/letter"), "?kind=plan"),
    "POST /inspections/<int:round_id>/documents": inspected("/documents", deed="submit", kind="plan"),
    "GET /visits/<int:visit_id>/letter": asked_for(visited("/letter"), "?kind=minutes"),
    "GET /round-documents/<int:document_id>": paper,
    "POST /incidents": lambda case: ("/incidents", INCIDENT | {"unit": case.theirs.unit_id}),
    "GET /incidents/<int:line_id>": incident(""),
    "POST /incidents/<int:line_id>/correction": incident("/correction"),
    "POST /incidents/<int:line_id>/withdrawal": incident("/withdrawal"),
    "POST /incidents/keepers": lambda case: (
        "/incidents/keepers",
        {"unit": case.theirs.unit_id, "person": person("mai").id},
    ),
    "POST /incidents/keepers/<int:keeper_id>/end": keeper,
    "POST /incidents/authorities": lambda _case: ("/incidents/authorities", {"name": "Công an tỉnh"}),
    "POST /incidents/authorities/<int:authority_id>/end": lambda _case: ("/incidents/authorities/1/end", {}),
    "GET /plans/drafts/<int:draft_id>/changes": lambda _case: ("/plans/drafts/1/changes?since=0", None),
}


def test_the_table_names_every_route_and_nothing_else(sqlite_bench):
    rules = sqlite_bench.app.url_map.iter_rules()
    routes = {f"{method} {rule.rule}" for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert {f"{row.method} {row.rule}" for row in ROWS} == routes
    assert set(PREPARED) <= {row.key for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_role_is_answered_as_the_table_says(app, bench, row):
    answered, unlike, is_fresh = {}, [], False
    apart = LOG if row.rule == "/login" else frozenset()  # the last wrong try begins a wait, which the log tells
    for who, expected in row.expected.items():
        if not is_fresh:  # somebody was let in, so the world is not as it was
            bench.reset()
            url, form = PREPARED.get(row.key, lambda _case: (row.rule, {}))(Case(bench.data))
        visitor, before = Visitor(app, who), everything(without=apart)  # the sign-in itself stands in the log
        answer = visitor.ask(row.method, url, copied(form))
        answered[who], is_fresh = answer.status_code, answer.status_code >= 400 or row.method != "POST"
        if answer.status_code >= 400 and everything(without=apart) != before:
            unlike.append(f"{who} was refused and something was changed")
        if who == "stranger" and expected == 303 and row.rule not in ("/login", "/preferences"):
            assert answer.location.startswith("/login")
    assert answered == row.expected
    assert not unlike


def copied(form):
    """The form with files that were not read yet."""
    return form and {
        key: (io.BytesIO(value[0].getvalue()), value[1]) if isinstance(value, tuple) else value
        for key, value in form.items()
    }


def locked(app: Any) -> list[tuple[str, str]]:
    """Every route behind the front door, with an address that fits its rule."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in PUBLIC_ENDPOINTS:
            address = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
            found += [(method, address) for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(found)


def test_a_stranger_finds_every_door_locked(app):
    stranger, before = Visitor(app, "stranger"), everything()
    for method, url in locked(app):
        visit = stranger.ask(method, url)
        fragment = stranger.ask(method, url, **{"HX-Request": "true", "HX-Request-Type": "partial"})
        assert fragment.status_code == 401, (method, url)
        assert fragment.headers["HX-Retarget"] == "#notices", (method, url)
        assert "Phiên làm việc đã kết thúc" in fragment.text, (method, url)
        assert "/login?next=" in fragment.text, (method, url)
        assert visit.status_code == (303 if method == "GET" else 401), (method, url)
        if method == "GET":
            assert visit.location == ("/login" if url == "/" else f"/login?next={url}")
    assert stranger.ask("GET", "/khong-co").status_code == 303, "what exists is not told"
    assert everything() == before


def test_a_stranger_with_a_made_up_session_is_one(app):
    stranger = Visitor(app, "stranger")
    for made_up in ("1", "x" * 43, "", "1' OR 1=1 --"):
        with stranger.client.session_transaction() as session:
            session["_user_id"] = made_up
        assert stranger.ask("GET", "/board").status_code == 303


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 2**63 + 1, 10**40])
def test_numbers_no_row_has_are_not_found(app, number):
    chi = Visitor(app, "chi")
    for method, url in locked(app):
        if "/1" in url:
            address = url.replace("/1", f"/{number}")
            answer = chi.ask(method, address, {"version": 1, "to": "doing"})
            assert answer.status_code in (404, 405), (method, address)  # 405: where the address has two methods


@pytest.mark.parametrize("number", ["-1", "1.5", "x", "1e3", "٣", "%00"])
def test_what_is_no_number_is_not_found(app, number):
    assert Visitor(app, "chi").ask("GET", f"/cards/{number}").status_code == 404


@pytest.mark.parametrize("url", ["/board?plan={}", "/list?plan={}", "/export?plan={}"])
@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_numbers_in_the_query_that_no_row_has_are_not_found(app, url, number):
    assert Visitor(app, "chi").ask("GET", url.format(number)).status_code == 404


@pytest.mark.parametrize(
    "query", ["unit=9223372036854775808", "unit=x", "status=x", "timeliness=%00", "plan=x", "%ff=%ff"]
)
def test_filters_that_mean_nothing_are_passed_over(app, query):
    assert Visitor(app, "chi").ask("GET", f"/list?{query}").status_code == 200


@pytest.mark.parametrize(
    "form", [{"version": "9223372036854775808"}, {"version": "x"}, {"to": "xong"}, {"deed": "x"}, {}]
)
def test_a_move_that_says_nothing_sensible_is_refused_and_changes_nothing(app, world, form):
    lan, card_id, before = Visitor(app, "lan"), world.card("III.7.c").id, everything()
    answer = lan.ask("POST", f"/cards/{card_id}/placement", form)
    assert answer.status_code in (400, 409)
    assert everything() == before
    assert db.session.scalar(select(CardEvent.id).limit(1)) is None
    assert clock.today() == TODAY
