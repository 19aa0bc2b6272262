"""A foreign host gets no answer once the public address is set, and stands in no paper and no text in any case."""

import re

import pytest

from app.config import Config, ConfigError, public_url
from app.web.hosts import HostGate, host_name, is_this_machine
from tests.visitor import Visitor

PUBLIC = "https://bdg.example.vn"
FOREIGN = [
    "evil.example",
    "evil.example:443",
    "bdg.example.vn.evil.example",
    "evil.example#bdg.example.vn",
    "evil.example/bdg.example.vn",
    "bdg.example.vn@evil.example",
    "bdg.example.vn, evil.example",
    "bdg.example.vn evil.example",
    "xbdg.example.vn",
    "localhost",
    "127.0.0.1:8000",
    "[::1]",
    "[",
    "",
]


def asked(tmp_path, host, path="/board", **environ):
    """What the gate lets in, and what it answers."""
    seen, told = [], []
    config = Config(tmp_path, "", "k" * 40, public_url=PUBLIC)
    gate = HostGate(lambda environ, _start: seen.append(environ["PATH_INFO"]) or [b"in"], config)
    named = {} if host is None else {"HTTP_HOST": host}
    body = gate({"PATH_INFO": path, **named, **environ}, lambda status, headers: told.append((status, headers)))
    return seen, told, b"".join(body)


@pytest.mark.parametrize("host", [*FOREIGN, None])
@pytest.mark.parametrize("path", ["/board", "/static/x.css", "/login"])
def test_a_request_for_another_host_is_refused_before_anything_is_done(tmp_path, host, path):
    seen, told, body = asked(tmp_path, host, path)
    assert (seen, told[0][0]) == ([], "400 BAD REQUEST")
    assert "đúng địa chỉ" in body.decode()
    assert (host or "evil").encode() not in body


@pytest.mark.parametrize("host", ["bdg.example.vn", "BDG.example.VN", "bdg.example.vn:443", "bdg.example.vn."])
def test_the_public_host_is_answered_in_every_writing(tmp_path, host):
    assert asked(tmp_path, host)[0] == ["/board"]


@pytest.mark.parametrize("name", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_HOST", "HTTP_X_ORIGINAL_HOST"])
def test_no_other_header_names_a_host(tmp_path, name):
    assert asked(tmp_path, "bdg.example.vn", **{name: "evil.example"})[0] == ["/board"]
    assert asked(tmp_path, "evil.example", **{name: "bdg.example.vn"})[0] == []


def test_the_machine_itself_asks_whether_the_server_is_well(tmp_path):
    assert asked(tmp_path, "127.0.0.1:8000", "/healthz")[0] == ["/healthz"]
    assert asked(tmp_path, "evil.example", "/healthz")[0] == []


def paper_site(app, monkeypatch, **headers):
    """The address that an order for a workbook and the text of a reminder carry."""
    orders = []

    def caught(*arguments, **_named):
        orders.append(arguments[2].site)
        raise ZeroDivisionError

    monkeypatch.setattr("app.summaries.routes.operations.export_workbook", caught)
    chi = Visitor(app, "chi")
    cookie = app.config["SESSION_COOKIE_NAME"]
    chi.client.set_cookie(cookie, chi.client.get_cookie(cookie).value, domain=headers.get("Host", "localhost"))
    chi.ask("POST", "/plans/1/workbook", {"unit": ""}, **headers)
    text = chi.ask("GET", "/reminder-text?unit=&timeliness=no_date", **headers).get_data(as_text=True)
    return orders, re.findall(r"https?://[^\s<&\"]+", text.split("<textarea")[1].split("</textarea>")[0])


def test_without_a_setting_only_this_machine_is_named_in_papers_and_texts(app, monkeypatch):
    assert paper_site(app, monkeypatch) == (["http://localhost/"], ["http://localhost/"])
    assert paper_site(app, monkeypatch, Host="evil.example") == ([""], [])
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert paper_site(app, monkeypatch, **forwarded) == (["http://localhost/"], ["http://localhost/"])


def test_papers_and_texts_name_the_public_address_alone(app, monkeypatch):
    config = app.extensions["bdg"]
    told = Config(config.data, config.database_url, config.secret_key, public_url=PUBLIC)
    monkeypatch.setitem(app.extensions, "bdg", told)
    assert paper_site(app, monkeypatch, Host="evil.example") == ([f"{PUBLIC}/"], [f"{PUBLIC}/"])


@pytest.mark.parametrize(
    "given",
    [
        "bdg.example.vn",
        "ftp://bdg.example.vn",
        "https://bdg.example.vn/bdg",
        "https://a@bdg.example.vn",
        "https://[",
        "https://bdg.example.vn:cổng",
        "https://bdg.example.vn:99999",
        "https://bdg.example.vn?x",
        "https://",
    ],
)
def test_what_is_no_address_is_refused_at_the_start(given):
    with pytest.raises(ConfigError, match="BDG_PUBLIC_URL"):
        public_url(given)


def test_an_address_is_kept_without_its_last_stroke():
    assert public_url(" https://bdg.example.vn:8443/ ") == "https://bdg.example.vn:8443"
    assert public_url("") == ""


def test_names_of_this_machine():
    assert [is_this_machine(host_name(h)) for h in ("localhost:80", "127.8.0.1", "[::1]:80", "10.0.0.1", "")] == [
        True, True, True, False, False,
    ]  # fmt: skip
