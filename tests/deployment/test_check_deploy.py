"""`bdg check-deploy`: each planted fault is named in one line, and a well-made installation is left in peace."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner

from app import config, create_app
from app.accounts.operations import sign_in
from app.accounts.operations.first_admin import create_administrator
from app.cli import main
from app.core import actor, anchor, clock
from app.deployment import check, folder, schema, settings

SECRET = "kK3_xw8Qz-7vTn2RbY5mLp9sDf4gHj6c"
WELL = {
    "BDG_SECRET_KEY": SECRET,
    "BDG_HTTPS": "1",
    "BDG_PROXIES": "1",
    "BDG_PUBLIC_URL": "https://bdg.example.vn",
}
HIS = "mật khẩu riêng của quản trị"


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The data folder of a well-made installation, to be copied."""
    data = tmp_path_factory.mktemp("installed") / "data"
    data.mkdir(mode=0o700)
    app = create_app(config.Config(data, config.database_url("", data), SECRET))
    schema.upgrade(app)
    with app.app_context():
        create_administrator("quan-tri", "Ngô Quang Trí", HIS)
    settings.note_serving(data, "127.0.0.1", 8000)
    (data / "secret.key").touch(mode=0o600)
    return data


@pytest.fixture
def data(installed, tmp_path) -> Path:
    """The installation that faults are planted in."""
    shutil.copytree(installed, tmp_path / "data")
    (tmp_path / "data").chmod(0o700)
    yield tmp_path / "data"
    anchor.init(tmp_path)  # nothing later notes its log here


@pytest.fixture(autouse=True)
def _on_a_large_disk(monkeypatch):
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(9e12, 0, 9e12))


def said(data: Path, **variables: str | None) -> list[str]:
    given = {**WELL, "BDG_DATA": str(data), **variables}
    return check.faults({name: value for name, value in given.items() if value is not None})


def on_the_database(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database, database:
        for statement in statements:
            database.execute(statement)


def test_a_well_made_installation_is_left_in_peace(data):
    assert said(data) == []


def secret_weak(data, monkeypatch):
    return {"BDG_SECRET_KEY": "a" * 40}


def secret_of_the_sample(data, monkeypatch):
    sample = data.parent / "sample"
    sample.mkdir()
    (sample / "secret.key").write_text(SECRET)
    monkeypatch.setattr(settings, "SAMPLE", sample)


def secret_none(data, monkeypatch):
    return {"BDG_SECRET_KEY": None}


def debugging(data, monkeypatch):
    return {"FLASK_DEBUG": "1"}


def cookie(data, monkeypatch):
    return {"BDG_HTTPS": None}


def proxy_unreadable(data, monkeypatch):
    return {"BDG_PROXIES": "tất cả"}


def proxy_from_everywhere(data, monkeypatch):
    settings.note_serving(data, "0.0.0.0", 8000)


def folder_open(data, monkeypatch):
    data.chmod(0o750 | 0o001)


def database_open(data, monkeypatch):
    (data / "bdg.sqlite3").chmod(0o666)


def key_open(data, monkeypatch):
    (data / "secret.key").chmod(0o644)


def clock_behind(data, monkeypatch):
    day_before = clock.now() - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: day_before)
    monkeypatch.setattr(
        schema, "made_on", lambda: date(2020, 1, 1)
    )  # else it is named, too, on the day after a release


def clock_unset(data, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: clock.datetime(2009, 1, 1, tzinfo=clock.UTC))


def disk_full(data, monkeypatch):
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(9e12, 8.9999e12, 1e8))


def network_share(data, monkeypatch):
    monkeypatch.setattr(folder, "_mounts", lambda: f"/dev/sda1 / ext4 rw 0 0\nserver:/b {data.parent} nfs4 rw 0 0")


def schema_old(data, monkeypatch):
    on_the_database(data, "UPDATE alembic_version SET version_num = 'ground'")


def log_edited(data, monkeypatch):
    on_the_database(
        data, "DROP TRIGGER audit_entry_no_update", "UPDATE audit_entry SET action = 'x' WHERE sequence = 1"
    )


def anchor_lost(data, monkeypatch):
    for path in data.glob("audit-*.anchor"):
        path.unlink()


def sample_data(data, monkeypatch):
    (data / "sample.json").write_text('{"today": "2024-05-10", "complete": true}')


def sample_account(data, monkeypatch):
    app = create_app(config.Config(data, config.database_url("", data), SECRET))
    with app.app_context():
        sign_in.create_person(actor.system(), username="lan", name="Lan", password="mau-bdg-lan", is_sample=True)


def no_administrator(data, monkeypatch):
    on_the_database(data, "UPDATE person SET active = 0 WHERE username = 'quan-tri'")


