"""Letters of rounds and visits: drafted from what was recorded, taken back signed, read by those they concern."""

import hashlib
import io
from datetime import date, timedelta

import docx
import pytest
from docx.oxml.ns import qn

from app.core.errors import Forbidden, Refused
from app.files.store import FileStore, Incoming
from app.inspections.papers import letter_data, operations
from app.inspections.papers.operations import SignedPaper
from app.inspections.recommendations.models import DocumentKind, DocumentState
from app.inspections.visits.operations import closing
from tests.inspections.stage import a_round, a_visit, record, record_all, seen
from tests.visitor import Visitor
from tests.world import PDF, TODAY, person


@pytest.fixture
def store(bench):
    return FileStore(bench.data / "files")


def signed(**said):
    told = {"number": "15/KH-UBND", "issued_on": TODAY, "signer": "Trần Minh Khôi"}
    return SignedPaper(**told | {"file": Incoming("ke-hoach.pdf", io.BytesIO(PDF))} | said)


def issue(who, around, kind, store, visit=None, **said):
    operations.issue(person(who), around, visit, kind, signed(**said), store=store, limit_bytes=1_000_000)


def words(data):
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def test_the_minutes_are_filled_from_the_visit_and_make_nothing_up(app, world):
    visit = a_visit("binh", "lan")
    key = next(f.key for f in visit.round.checklist_version.contents[0].figures if f.by_sex)
    counted = {key: {"total": "20", "female": "8", "male": "12"}}
    record(visit, 0, remark="Đã kiện toàn Ban VSTBCPN", figures=counted)
    said = words(letter_data.visit_letter(seen(visit.id), DocumentKind.MINUTES))
    assert "Nhận xét của Đoàn: Đã kiện toàn Ban VSTBCPN" in said
    assert "hồi 08 giờ 30 ngày 10 tháng 5 năm 2024" in said
    assert "40,00%" in said
    assert "Trưởng đoàn" in said
    assert "Đánh giá" not in said
    assert "Số:\u00a0" in said


def test_every_letter_of_a_round_is_drafted_with_its_units(app, world):
    around = a_visit("binh").round
    for kind in letter_data.ROUND_DRAFTS:
        said = words(letter_data.round_letter(around, kind))
        assert kind is DocumentKind.OUTLINE or world.unit("P. Ea Tam").name in said, kind
    notice = words(letter_data.round_letter(around, DocumentKind.NOTICE))
    assert "trước ngày 05/5/2024" in notice, "five days before the visit"


def test_a_paper_goes_from_draft_to_signature_to_issue_and_the_round_is_told(app, store):
    around = a_visit("binh").round
    operations.submit(person("binh"), around, None, DocumentKind.PLAN)
    with pytest.raises(Refused, match="đã được trình ký"):
        operations.submit(person("chi"), around, None, DocumentKind.PLAN)
    (paper,) = operations.documents(person("chi"), around)
    operations.take_back(person("chi"), around, paper.id)
    operations.submit(person("chi"), around, None, DocumentKind.PLAN)
    issue("chi", around, DocumentKind.PLAN, store)
    states = [p.state for p in operations.documents(person("chi"), around)]
    assert states == [DocumentState.DRAFT, DocumentState.ISSUED]
    paper = operations.documents(person("chi"), around)[-1]
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert store.verify(paper.storage_key, hashlib.sha256(PDF).hexdigest())
    assert (around.plan_number, around.plan_on, around.plan_signer) == ("15/KH-UBND", TODAY, "Trần Minh Khôi")


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        (DocumentKind.PLAN, "number", {"number": ""}),
        (DocumentKind.PLAN, "issued_on", {"issued_on": None}),
        (DocumentKind.PLAN, "issued_on", {"issued_on": TODAY + timedelta(days=1)}),
        (DocumentKind.PLAN, "signer", {"signer": ""}),
        (DocumentKind.PLAN, "files", {"file": None}),
        (DocumentKind.PLAN, "files", {"file": Incoming("a.exe", io.BytesIO(b"MZ"))}),
        (DocumentKind.OUTSIDE, "issuer", {"title": "Kết luận giám sát", "signer": ""}),
        (DocumentKind.MINUTES, None, {}),
    ],
)
def test_an_issued_paper_without_what_the_registry_gives_is_refused(app, store, kind, field, said):
    around = a_visit("binh").round
    with pytest.raises(Refused) as refused:
        issue("chi", around, kind, store, **said)
    assert refused.value.field == field
    assert operations.documents(person("chi"), around) == []
    assert around.plan_number is None


