"""Of no deed of an inspection that was refused, or could not begin, does a file stay in the store."""

import io
from contextlib import contextmanager

import pytest

from app.core.errors import Busy, Forbidden
from app.files.store import Incoming
from app.inspections.papers import operations as papers
from app.inspections.papers.operations import SignedPaper
from app.inspections.recommendations.models import DocumentKind
from app.inspections.recommendations.operations import conclusions
from app.inspections.recommendations.operations.conclusions import ConclusionInput
from app.inspections.visits.models import FileRole
from app.inspections.visits.operations import files, self_reports
from app.inspections.visits.operations.files import Sent
from app.inspections.visits.operations.self_reports import SignedReport
from tests.inspections.asking import a_recorded_visit
from tests.inspections.stage import a_visit, contents
from tests.world import PDF, TODAY, person

LIMIT = 1_000_000
STRANGER = "hoa"


def file():
    return Incoming("a.pdf", io.BytesIO(PDF))


def note_paper(who, visit, store):
    said = SignedPaper("15/KH-UBND", TODAY, "Trần Minh Khôi", file())
    papers.issue(person(who), visit.round, None, DocumentKind.PLAN, said, store=store, limit_bytes=LIMIT)


def conclude(who, visit, store):
    said = ConclusionInput(number="05/TB-UBND", issued_on=TODAY, signer="Nguyễn Văn A", issuer="UBND Thành phố")
    conclusions.issue(person(who), visit.round, visit.id, said, file(), store=store, limit_bytes=LIMIT)


def add_file(who, visit, store):
    files.add_file(person(who), visit, Sent(file(), FileRole.DOCUMENT), store=store, limit_bytes=LIMIT)


def send_report(who, visit, store):
    letter = SignedReport("12/BC-UBND", TODAY, TODAY, "Phó Chủ tịch", file())
    answers = {contents(visit)[0]: ("Đã ban hành kế hoạch.", {})}
    self_reports.send_report(person(who), visit, answers, letter, seen_version=0, store=store, limit_bytes=LIMIT)


DEEDS = [
    pytest.param(note_paper, "chi", papers, id="a paper"),
    pytest.param(conclude, "chi", conclusions, id="a conclusion"),
    pytest.param(add_file, "binh", files, id="a file of a visit"),
    pytest.param(send_report, "yen", self_reports, id="a report"),
]


@pytest.fixture
def inspected(app):
    """The visit for a deed: recorded where it is concluded, else under way."""
    return lambda deed: a_recorded_visit("binh", "lan") if deed is conclude else a_visit("binh", "lan")


@pytest.mark.parametrize("error", [Busy("đang bận"), Forbidden("không còn quyền")], ids=["busy", "right lost"])
@pytest.mark.parametrize(("deed", "who", "module"), DEEDS)
def test_nothing_stays_of_what_could_not_be_written(deed, who, module, error, inspected, store, monkeypatch):
    visit, before, laid = inspected(deed), store.keys(), []

    @contextmanager
    def refuse(*_args, **_more):
        laid.extend(set(store.keys()) - set(before))
        raise error
        yield

    monkeypatch.setattr(module, "change", refuse)
    with pytest.raises(type(error)):
        deed(who, visit, store)
    assert (len(laid), store.keys()) == (1, before)


@pytest.mark.parametrize("deed", [note_paper, conclude, add_file, send_report])
def test_of_who_has_no_right_nothing_is_laid_into_the_store(deed, inspected, store):
    visit, before = inspected(deed), store.keys()
    with pytest.raises(Forbidden):
        deed(STRANGER, visit, store)
    assert store.keys() == before


@pytest.mark.parametrize(("deed", "who"), [(deed.values[0], deed.values[1]) for deed in DEEDS])
def test_what_is_written_stays(deed, who, inspected, store):
    visit, before = inspected(deed), store.keys()
    deed(who, visit, store)
    assert len(store.keys()) == len(before) + 1
