"""What goes out: named for every program, logged once, whole or not at all; names of files only for who opens them."""

import io
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.operations import passwords
from app.core import clock
from app.core.audit import AuditEntry
from app.evidence.models import EvidenceFile, EvidenceKind
from app.evidence.operations import add_evidence
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files import downloads, upkeep
from app.files.store import FileLost, Incoming, installed_store
from app.web.responses import disposition
from tests.test_routes import PREPARED, ROWS, Case, one_workbook  # noqa: F401  a fixture
from tests.visitor import Visitor
from tests.world import PASSWORD, PDF, TODAY, person

NAME = "Kế hoạch “đợt 1”.pdf"
MARKED = "đơn của bà Xuân Thị Mật.pdf"
BIG = PDF + b"%" + b"x" * 300_000
UNLOGGED = {"results.template": "an empty form with the duties that every page shows"}


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD)


def given(app, card, name=NAME, data=PDF, **said):
    """The address of the one file of a new document of mai's, and its row."""
    particulars = Particulars(EvidenceKind.REPORT, "Báo cáo", number="7/BC", issued_on=TODAY, **said)
    sent = [Incoming(name, io.BytesIO(data))]
    store = installed_store()
    document = add_evidence(person("mai"), card, particulars, sent, store=store, limit_bytes=9_000_000)
    row = document.files[0]
    return f"/evidence-files/{row.id}", row.storage_key


def entries(action=None):
    db.session.rollback()
    query = select(func.count()).select_from(AuditEntry).where(AuditEntry.action.not_like("account.%"))
    return db.session.scalar(query.where(AuditEntry.action == action) if action else query)


def stored(bench, key):
    return bench.data / "files" / key[:2] / key[2:4] / key


# Named


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (NAME, "Ke hoach dot 1.pdf"),
        ("Đề nghị.PDF", "De nghi.PDF"),
        ('a"b\\c\r\nd;e.docx', "abcde.docx"),
        ("ảnh.tar.gz", "anh.tar.gz"),
        ("文件.pdf", "tep.pdf"),
        ("không đuôi", "khong duoi"),
        ("文件", "tep"),
        (".pdf", "tep.pdf"),
    ],
)
def test_a_name_is_said_in_ascii_before_it_is_said_as_it_is(name, plain):
    said = disposition(name)
    assert said.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert said.isascii()


def attachments():
    return [row for row in ROWS if row.method == "GET" and (row.rule.endswith(("/file", "/letter", "/workbook")) or
            any(word in row.rule for word in ("-files/", "-documents/", "-template")))]  # fmt: skip


@pytest.mark.parametrize("row", attachments(), ids=lambda row: row.key)
def test_every_attachment_is_logged_once_for_one_reading_and_named_twice(app, bench, row):
    url, _form = PREPARED.get(row.key, lambda _case: (row.rule, {}))(Case(bench.data))
    who = next(who for who, status in row.expected.items() if status == 200)
    visitor = Visitor(app, who)
    before = entries()
    first = visitor.ask("GET", url)
    assert first.headers["Content-Disposition"].startswith('attachment; filename="')
    assert "; filename*=UTF-8''" in first.headers["Content-Disposition"]
    visitor.ask("GET", url, Range="bytes=0-")
    visitor.ask("HEAD", url)
    endpoint = app.url_map.bind("localhost").match(url.split("?")[0])[0]
    assert entries() - before == (0 if endpoint in UNLOGGED else 1)
    stranger = app.test_client().get(url)
    assert (stranger.status_code, stranger.mimetype) == (303, "text/html")
    assert "Content-Disposition" not in stranger.headers


def test_every_other_route_hands_out_no_attachment(app, bench):
    chi, looked_at = Visitor(app, "chi"), {row.key for row in attachments()}
    for row in ROWS:
        if row.method == "GET" and row.key not in looked_at and row.expected["chi"] == 200 and "<" not in row.rule:
            assert "Content-Disposition" not in chi.ask("GET", row.rule).headers, row.key


def test_a_reading_a_minute_later_or_by_another_sign_in_is_another(app, card, monkeypatch):
    url, _key = given(app, card)
    mai, again = Visitor(app, "mai"), Visitor(app, "mai")
    for visitor in (mai, mai, again, mai):
        assert visitor.ask("GET", url).status_code == 200
    assert entries("evidence.open") == 2
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    mai.ask("GET", url)
    assert entries("evidence.open") == 3


