"""Commands for who works with the installation: administrators, units, people."""

from pathlib import Path

import click

from app.cli.support import CommandGroup, application, do, fail, password

ROLES = "head, deputy, staff, coordinator, leader, admin"


@click.group(cls=CommandGroup)
def admin() -> None:
    """Quản trị."""


@click.group(cls=CommandGroup)
def unit() -> None:
    """Đơn vị."""


@click.group(cls=CommandGroup)
def person() -> None:
    """Tài khoản."""


@admin.command("create")
@click.option("--username", metavar="TÊN", prompt="Tên đăng nhập")
@click.option("--name", metavar="HỌ_TÊN", prompt="Họ và tên")
@click.option("--password-stdin", is_flag=True, help="đọc mật khẩu từ đầu vào chuẩn")
def create_admin(username: str, name: str, password_stdin: bool) -> None:
    """Tạo một quản trị."""
    from app.accounts.operations.first_admin import create_administrator

    with application().app_context():
        do(create_administrator, username, name, password(password_stdin))
    click.echo(f"Đã tạo quản trị {username}.")


@unit.command("load")
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_units(file: Path | None) -> None:
    """Nhập danh mục đơn vị từ tệp JSON (không nêu tệp: danh mục thành phố Buôn Ma Thuột, 4/2024).

    Mỗi đơn vị có kind (department, service, body, committee, ward, commune), name, short_name; có thể có aliases,
    is_coordinating, staff_may_send, leader_confirms.
    """
    from app.core import actor
    from app.organisation.operations import units

    with application().app_context():
        added = do(units.load_units, actor.system(), file or units.SHIPPED)
    click.echo(f"Đã thêm {added} đơn vị.")


@person.command("create")
@click.option("--username", metavar="TÊN", required=True)
@click.option("--name", metavar="HỌ_TÊN", required=True)
@click.option("--title", metavar="CHỨC_VỤ", default="", help="chức vụ")
@click.option("--unit", "unit_name", metavar="ĐƠN_VỊ", required=True, help="tên đơn vị")
@click.option(
    "--role",
    "roles",
    metavar="VAI_TRÒ",
    multiple=True,
    required=True,
    help="head, deputy, staff, coordinator, leader, admin",
)
@click.option("--password-stdin", is_flag=True, help="đọc mật khẩu từ đầu vào chuẩn")
def create_person(
    username: str, name: str, title: str, unit_name: str, roles: tuple[str, ...], password_stdin: bool
) -> None:
    """Tạo một tài khoản với vai trò trong một đơn vị."""
    from app.accounts.operations import sign_in
    from app.core import actor
    from app.core.actor import Role
    from app.core.vietnamese import fold
    from app.organisation.queries import ids_by_key, units

    wanted = [Role(role) if role in {r.value for r in Role} else fail(f"Không có vai trò “{role}”.") for role in roles]
    with application().app_context():
        unit_id = ids_by_key(units()).get(fold(unit_name)) or fail(f"Không có đơn vị “{unit_name}”.")
        made = do(
            sign_in.create_person,
            actor.system(),
            username=username,
            name=name,
            title=title,
            password=password(password_stdin),
        )
        person_id = made.id
        for role in wanted:
            do(sign_in.grant_role, actor.system(), person_id, unit_id, role)
    click.echo(f"Đã tạo tài khoản {username}.")
