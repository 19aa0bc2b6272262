"""What comes from outside at the ends of its kind: a sentence, a 404 or a 409, never a fault of the program."""

import ast
import re
from urllib.parse import quote, urlencode

import pytest
from flask import request

from app.accounts.operations import passwords
from app.core import change as door
from app.core.days import FIRST, LAST, parse_day
from app.core.numbers import LARGEST_ID, row_id, whole
from tests.test_architecture import PYTHON, outside, short, source
from tests.test_routes import PREPARED, ROWS, Case, copied, locked, one_workbook  # noqa: F401  a fixture
from tests.visitor import Visitor
from tests.world import PASSWORD

NUMBERS = ["9" * 5000, "9223372036854775808", "2147483648", "-1", "٣٤", "1e9", "0x1F", "1_000", "NaN", "²"]
DAYS = ["0001-01-01", "9999-12-31", "31/12/9999", "0000-00-00", "1899-12-31", "2200-01-01", "٠١/٠٢/٢٠٢٤"]
TEXTS = ["\x00", "a\x00b", "\ud800", "a\udfff\ufffe", "x" * 20_000]
NO_ADDRESS = ["http://[", "http://[::1", "//[x", "http://\u2100.vn/", "http://a]b/?x=1", "\\\\[", "%", "?" * 3000]
POSTS = [row for row in ROWS if row.method == "POST"]
_FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch):
    monkeypatch.setattr(
        passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD and stored != "-"
    )


def admitted(row):
    """Somebody whom the table lets do it; where nobody may, somebody who is told why not."""
    return next((who for who, status in row.expected.items() if status < 400), "chi")


def encoded(form):
    """As a body, with what no honest browser sends: lone surrogates stand in it as three bytes."""
    return urlencode([(key, str(value)) for key, value in form.items()], errors="surrogatepass")


# Fields


def ends_of(value):
    """The ends of the kind of which an honest `value` of a field is."""
    text = str(value)
    if text.isdigit():
        return NUMBERS[:4]
    return DAYS[:3] if re.fullmatch(r"[0-9]+[-/][0-9]+[-/][0-9]+", text) else [*TEXTS, NUMBERS[1]]


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.key)
def test_no_form_ends_in_a_fault_whatever_stands_in_its_fields_and_headers(app, bench, row):
    url, form = PREPARED.get(row.key, lambda _case: (row.rule, {}))(Case(bench.data))
    visitor = Visitor(app, admitted(row))
    for address, more in zip(NO_ADDRESS[:4], [{}, _FRAGMENT, {}, _FRAGMENT], strict=True):
        sent = address.encode().decode("latin-1")
        said = (copied(form) or {}) | {"next": "" if row.rule == "/logout" else "board"}
        answer = visitor.ask("POST", url, said, **{"Referer": sent, "HX-Current-URL": sent} | more)
        assert answer.status_code < 500, (address, answer.text[:300])
    plain = {key: value for key, value in (form or {}).items() if not isinstance(value, tuple | list)}
    told = {}
    for field, value in [(field, end) for field, honest in plain.items() for end in ends_of(honest)]:
        body = encoded({"csrf_token": visitor.token} | plain | {field: value})
        with app.app_context():
            answer = visitor.client.post(url, data=body, content_type="application/x-www-form-urlencoded")
        told[field, value[:20]] = answer.status_code
    assert {which: status for which, status in told.items() if status >= 500} == {}


def names_read():
    """Every name that the code reads from the query of an address."""
    pattern = (
        r'(?:args\.get|queried_number|_choice\(\w+, args\.get)\(\s*"([a-z_]+)"|_number\((?:request\.)?args, "([a-z_]+)"'
    )
    return sorted({one for path in PYTHON for found in re.findall(pattern, source(path)) for one in found if one})


