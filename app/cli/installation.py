"""Commands for the installation itself: database, log, files, deployment."""

import os
import sys
from typing import Any

import click

from app.cli.support import Command, CommandGroup, application, fail


@click.group(cls=CommandGroup)
def db() -> None:
    """Cơ sở dữ liệu."""


@click.group(cls=CommandGroup)
def audit() -> None:
    """Nhật ký."""


@click.group(cls=CommandGroup)
def files() -> None:
    """Kho tệp."""


@db.command("upgrade")
def upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản mới nhất; tạo mới nếu BDG_DATA nêu một thư mục chưa có gì."""
    application(make=True)
    click.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")


@audit.command("verify")
def verify() -> None:
    """Kiểm tra chuỗi nhật ký; mã thoát 1 khi có dòng hỏng (in số thứ tự dòng đầu tiên) hoặc không kết luận được."""
    from app.audit.queries import verify as check

    app = application(upgrade=False)
    with app.app_context():
        result = check(app.extensions["bdg"].data)
    click.echo(result.sentence)
    sys.exit(0 if result.is_whole else 1)


@audit.command("renew")
@click.option("--yes", is_flag=True, help="không hỏi lại")
def renew(yes: bool) -> None:
    """Sau khi phục hồi bản sao lưu cũ hơn, hoặc mất tệp dấu: ghi việc ấy vào nhật ký và lập lại tệp dấu."""
    from app.audit.operations import renew as deed
    from app.core import actor

    app = application(upgrade=False, or_empty=True)
    if not yes:
        click.confirm("Lập lại tệp dấu của nhật ký?", abort=True, err=True)
    with app.app_context():
        renewed = deed(actor.system(), app.extensions["bdg"].data)
    click.echo(renewed.sentence)


@files.command("verify")
def verify_files() -> None:
    """So từng tệp đã lưu với mã băm đã ghi; mã thoát 1 nếu có tệp mất hoặc khác."""
    from app.files import upkeep as kept

    with application(upgrade=False).app_context():
        broken = kept.damaged()
    click.echo("\n".join(["Tệp mất hoặc bị thay đổi:", *broken]) if broken else "Mọi tệp còn nguyên.")
    sys.exit(1 if broken else 0)


@files.command("sweep")
@click.option("--list", "only_list", is_flag=True, help="chỉ in danh sách, không dọn")
def sweep_files(only_list: bool) -> None:
    """Chuyển tệp không dòng nào nêu, cũ hơn một giờ, vào files/.trash/<ngày>; xóa hẳn sau 30 ngày."""
    from app.deployment import sweeping

    app = application(upgrade=False)
    with app.app_context():
        found = sweeping.look()
        if only_list:
            _print_list(found)
            return
        refusal = sweeping.why_not(found, app.extensions["bdg"].data)
        if refusal is not None:
            fail(refusal)
        emptied = sweeping.sweep(found)
    click.echo(f"Đã chuyển {len(found.unnamed)} tệp vào files/.trash, xóa hẳn {emptied} tệp đã ở đó quá 30 ngày.")


def _print_list(found: Any) -> None:
    for file in found.unnamed:
        what = "" if file.whole else "  (chưa ghi xong)"
        click.echo(f"{file.written.astimezone():%d/%m/%Y %H:%M}  {file.size:>12}  {file.name}{what}")
    click.echo(f"{len(found.unnamed)} tệp không dòng nào nêu, trong {found.stored} tệp của kho.")


@click.command("check-deploy", cls=Command)
def check_deploy() -> None:
    """Nêu những chỗ cài đặt chưa đúng, mỗi chỗ một dòng, mã thoát 1; không sửa gì. Chạy bằng tài khoản của dịch vụ."""
    from app import config
    from app.deployment.check import faults

    click.echo(f"Thư mục dữ liệu: {config.data_folder()}", err=True)
    found = faults(os.environ)
    click.echo("\n".join(found) or "Không thấy điều gì cần sửa.")
    sys.exit(1 if found else 0)
