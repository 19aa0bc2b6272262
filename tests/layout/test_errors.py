"""Every error is a page in Vietnamese whose reference number stands in the log; every answer is hardened."""

import json
import re

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest, MethodNotAllowed, ServiceUnavailable, TooManyRequests

from app.accounts.operations import passwords
from app.cards.moves import Deed
from app.core import database, logging_setup
from app.core.errors import Busy, Forbidden, Refused, Stale, StorageFull, TooLarge
from app.files.store import FileStore
from app.web.front_door import FORM_BYTES
from tests.core.test_write_door import Holding, shorten_patience
from tests.world import PASSWORD, move, prove

REFERENCE = re.compile(r"BDG-[0-9]{6}-[0-9]{4}-[0-9A-F]{6}")
SECRET = "bí mật của lỗi"


@pytest.fixture
def bench(sqlite_bench):
    """One database: the answers do not depend on which."""
    return sqlite_bench


@pytest.fixture(autouse=True)
def written(app, bench, monkeypatch):
    """Reads the structured log of this application, one dictionary a line."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD)
    logging_setup.start(bench.data / "log")
    path = bench.data / "log" / "bdg.log"
    path.unlink(missing_ok=True)
    yield lambda: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    logging_setup.start(bench.data / "log")  # lets the file go


@pytest.fixture
def failing(app, monkeypatch):
    """Lets the export page raise what a test says."""

    def fail_with(error):
        def view():
            raise error

        monkeypatch.setitem(app.view_functions, "summaries.show", view)

    return fail_with


TROUBLES = [
    (BadRequest(SECRET), 400, "Yêu cầu gửi đến không đúng"),
    (Forbidden("Chỉ quản trị."), 403, "Chỉ quản trị."),
    (MethodNotAllowed(["POST"]), 405, "Địa chỉ này không mở theo cách đó"),
    (Stale("Có người nhanh hơn."), 409, "Có người nhanh hơn."),
    (TooLarge("Tệp quá lớn."), 413, "Tệp quá lớn."),
    (Refused("Chưa có minh chứng."), 422, "Chưa có minh chứng."),
    (TooManyRequests(SECRET), 429, "Yêu cầu gửi đến không đúng"),
    (RuntimeError(SECRET), 500, "Hệ thống gặp lỗi"),
    (Busy("Đang bận ghi."), 503, "Đang bận ghi."),
    (ServiceUnavailable(SECRET, retry_after=60), 503, "Hệ thống đang bận"),
    (OperationalError("SELECT " + SECRET, {}, Exception("disk I/O error")), 503, "Hệ thống đang bận"),
    (StorageFull("Hết dung lượng."), 507, "Hết dung lượng."),
]


@pytest.mark.parametrize(
    ("error", "status", "words"), TROUBLES, ids=lambda value: getattr(value, "__class__", value).__name__
)
def test_an_error_is_a_page_with_a_number_that_the_log_knows(visit, failing, written, error, status, words):
    lan = visit("lan")
    failing(error)
    answer = lan.get("/export", status=status)
    (reference,) = set(REFERENCE.findall(answer.text))
    assert words in answer.text
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] == reference
    told = [line for line in written() if line.get("request") == reference]
    assert {line.get("status", status) for line in told} == {status}
    assert told[-1]["path"] == "/export"


@pytest.mark.parametrize(
    ("error", "status", "words"), TROUBLES, ids=lambda value: getattr(value, "__class__", value).__name__
)
def test_htmx_gets_the_same_status_as_a_notice(visit, failing, error, status, words):
    lan = visit("lan")
    failing(error)
    answer = lan.htmx("GET", "/export")
    assert answer.status_code == status
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#notices", "innerHTML")
    assert "<html" not in answer.text
    assert SECRET not in answer.text
    assert len(answer.text.strip()) > 40


def test_a_fault_is_written_down_with_its_trace_and_nothing_that_was_typed(visit, failing, written):
    lan = visit("lan")
    failing(RuntimeError("hỏng"))
    lan.get("/export?ghi-chu=riêng", status=500)
    fault = next(line for line in written() if line["level"] == "ERROR")
    assert "RuntimeError: hỏng" in fault["trace"]
    text = json.dumps(written(), ensure_ascii=False)
    assert PASSWORD not in text
    assert "riêng" not in text


def test_a_busy_system_says_when_to_try_again(visit, failing):
    lan = visit("lan")
    failing(ServiceUnavailable(retry_after=60))
    assert lan.get("/export", status=503).headers["Retry-After"] == "60"
    failing(OperationalError("", {}, Exception("locked")))
    assert lan.get("/export", status=503).headers["Retry-After"] == "30"


def test_what_does_not_exist_and_what_is_asked_wrongly(visit):
    lan = visit("lan")
    assert "Không tìm thấy" in lan.get("/khong-co", status=404).text
    assert sorted(lan.get("/logout", status=405).headers["Allow"].split(", ")) == ["OPTIONS", "POST"]
    assert lan.htmx("GET", "/khong-co").status_code == 404


def test_a_form_without_its_token_keeps_what_was_typed(visit, card):
    lan = visit("lan")
    form = {"csrf_token": "cũ", "to": "doing", "version": 1, "reason": "ghi chú của Lan"}
    answer = lan.post(f"/cards/{card.id}/placement", form, status=400)
    assert "Hãy tải lại trang" in answer.text
    assert "ghi chú của Lan" in answer.text


def test_a_form_that_is_too_long_is_told_so(visit, card):
    lan = visit("lan")
    answer = lan.post(f"/cards/{card.id}/placement", {"reason": "x" * (FORM_BYTES + 1)}, status=413)
    assert "Mã lỗi 413" in answer.text
    assert REFERENCE.search(answer.text)


def test_a_refused_move_has_its_status_by_every_way(visit, card):
    lan = visit("lan")
    lan.get("/list")
    form = {"deed": "send", "version": card.version}
    page = lan.post(f"/cards/{card.id}/placement", form, status=422)
    fragment = lan.htmx("POST", f"/cards/{card.id}/placement", form)
    assert fragment.status_code == 422
    assert "Cần ít nhất một minh chứng" in page.text
    assert "Cần ít nhất một minh chứng" in fragment.text
    assert page.headers["X-Request-Id"]


def test_a_refusal_is_in_the_log_without_being_a_fault(visit, card, written):
    visit("binh").htmx("GET", "/plans/new")
    (line,) = [line for line in written() if line["logger"] == "bdg.errors"]
    assert (line["level"], line["status"]) == ("INFO", 403)


def test_an_answer_is_written_down_with_who_what_and_how_long(visit, written):
    visit("lan").get("/list?unit=7")
    line = written()[-1]
    assert (line["message"], line["method"], line["path"], line["status"]) == ("answered", "GET", "/list", 200)
    assert (line["endpoint"], line["person_id"]) == ("board.show_list", 2)
    assert line["took_ms"] > 0
    assert REFERENCE.fullmatch(line["request"])


def test_without_its_database_the_product_still_answers_in_vietnamese(visit, bench):
    lan = visit("lan")
    bench.close()
    for kept in bench.data.glob("bdg.sqlite3*"):
        kept.unlink()
    for url in ("/board", "/login", "/khong-co"):
        answer = lan.get(url, status=503)
        assert "Hệ thống đang bận" in answer.text
        assert REFERENCE.search(answer.text)
    assert lan.htmx("GET", "/board").status_code == 503
    lan.get("/healthz", status=503)


# Headers


def static_address(page):
    return re.search(r'href="(/static/[^"]+\.css)"', page.text)[1]


def _workbook(person, unit_id):
    made = person.post("/plans/1/workbook", {"unit": unit_id}, status=303)
    return person.get(f"{made.location}/file")


@pytest.fixture
def answers(app, visit, card, bench, failing):
    """One answer of every kind."""
    evidence = prove("mai", card, FileStore(bench.data / "files"))
    (file,) = evidence.files
    file_id = file.id
    lan, stranger = visit("lan"), visit(None)
    failing(RuntimeError())
    page = lan.get("/list")
    style = lan.get(static_address(page))
    style.close()
    return {
        "page": page,
        "fragment": lan.htmx("GET", "/list"),
        "duty page": lan.get(f"/cards/{card.id}"),
        "redirect": lan.get("/login", status=303, follow=False),
        "to the sign-in page": stranger.get("/board", status=303, follow=False),
        "sign-in page": stranger.get("/login"),
        "locked": stranger.htmx("GET", "/board"),
        "not found": lan.get("/khong-co", status=404),
        "fault": lan.get("/export", status=500),
        "refusal": lan.htmx("POST", f"/cards/{card.id}/placement", {"deed": "send", "version": 1}),
        "health": lan.get("/healthz"),
        "style": style,
        "download": lan.get(f"/evidence-files/{file_id}"),
        "workbook": _workbook(lan, card.unit_id),
    }


def test_every_answer_is_hardened(answers):
    for kind, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, kind
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff", kind
        assert "Server" not in answer.headers, kind
        if kind != "style":
            assert answer.headers["Referrer-Policy"] == "same-origin", kind
            assert answer.headers["X-Frame-Options"] == "DENY", kind
            assert REFERENCE.fullmatch(answer.headers["X-Request-Id"]), kind
            assert "HX-Request" in answer.headers["Vary"], kind
            assert answer.headers["Cache-Control"].startswith(("private", "no-")), kind


def test_pages_may_load_and_send_nothing_elsewhere(answers):
    policy = dict(part.strip().split(" ", 1) for part in answers["page"].headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("default-src", "script-src", "style-src", "form-action", "connect-src")} == {
        "'self'"
    }


def test_files_are_handed_out_as_attachments_that_can_do_nothing(answers):
    download = answers["download"]
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert download.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert download.mimetype == "application/octet-stream"
    assert answers["workbook"].headers["Content-Disposition"].startswith("attachment;")


def test_static_files_may_be_kept_for_good(answers):
    assert answers["style"].headers["Cache-Control"] == "max-age=31536000, public, immutable"


# Health


def test_a_healthy_system_says_so(visit):
    assert visit(None).get("/healthz").json == {"status": "ok"}


def test_a_file_store_that_cannot_be_written_is_told(visit, bench):
    (bench.data / "files").rename(bench.data / "aside")
    (bench.data / "files").write_text("no folder")
    try:
        answer = visit(None).get("/healthz", status=503)
    finally:
        (bench.data / "files").unlink()
        (bench.data / "aside").rename(bench.data / "files")
    assert answer.json["status"] == "unwell"
    assert "kho tệp" in answer.json["message"]


def test_a_database_that_cannot_be_written_is_told_and_reading_goes_on(app, visit, card, monkeypatch):
    lan = visit("lan")
    with Holding(app):
        shorten_patience(monkeypatch)
        lan.get("/healthz", status=503)
        lan.get("/list")
    lan.get("/healthz")


@pytest.mark.parametrize("mark", [*database._UNWRITABLE, *database._LOCKED])
def test_a_store_that_is_full_or_locked_is_a_refusal(visit, card, monkeypatch, mark):
    def full(*_arguments):
        raise OperationalError("COMMIT", {}, Exception(mark))

    monkeypatch.setattr("app.core.change._chain", full)
    with pytest.raises(Busy):
        move("lan", card, Deed.START)
    monkeypatch.undo()
    move("lan", card, Deed.START)