def test_no_query_of_any_page_ends_in_a_fault(app):
    names, told = names_read(), {}
    assert {"plan", "unit", "from", "duty", "year", "since", "number", "next"} <= set(names)
    for who in ("chi", "lan"):
        visitor = Visitor(app, who)
        for method, url in locked(app):
            if method != "GET":
                continue
            for value in ["9" * 5000, "9223372036854775808", "\x00"]:
                for asked in ([n for n in names if n != "plan"], ["plan"])[: 1 + (value[0] == "9")]:
                    address = f"{url}?{urlencode(dict.fromkeys(asked, value))}"
                    told[who, url, value[:20]] = visitor.ask("GET", address).status_code
    assert {which: status for which, status in told.items() if status >= 500 and status != 503} == {}


@pytest.mark.parametrize("who", ["chi", "stranger"])
def test_no_address_ends_in_a_fault(app, who):
    visitor = Visitor(app, who)
    for number in ("9" * 5000, "0" * 5000 + "1", "9" * 19):
        for method, url in locked(app):
            if "/1" in url:
                assert visitor.ask(method, url.replace("/1", f"/{number}")).status_code < 500, (method, url)


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "utf-32", "cp1258", "idna", "rot13", "unicode_escape", "\x00"])
def test_a_form_in_any_encoding_is_read_or_refused(app, world, charset):
    lan, card = Visitor(app, "lan"), world.card("III.7.c")
    said = [
        ("csrf_token", lan.token.encode()),
        ("version", b"+ADE-"),
        ("deed", b"start"),
        ("reason", b"\\ud800\xd8\x00"),
    ]
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\nContent-Type: text/plain; charset=%s\r\n\r\n%s\r\n'
        % (name.encode(), charset.encode(), value)
        for name, value in said
    )
    with app.app_context():
        answer = lan.client.post(
            f"/cards/{card.id}/placement", data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x"
        )
    assert answer.status_code < 500


# Headers, and what the answer needs


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_a_sign_in_leads_home_where_next_is_no_address(app, address):
    visitor = Visitor(app, "stranger")
    answer = visitor.ask("POST", "/login", {"username": "lan", "password": PASSWORD, "next": address})
    assert (answer.status_code, answer.location) == (303, "/")
    assert visitor.ask("GET", f"/login?next={quote(address)}").location == "/"


@pytest.mark.parametrize("is_fragment", [False, True], ids=["plain", "htmx"])
def test_a_fault_after_the_commit_says_that_it_is_written(app, world, monkeypatch, is_fragment):
    def fault(*_):
        raise RuntimeError("no page")

    monkeypatch.setattr("app.duty_page.routes._moved", fault)
    lan, card = Visitor(app, "lan"), world.card("III.7.c")
    headers = _FRAGMENT if is_fragment else {}
    moved = {"deed": "start", "version": card.version}
    answer = lan.ask("POST", f"/cards/{card.id}/placement", moved, **headers)
    assert answer.status_code == 500
    assert "đã ghi" in answer.text.lower()
    assert "chưa được ghi" not in answer.text
    again = lan.ask("POST", f"/cards/{card.id}/placement", moved, **headers)
    assert again.status_code == 409, "it is written indeed"
    assert "Thao tác đã ghi" not in again.text


@pytest.mark.parametrize("error", [OSError(28, "no room"), RuntimeError("anchor")])
def test_an_anchor_that_cannot_be_noted_does_not_deny_the_write(app, world, monkeypatch, error):
    def fault(*_):
        raise error

    lan, card = Visitor(app, "lan"), world.card("III.7.c")
    monkeypatch.setattr(door, "anchors", [fault])
    answer = lan.ask("POST", f"/cards/{card.id}/placement", {"deed": "start", "version": card.version})
    assert "Thao tác đã ghi" in answer.text
    assert "chưa có gì được ghi" not in answer.text


