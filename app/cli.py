"""The operator's commands: `bdg …`. With `--as USER` a command has that person's rights; without, the system's."""

import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask

from app.core.errors import Refused


@click.group()
def main() -> None:
    """Lệnh vận hành Bảng BĐG."""


@main.group()
def db() -> None:
    """Cơ sở dữ liệu."""


@main.group()
def plan() -> None:
    """Kế hoạch."""


@main.group()
def audit() -> None:
    """Nhật ký."""


@main.group()
def export() -> None:
    """Kết xuất."""


@main.group()
def admin() -> None:
    """Quản trị."""


@main.group()
def unit() -> None:
    """Đơn vị."""


@main.group()
def person() -> None:
    """Tài khoản."""


@main.group()
def files() -> None:
    """Kho tệp."""


@files.command("verify")
def verify_files() -> None:
    """So từng tệp minh chứng với mã băm đã ghi; mã thoát 1 nếu có tệp mất hoặc khác."""
    from app import files as kept

    with _application(upgrade=False).app_context():
        broken = kept.damaged()
    click.echo("\n".join(["Tệp mất hoặc bị thay đổi:", *broken]) if broken else "Mọi tệp còn nguyên.")
    sys.exit(1 if broken else 0)


@files.command("sweep")
def sweep_files() -> None:
    """Dọn tệp không thuộc văn bản nào, cũ hơn một giờ (còn lại sau khi máy dừng đột ngột)."""
    from app import files as kept

    with _application(upgrade=False).app_context():
        click.echo(f"Đã dọn {len(kept.sweep())} tệp.")


