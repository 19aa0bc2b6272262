"""The first administrator: a page with a one-time code, or a command; then accounts and units by command."""

import io
import json
import re
import sys

import pytest
from sqlalchemy import func, select

from app import cli, create_app
from app.accounts.models import Person, RoleGrant
from app.accounts.operations import first_admin, sign_in
from app.accounts.queries.sessions import actor
from app.config import Config
from app.core.actor import Role
from app.deployment import schema
from app.extensions import db
from app.organisation.models import Unit
from tests.page_client import Browser

PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture(scope="module")
def empty_template(tmp_path_factory):
    """An empty database of the newest schema."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(Config(folder, f"sqlite:///{folder / 'bdg.sqlite3'}", "k" * 40))
    schema.upgrade(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return (folder / "bdg.sqlite3").read_bytes()


@pytest.fixture
def empty(empty_template, tmp_path, monkeypatch):
    """An installation with nobody in it."""
    (tmp_path / "bdg.sqlite3").write_bytes(empty_template)
    app = create_app(Config(tmp_path, f"sqlite:///{tmp_path / 'bdg.sqlite3'}", "k" * 40))
    monkeypatch.setattr("app.cli.accounts.application", lambda **_: app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def code(empty, tmp_path):
    """The code that the console shows."""
    with empty.app_context():
        return first_admin.open_code(tmp_path)


def form(code, /, **other):
    return {
        "code": code, "username": "quan-tri", "name": "Ngô Quang Trí", "password": PASSWORD, "password_again": PASSWORD,
    } | other  # fmt: skip


def administrators(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(RoleGrant).where(RoleGrant.role == Role.ADMIN))


def test_the_code_of_the_console_makes_one_administrator_who_can_sign_in(empty, code):
    browser = Browser(empty)
    page = browser.get(f"/first-administrator?code={code}")
    assert f'value="{code}"' in page.text
    assert browser.post("/first-administrator", form(code), status=303).location == "/login"
    browser.sign_in("quan-tri", PASSWORD)
    assert administrators(empty) == 1


def test_the_code_works_once(empty, code):
    browser = Browser(empty)
    browser.get("/first-administrator")
    browser.post("/first-administrator", form(code), status=303)
    browser.get("/login")
    again = browser.post("/first-administrator", form(code, username="khac"), status=403)
    assert "Quản trị đầu tiên đã được tạo" in again.text
    assert browser.get(f"/first-administrator?code={code}", status=403)
    assert administrators(empty) == 1


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"code": "sai"}, "Mã dùng một lần không đúng"),
        ({"code": ""}, "Mã dùng một lần không đúng"),
        ({"password_again": "khác"}, "không giống nhau"),
        ({"password": "ngắn", "password_again": "ngắn"}, "ít nhất"),
        ({"password": "mau-bdg-quantri", "password_again": "mau-bdg-quantri"}, "mật khẩu mẫu"),
        ({"name": " "}, "Nhập họ tên"),
        ({"username": "Có Dấu"}, "Nhập họ tên"),
    ],
)
def test_what_is_wrong_stands_on_the_page_and_nobody_is_made(empty, code, other, sentence):
    browser = Browser(empty)
    browser.get("/first-administrator")
    answer = browser.post("/first-administrator", form(code, **other), status=422)
    assert sentence in answer.text
    assert PASSWORD not in answer.text
    assert administrators(empty) == 0


def test_what_was_typed_is_kept_but_no_password(empty, code):
    browser = Browser(empty)
    browser.get("/first-administrator")
    answer = browser.post("/first-administrator", form(code, csrf_token="sai"), status=400)
    assert "Ngô Quang Trí" in answer.text
    assert PASSWORD not in answer.text
    assert code not in answer.text


def test_without_a_code_from_the_console_the_page_is_closed(empty):
    Browser(empty).get("/first-administrator", status=403)


def test_the_code_is_kept_for_the_owner_alone_until_there_is_an_administrator(empty, code, tmp_path):
    (kept,) = tmp_path.glob("*.code")
    assert re.fullmatch(r"[0-9a-f]{16}", code)
    assert kept.stat().st_mode & 0o077 == 0
    with empty.app_context():
        assert first_admin.open_code(tmp_path) == code
        first_admin.create_administrator("quan-tri", "Quản Trị", PASSWORD)
        assert first_admin.open_code(tmp_path) is None
    assert not kept.exists()


def test_an_administrator_is_made_whole_or_not_at_all(empty, monkeypatch):
    with empty.app_context():
        monkeypatch.setattr(first_admin, "RoleGrant", None)  # what comes last fails
        with pytest.raises(TypeError):
            first_admin.create_administrator("quan-tri", "Quản Trị", PASSWORD)
        monkeypatch.undo()
        assert actor("quan-tri") is None
        first_admin.create_administrator("quan-tri", "Quản Trị", PASSWORD)
        assert actor("quan-tri").administers


def test_an_administrator_is_made_by_command(empty, capsys, monkeypatch):
    say(monkeypatch, PASSWORD)
    assert run("admin", "create", "--username", "quan-tri", "--name", "Ngô Quang Trí", "--password-stdin") == 0
    assert "Đã tạo quản trị quan-tri" in capsys.readouterr().out
    with empty.app_context():
        assert actor("quan-tri").administers
        assert sign_in.sign_in("quan-tri", PASSWORD, "10.0.0.1").token


def test_a_command_that_is_refused_says_why_on_one_line(empty, capsys, monkeypatch):
    say(monkeypatch, "ngắn")
    assert run("admin", "create", "--username", "quan-tri", "--name", "Trí", "--password-stdin") == 2
    told = capsys.readouterr()
    assert "ít nhất 10 ký tự" in told.err
    assert told.err.count("\n") == 1
    with empty.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_units_are_loaded_and_people_made_in_them(empty, capsys, monkeypatch, tmp_path):
    assert run("unit", "load") == 0
    loaded = int(re.search(r"\d+", capsys.readouterr().out)[0])
    assert loaded > 32
    assert run("unit", "load") == 0
    assert "Đã thêm 0 đơn vị" in capsys.readouterr().out
    say(monkeypatch, PASSWORD)
    made = ("person", "create", "--username", "lan", "--name", "Nguyễn Thị Lan", "--title", "Trưởng phòng")
    assert run(*made, "--unit", "PHÒNG GD & ĐT", "--role", "head", "--role", "staff", "--password-stdin") == 0
    with empty.app_context():
        lan = actor("lan")
        assert {grant.role for grant in lan.grants} == {Role.HEAD, Role.STAFF}
        assert lan.unit_name == "Phòng Giáo dục và Đào tạo"


@pytest.mark.parametrize(
    ("unit", "role", "sentence"),
    [("Phòng Không Có", "head", "Không có đơn vị"), ("Phòng GD&ĐT", "chief", "Không có vai trò")],
)
def test_a_person_of_no_unit_or_role_is_not_made(empty, capsys, monkeypatch, unit, role, sentence):
    run("unit", "load")
    say(monkeypatch, PASSWORD)
    named = ("--username", "lan", "--name", "Lan", "--unit", unit, "--role", role, "--password-stdin")
    assert run("person", "create", *named) == 2
    assert sentence in capsys.readouterr().err
    with empty.app_context():
        assert actor("lan") is None


def test_units_of_ones_own_are_loaded_from_a_file(empty, capsys, tmp_path):
    listed = tmp_path / "don-vi.json"
    listed.write_text(json.dumps([{"kind": "ward", "name": "UBND phường Mới", "short_name": "P. Mới"}]))
    assert run("unit", "load", str(listed)) == 0
    with empty.app_context():
        assert db.session.scalars(select(Unit.name)).all() == ["UBND phường Mới"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("không phải json", "cần một tệp JSON"),
        ("[1]", "cần có kind, name và short_name"),
        ('[{"name": "thiếu"}]', "cần có kind, name và short_name"),
        ('[{"kind":"x","name":"a","short_name":"b"}]', "chọn trong department"),
    ],
)
def test_a_list_that_is_not_one_is_refused(empty, capsys, tmp_path, text, sentence):
    listed = tmp_path / "don-vi.json"
    listed.write_text(text)
    assert run("unit", "load", str(listed)) == 2
    assert sentence in capsys.readouterr().err


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    return ended.value.code or 0


def say(monkeypatch, line):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))