# Whole


@pytest.mark.parametrize("data", [PDF, BIG], ids=["small", "large"])
@pytest.mark.parametrize("harm", ["altered", "shortened", "lengthened", "gone"])
def test_a_file_that_is_not_as_it_was_received_never_goes_out_whole(app, bench, card, monkeypatch, data, harm):
    monkeypatch.setattr(downloads, "AT_ONCE", 100_000)
    url, key = given(app, card, data=data)
    path = stored(bench, key)
    as_it_was = path.read_bytes()
    changed = {
        "altered": as_it_was[:-1] + b"!",
        "shortened": as_it_was[:-1],
        "lengthened": as_it_was + b"!",
    }
    path.unlink() if harm == "gone" else path.write_bytes(changed[harm])
    mai = Visitor(app, "mai")
    received, status = b"", 0
    with app.app_context():
        answer = mai.client.get(url, buffered=False)
        status = answer.status_code
        with suppress(FileLost):  # the connection ends before the file does
            for part in answer.response:
                received += part
    if status == 200:
        assert (data, harm) == (BIG, "altered"), "only what is large is found out on its way"
        assert len(received) < int(answer.headers["Content-Length"])
    else:
        assert status == 500
        assert ("không còn đúng như khi nhận" in received.decode()) is (harm != "gone")
    if harm != "gone":
        assert list(upkeep.alarms()) == [key]


def test_a_whole_file_goes_out_whole_however_large(app, card, monkeypatch):
    monkeypatch.setattr(downloads, "AT_ONCE", 100_000)
    url, _key = given(app, card, data=BIG)
    assert Visitor(app, "mai").ask("GET", url).get_data() == BIG
    assert upkeep.alarms() == {}


def test_the_nightly_pass_alarms_the_administrator_until_the_file_is_back(app, bench, card, visit):
    _url, key = given(app, card)
    path, as_it_was = stored(bench, key), stored(bench, key).read_bytes()
    quantri = visit("quantri")
    assert "không còn đúng như khi nhận" not in quantri.get("/").text
    path.write_bytes(b"!" + as_it_was[1:])
    for _night in range(2):
        assert [line.split(" ", 1)[1] for line in upkeep.damaged()] == [NAME]
    assert entries("files.check") == 1, "told once"
    page = quantri.get("/").text
    assert "không còn đúng như khi nhận" in page
    assert NAME not in page, "the administrator opens no file, and reads no name"
    assert "không còn đúng như khi nhận" not in visit("chi").get("/").text
    path.write_bytes(as_it_was)
    assert upkeep.damaged() == []
    assert "không còn đúng như khi nhận" not in quantri.get("/").text


# Names


OPENS = {True: ("mai", "lan", "duc", "chi", "ha"), False: ("mai", "lan", "duc", "chi", "ha", "son")}


@pytest.mark.parametrize("restricted", [True, False], ids=["restricted", "ordinary"])
@pytest.mark.parametrize("who", ["mai", "lan", "duc", "chi", "ha", "son", "binh", "yen", "nam", "hoa", "quantri"])
def test_the_name_and_size_of_a_file_are_read_where_it_opens(app, card, who, restricted):
    url, _key = given(app, card, name=MARKED, restricted=restricted)
    visitor = Visitor(app, who)
    opens = who in OPENS[restricted]
    assert (visitor.ask("GET", url).status_code == 200) is opens
    page = visitor.ask("GET", f"/cards/{card.id}").get_data(as_text=True)
    assert (MARKED in page) is opens
    assert ("1 tệp" in page and "hạn chế." in page) is (restricted and not opens)
    words = "Xuân Thị Mật"
    told = [visitor.ask("GET", address) for address in (
        "/", "/board?unit=", "/list?unit=", "/search?q=xuan+thi+mat", "/search/suggestions?q=xuan+thi+mat",
        f"/cards/{card.id}/changes", "/board/changes?unit=", "/people", "/export",
    )]  # fmt: skip
    assert [t.request.path for t in told if words in t.get_data(as_text=True)] == []
    log = [said for said in db.session.scalars(select(AuditEntry.changes)) if words in said]
    assert db.session.scalar(select(func.count()).select_from(EvidenceFile)) == 1
    assert len(log) <= 1, "the row of the file itself, which no page shows"