@db.command("upgrade")
def upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản mới nhất."""
    _application()
    click.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")


@plan.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="in kết quả dạng JSON")
def read(file: Path, as_json: bool) -> None:
    """Đọc một văn bản kế hoạch và in những gì nhận ra được; không ghi gì."""
    from app.documents.plan_reader import Unreadable, read_plan, to_json

    try:
        draft = read_plan(file.read_bytes(), file.name)
    except Unreadable as error:
        _fail(error.sentence)
    if as_json:
        click.echo(json.dumps(to_json(draft), ensure_ascii=False, indent=1))
        return
    click.echo(f"{draft.title}\n{len(draft.clauses)} mục, {len(draft.actions)} nhiệm vụ")
    for action in draft.actions:
        units = ", ".join(unit.name for unit in action.lead)
        click.echo(f"{action.clause}\t{units}\t{action.kind.value}\t{action.deadline_wording or ''}")


@plan.command("list")
@click.option("--json", "as_json", is_flag=True, help="in dạng JSON")
def list_plans(as_json: bool) -> None:
    """Các kế hoạch trên bảng, với số nhiệm vụ, đề nghị, đơn vị và thời hạn."""
    from app.board.overview import overview

    with _application().app_context():
        rows = overview()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(
            f"{row['id']}\t{row['title']} ({row['year']}): {row['cards']} nhiệm vụ "
            f"({row['cards'] - row['requests']} giao, {row['requests']} đề nghị), {row['units']} đơn vị"
            + (f"; ngoài tổng số: {row['dropped']} không thực hiện" if row["dropped"] else "")
        )


@audit.command("verify")
def verify() -> None:
    """Kiểm tra chuỗi nhật ký; mã thoát 1 và số thứ tự dòng hỏng đầu tiên nếu có."""
    from app.audit.verification import verify as check
    from app.core.database import DatabaseTrouble

    app = _application(upgrade=False)
    with app.app_context():
        try:
            result = check(app.extensions["bdg"].data)
        except DatabaseTrouble:
            _fail("Chưa có cơ sở dữ liệu trong thư mục dữ liệu, hoặc không đọc được nhật ký.")
    click.echo(result.sentence)
    if result.broken is not None:
        sys.exit(1)


@export.command("workbook")
@click.option("--plan", "plan_id", type=int, required=True, help="số của kế hoạch (bdg plan list)")
@click.option("--unit", "unit_id", type=int, help="chỉ một đơn vị")
@click.option("--as-of", "as_of", help="số liệu đến hết ngày này (ngày/tháng/năm hoặc năm-tháng-ngày)")
@click.option("--profile", "profile", help="mẫu trình ký: “UBND thành phố”, “Cấp tỉnh” hoặc “Đơn vị thực hiện”")
@click.option("--alone", is_flag=True, help="biểu ký riêng (không nêu: phụ lục kèm theo báo cáo)")
@click.option("--as", "username", help="với quyền của tài khoản này")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="tệp .xlsx")
def workbook(
    plan_id: int,
    unit_id: int | None,
    as_of: str | None,
    profile: str | None,
    alone: bool,
    username: str | None,
    out: Path,
) -> None:
    """Bảng tổng hợp tiến độ (PL1, PL2, PL5, PL6, PL7); mỗi lần kết xuất được lưu lại."""
    from app import files
    from app.organisation import profiles, settings
    from app.plans import queries
    from app.summaries.operations import Asked, export_workbook

    day = _day(as_of)
    form = (profiles.named(profile) or _fail(f"Không có mẫu trình ký “{profile}”.")) if profile else None
    with _application().test_request_context():
        found = queries.plan(plan_id) or _fail(f"Không có kế hoạch số {plan_id}.")
        asked, store = Asked(unit_id, day, form, not alone), files.store()
        made = _do(export_workbook, _actor(username), found, asked, settings.load(), store=store)
        with store.open(made.storage_key) as stored:
            out.write_bytes(stored.read())
    click.echo(f"Đã ghi {out}")


@main.command("check-deploy")
def check_deploy() -> None:
    """Nêu những chỗ cài đặt chưa đúng, mỗi chỗ một dòng, mã thoát 1; không sửa gì. Chạy bằng tài khoản của dịch vụ."""
    from app.deployment.check import faults

    found = faults(os.environ)
    click.echo("\n".join(found) or "Không thấy điều gì cần sửa.")
    sys.exit(1 if found else 0)


@admin.command("create")
@click.option("--username", prompt="Tên đăng nhập")
@click.option("--name", prompt="Họ và tên")
@click.option("--password-stdin", is_flag=True, help="đọc mật khẩu từ đầu vào chuẩn")
def create_admin(username: str, name: str, password_stdin: bool) -> None:
    """Tạo một quản trị."""
    from app.accounts.first_admin import create_administrator

    with _application().app_context():
        _do(create_administrator, username, name, _password(password_stdin))
    click.echo(f"Đã tạo quản trị {username}.")


@unit.command("load")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_units(file: Path | None) -> None:
    """Nhập danh mục đơn vị từ tệp JSON (không nêu tệp: danh mục thành phố Buôn Ma Thuột, 4/2024)."""
    from app.core import actor
    from app.organisation import operations

    with _application().app_context():
        added = _do(operations.load_units, actor.system(), file or operations.SHIPPED)
    click.echo(f"Đã thêm {added} đơn vị.")


@person.command("create")
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--title", default="", help="chức vụ")
@click.option("--unit", "unit_name", required=True, help="tên đơn vị")
@click.option("--role", "roles", multiple=True, required=True, help="head, deputy, staff, coordinator, leader, admin")
@click.option("--password-stdin", is_flag=True, help="đọc mật khẩu từ đầu vào chuẩn")
def create_person(
    username: str, name: str, title: str, unit_name: str, roles: tuple[str, ...], password_stdin: bool
) -> None:
    """Tạo một tài khoản với vai trò trong một đơn vị."""
    from app.accounts import operations
    from app.core import actor
    from app.core.actor import Role
    from app.core.vietnamese import fold
    from app.organisation.queries import ids_by_key, units

    wanted = [Role(role) if role in {r.value for r in Role} else _fail(f"Không có vai trò “{role}”.") for role in roles]
    with _application().app_context():
        unit_id = ids_by_key(units()).get(fold(unit_name)) or _fail(f"Không có đơn vị “{unit_name}”.")
        made = _do(
            operations.create_person,
            actor.system(),
            username=username,
            name=name,
            title=title,
            password=_password(password_stdin),
        )
        person_id = made.id
        for role in wanted:
            _do(operations.grant_role, actor.system(), person_id, unit_id, role)
    click.echo(f"Đã tạo tài khoản {username}.")


def _application(*, upgrade: bool = True) -> Flask:
    from app import config, create_app, schema

    try:
        app = create_app(config.from_environment())
    except config.ConfigError as error:
        _fail(str(error))
    if upgrade:
        schema.upgrade(app)
    return app


def _actor(username: str | None) -> Any:
    from app.accounts import queries
    from app.core import actor

    if username is None:
        return actor.system()
    return queries.actor(username) or _fail(f"Không có tài khoản “{username}” đang hoạt động.")


def _day(text: str | None) -> Any:
    from app.core.days import parse_day

    try:
        return parse_day(text)
    except ValueError:
        _fail(f"“{text}” không phải là ngày.")


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass("Mật khẩu: ")


def _do(deed: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return deed(*args, **kwargs)
    except Refused as refusal:
        _fail(str(refusal))


def _fail(sentence: str) -> Any:
    click.echo(sentence, err=True)
    sys.exit(2)