def test_only_the_office_and_those_who_lead_the_team_note_papers(app, store):
    around = a_visit("binh", "lan").round
    for who in ("lan", "mai", "son", "yen", "quantri"):
        with pytest.raises(Forbidden):
            issue(who, around, DocumentKind.PLAN, store)


def test_papers_of_others_are_noted_for_the_team_alone(app, store):
    visit = a_visit("binh")
    said = {"title": "Kết luận giám sát", "issuer": "HĐND thành phố", "number": "9/KL-HĐND", "signer": ""}
    issue("chi", visit.round, DocumentKind.OUTSIDE, store, visit=visit, **said)
    assert [p.title for p in operations.documents(person("son"), visit.round, visit.id)] == ["Kết luận giám sát"]
    assert operations.documents(person("yen"), visit.round, visit.id) == []


def test_units_read_the_issued_papers_that_concern_them_and_nobody_else_does(app, store):
    visit = a_visit("binh")
    a_round("mai", name="Đợt khác")
    issue("chi", visit.round, DocumentKind.NOTICE, store, visit=visit, number="16/TB-UBND")
    issue("chi", visit.round, DocumentKind.RESULT_REPORT, store, number="17/BC-ĐKT")
    told = {who: [p.number for p in operations.documents(person(who), visit.round)] for who in ("yen", "nam", "binh")}
    assert told == {"yen": ["16/TB-UBND"], "nam": ["16/TB-UBND"], "binh": ["16/TB-UBND", "17/BC-ĐKT"]}
    for who in ("hoa", "mai", "lan", "quantri"):
        assert operations.documents(person(who), visit.round) == []


def test_the_unit_reads_the_draft_minutes_once_it_is_shown_and_no_other_draft(app):
    visit = a_visit("binh")
    record_all(visit)
    yen, url = Visitor(app, "yen"), f"/visits/{visit.id}/letter?kind="
    assert yen.ask("GET", f"{url}minutes").status_code == 403
    closing.finish_visit(person("binh"), visit, seen_version=seen(visit.id).version)
    closing.show_draft(person("binh"), visit, seen_version=seen(visit.id).version)
    answer = yen.ask("GET", f"{url}minutes")
    assert "Đã ban hành kế hoạch" in words(answer.data)
    assert "du-thao-bien-ban-kiem-tra-ubnd-phuong-ea-tam.docx" in answer.headers["Content-Disposition"]
    assert f"{url}minutes".replace("&", "&amp;") in yen.ask("GET", f"/visits/{visit.id}").text
    for kind in ("notice", "conclusion", "decision", "x"):
        assert yen.ask("GET", f"{url}{kind}").status_code == 404
    assert Visitor(app, "hoa").ask("GET", f"{url}minutes").status_code == 404


def test_a_refused_paper_keeps_what_was_typed_and_a_good_one_is_handed_out_again(app):
    visit = a_visit("binh")
    url, chi = f"/inspections/{visit.round_id}/documents", Visitor(app, "chi")
    form = {"deed": "issue", "kind": "notice", "number": "18/TB-UBND", "issued_on": "10/05/2024", "signer": "Chi"}
    answer = chi.ask("POST", url, form)
    assert answer.status_code == 422
    assert "Chọn tệp đã ký" in answer.text
    assert 'value="18/TB-UBND"' in answer.text
    answer = chi.ask("POST", url, form | {"files": (io.BytesIO(PDF), "thông báo.pdf")})
    assert answer.status_code == 303
    assert "18/TB-UBND" in Visitor(app, "yen").ask("GET", f"/visits/{visit.id}").text
    (paper,) = operations.documents(person("yen"), visit.round)
    assert Visitor(app, "yen").ask("GET", f"/round-documents/{paper.id}").data == PDF
    assert Visitor(app, "hoa").ask("GET", f"/round-documents/{paper.id}").status_code == 404
    assert paper.issued_on == date(2024, 5, 10)