def test_a_fault_before_the_commit_says_that_nothing_is_written(app, world, monkeypatch):
    def fault(*_):
        raise RuntimeError("before")

    lan, card = Visitor(app, "lan"), world.card("III.7.c")
    monkeypatch.setattr(door, "_chain", fault)
    answer = lan.ask("POST", f"/cards/{card.id}/placement", {"deed": "start", "version": card.version})
    assert answer.status_code == 500
    assert "thao tác chưa được ghi" in answer.text


def test_a_read_that_the_log_notes_is_no_deed_that_stands(app, bench, monkeypatch):
    row = next(row for row in ROWS if row.key == "GET /evidence-files/<int:file_id>")
    url, _form = PREPARED[row.key](Case(bench.data))
    seen = []
    monkeypatch.setattr("app.duty_page.evidence_routes.hand_out", lambda *_: seen.append(request.method) or 1 / 0)
    answer = Visitor(app, "lan").ask("GET", url)
    assert (answer.status_code, seen) == (500, ["GET"])
    assert "Thao tác đã ghi" not in answer.text


# One way to read


@pytest.mark.parametrize("text", [*NUMBERS, "", " ", None, "+1", "1 2", "\x001"])
def test_what_is_no_bounded_number_is_none(text):
    assert whole(text) is None
    assert row_id(text) in (None, 0)


def test_a_number_is_read_between_its_bounds():
    assert [whole(text, least=2, most=5) for text in ("1", "2", " 5 ", "005", "6")] == [None, 2, 5, 5, None]
    assert (row_id(str(LARGEST_ID)), row_id(str(LARGEST_ID + 1)), row_id("12")) == (LARGEST_ID, 0, 12)


@pytest.mark.parametrize("text", DAYS)
def test_a_day_that_no_office_means_is_refused(text):
    with pytest.raises(ValueError, match=r"day|year|month"):
        parse_day(text)


def test_the_first_and_the_last_day_are_days():
    assert (parse_day(FIRST.isoformat()), parse_day(f"{LAST:%d/%m/%Y}")) == (FIRST, LAST)


def test_routes_and_forms_read_numbers_days_and_addresses_in_one_way():
    faults = []
    for path in outside(PYTHON, "app/formats/", "app/sample", "app/core/", "app/deployment/", "app/cli/", "app/serve/"):
        for node in ast.walk(ast.parse(source(path))):
            if isinstance(node, ast.keyword) and node.arg == "type" and isinstance(node.value, ast.Name):
                faults.append(f"{short(path)}:{node.value.lineno} type={node.value.id}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in FORBIDDEN and short(path) not in FORBIDDEN[name]:
                    faults.append(f"{short(path)}:{node.lineno} {name}(")
    assert faults == []


FORBIDDEN = {  # what raises for some texts → where it is asked of what the program itself wrote
    "int": (
        "app/accounts/devices.py",
        "app/files/checks/ole.py",
        "app/accounts/queries/sessions.py",
        "app/cards/queries/row_cache.py",
        "app/incidents/queries.py",
        "app/inspections/visits/operations/findings.py",
        "app/organisation/settings.py",
        "app/duty_page/views/duty.py",
        "app/duty_page/views/timeline.py",
        "app/summaries/previews.py",
        "app/summaries/routes.py",
        "app/config.py",
        "app/files/checks/scanner.py",
        "app/serve/listening/door.py",
        "app/accounts/page_owner.py",
    ),
    "isdecimal": (),
    "isdigit": ("app/config.py",),
    "isnumeric": (),
    "urlsplit": (
        "app/web/request_values.py",
        "app/config.py",
        "app/evidence/particulars.py",
        "app/files/checks/reaching_out.py",
    ),
    "urlparse": (),
    "fromisoformat": (
        "app/audit/operations.py",
        "app/files/store.py",
        "app/audit/queries.py",
        "app/config.py",
        "app/inspections/visits/operations/visits.py",
        "app/intake/views.py",
        "app/intake/operations/steps.py",
        "app/organisation/operations/settings.py",
        "app/duty_page/views/timeline.py",
    ),
    "strptime": ("app/deployment/schema.py",),
}
