"""The unit's own report: pre-filled, written, sent once, in time or not, read by the team."""

from datetime import timedelta

import pytest

from app.cards.moves import Deed
from app.cards.notes.models import NoteKind
from app.cards.notes.operations import NoteInput, add_note
from app.core.errors import Forbidden, Refused, Stale
from app.files.store import FileStore
from app.inspections import queries
from app.inspections.visits.models import ReportStatus
from app.inspections.visits.operations import self_reports
from app.inspections.visits.operations.self_reports import SignedReport
from tests.inspections.stage import a_report, a_visit, contents, seen
from tests.world import TODAY, World, move, person, prove


@pytest.fixture
def bench(sqlite_bench):
    """One database: these rules do not depend on which."""
    return sqlite_bench


def test_it_is_filled_in_from_the_duties_evidence_and_difficulties_of_the_unit(app, bench):
    card = World().card("III.10.a", "P. Ea Tam")
    prove("nam", card, FileStore(bench.data / "files"), number="38/KH-UBND")
    move("yen", World().card("III.10.a", "P. Ea Tam"), Deed.START)
    add_note(person("nam"), World().card("III.10.a", "P. Ea Tam"), NoteInput(NoteKind.DIFFICULTY, "Thiếu kinh phí"))
    found = self_reports.suggested(seen(a_visit("binh").id))
    texts = list(found.values())
    assert len(texts) == 2
    assert "38/KH-UBND" in texts[0]
    assert "III.10.a" in texts[0]
    assert "Đang thực hiện" in texts[0]
    assert texts[1] == "- Thiếu kinh phí"


def test_it_is_due_so_many_days_before_the_visit_and_sent_once_with_its_document(app, bench, chi):
    visit, store = a_visit("binh", report_due_days=5), FileStore(bench.data / "files")
    assert self_reports.due_on(visit) == TODAY - timedelta(days=5)
    for letter, field in (
        (SignedReport(), "number"),
        (SignedReport("1/BC"), "issued_on"),
        (SignedReport("1/BC", TODAY, TODAY + timedelta(days=1)), "sent_on"),
        (SignedReport("1/BC", TODAY, TODAY - timedelta(days=1)), "sent_on"),
        (SignedReport("1/BC", TODAY, TODAY), "files"),
    ):
        with pytest.raises(Refused) as refused:
            self_reports.send_report(person("yen"), visit, {}, letter, seen_version=0, store=store, limit_bytes=1000)
        assert refused.value.field == field
    report = a_report(visit, store)
    assert report.status is ReportStatus.SENT
    with pytest.raises(Refused, match="đã gửi"):
        self_reports.write_report(person("nam"), visit, {}, seen_version=report.version)


def test_only_the_inspected_unit_writes_it_and_not_over_a_newer_draft(app):
    visit = a_visit("binh")
    for who in ("binh", "chi", "lan"):
        with pytest.raises(Forbidden):
            self_reports.write_report(person(who), visit, {}, seen_version=0)
    answers = {contents(visit)[0]: ("Một", {})}
    self_reports.write_report(person("nam"), visit, answers, seen_version=0)
    with pytest.raises(Stale):
        self_reports.write_report(person("yen"), visit, answers, seen_version=0)
    assert queries.self_report(visit.id).answers[str(contents(visit)[0])]["text"] == "Một"


def test_the_team_sees_it_beside_its_own_remarks_once_it_was_sent(app, bench, visit):
    held = a_visit("binh")
    held_id, first = held.id, contents(held)[0]
    url = f"/visits/{held_id}/contents/{first}"
    assert "Đã ban hành kế hoạch số 38" not in visit("binh").get(url).text
    a_report(held, FileStore(bench.data / "files"))
    assert "Đã ban hành kế hoạch số 38" in visit("binh").get(url).text