def no_database(data, monkeypatch):
    (data / "bdg.sqlite3").unlink()


FAULTS = (
    (secret_weak, ["khóa bí mật yếu"]),
    (secret_of_the_sample, ["trùng với khóa của dữ liệu giả định"]),
    (secret_none, ["Chưa có khóa bí mật"]),
    (debugging, ["FLASK_DEBUG đang bật"]),
    (cookie, ["không có cờ Secure"]),
    (proxy_unreadable, ["BDG_PROXIES=tất cả"]),
    (proxy_from_everywhere, ["nghe ở 0.0.0.0"]),
    (folder_open, ["vào được thư mục dữ liệu"]),
    (database_open, ["khác ghi được cơ sở dữ liệu"]),
    (key_open, ["đọc được khóa bí mật"]),
    (clock_behind, ["chậm hơn dòng nhật ký mới nhất"]),
    (clock_unset, ["trước ngày làm bản này", "chậm hơn dòng nhật ký mới nhất"]),
    (disk_full, ["đĩa chỉ còn 0.1 GB"]),
    (network_share, ["nằm trên ổ mạng"]),
    (schema_old, ["chưa ở phiên bản của chương trình"]),
    (log_edited, ["không nguyên vẹn từ dòng 1"]),
    (anchor_lost, ["thiếu tệp audit-*.anchor"]),
    (sample_data, ["là dữ liệu giả định"]),
    (sample_account, ["mật khẩu công bố của dữ liệu giả định: lan"]),
    (no_administrator, ["Chưa có quản trị"]),
    (no_database, ["chưa có cơ sở dữ liệu"]),
)


@pytest.mark.parametrize(("plant", "named"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_planted_fault_is_named_and_nothing_else(data, monkeypatch, plant, named):
    variables = plant(data, monkeypatch) or {}
    found = said(data, **variables)
    clock.pretend(None)
    assert len(found) == len(named), found
    assert all(words in sentence for words, sentence in zip(named, found, strict=True)), found


def test_several_faults_are_all_named(data):
    found = said(data / "none", BDG_HTTPS="true", FLASK_DEBUG="1", BDG_SECRET_KEY="ngắn")
    assert [sentence.split(":")[0] for sentence in found][:3] == [
        "BDG_SECRET_KEY",
        "FLASK_DEBUG đang bật",
        "BDG_HTTPS=true không có tác dụng",
    ]
    assert "không có thư mục dữ liệu này" in found[-1]
    assert len(found) == 5


@pytest.mark.parametrize(("variables", "ends"), [({}, 0), ({"FLASK_DEBUG": "1"}, 1)])
def test_the_command_ends_as_scripts_expect(data, variables, ends):
    told = CliRunner().invoke(main, ["check-deploy"], env={**WELL, "BDG_DATA": str(data), **variables})
    assert (told.exit_code, told.stdout.count("\n")) == (ends, 1)
    assert ("Không thấy điều gì cần sửa." in told.stdout) == (ends == 0)


@pytest.mark.parametrize(
    ("place", "kind"),
    [("/srv/bdg", "ext4"), ("/mnt/chung/bdg", "cifs"), ("/mnt/chung thu muc/bdg", "nfs"), ("/mnt/chungx", "ext4")],
)
def test_the_disk_beneath_is_that_of_the_nearest_mount(place, kind):
    mounts = "/dev/sda1 / ext4 rw 0 0\n//a/b /mnt/chung cifs rw 0 0\nc:/d /mnt/chung\\040thu\\040muc nfs rw 0 0\n"
    assert folder.file_system(Path(place), mounts) == kind


@pytest.mark.parametrize(
    ("place", "kind", "shared"), [("\\\\may-chu\\bdg", 0, True), ("Z:\\bdg", 4, True), ("D:\\bdg", 3, False)]
)
def test_a_share_is_known_on_windows_too(monkeypatch, place, kind, shared):
    data = PureWindowsPath(place)
    monkeypatch.setattr(folder, "_drive_kind", lambda root: kind)
    monkeypatch.setattr(folder.os, "name", "nt")
    found = folder._on_a_share(data)
    monkeypatch.setattr(folder.os, "name", "posix")
    assert found is shared


def test_rights_that_windows_keeps_otherwise_are_not_judged_there(data, monkeypatch):
    data.chmod(0o777)
    monkeypatch.setattr(folder, "_on_a_share", lambda _data: False)
    monkeypatch.setattr(folder.os, "name", "nt")
    found = list(folder.faults(data, on_sqlite=True))
    monkeypatch.setattr(folder.os, "name", "posix")
    assert found == []
