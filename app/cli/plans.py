"""Commands for plans: read a document, list what is on the board, export."""

import json
from datetime import date
from pathlib import Path

import click

from app.cli.support import DAY, NUMBER, CommandGroup, actor_of, application, do, fail
from app.files.store import installed_store


@click.group(cls=CommandGroup)
def plan() -> None:
    """Kế hoạch."""


@click.group(cls=CommandGroup)
def export() -> None:
    """Kết xuất."""


@plan.command("read")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="in kết quả dạng JSON")
def read(file: Path, as_json: bool) -> None:
    """Đọc một văn bản kế hoạch và in những gì nhận ra được; không ghi gì."""
    from app.formats.plan_reader import Unreadable, read_plan, to_json

    try:
        draft = read_plan(file.read_bytes(), file.name)
    except Unreadable as error:
        fail(error.sentence)
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
    from app.board.queries.plans_on_board import overview

    with application(upgrade=False).app_context():
        rows = overview()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("Chưa có kế hoạch nào trên bảng.")
    for row in rows:
        click.echo(
            f"{row['id']}\t{row['title']} ({row['year']}): {row['cards']} nhiệm vụ "
            f"({row['cards'] - row['requests']} giao, {row['requests']} đề nghị), {row['units']} đơn vị"
            + (f"; ngoài tổng số: {row['dropped']} không thực hiện" if row["dropped"] else "")
        )


@export.command("workbook")
@click.option("--plan", "plan_id", type=NUMBER, required=True, help="số của kế hoạch (bdg plan list)")
@click.option("--unit", "unit_id", type=NUMBER, help="chỉ một đơn vị")
@click.option("--as-of", "as_of", type=DAY, help="số liệu đến hết ngày này (ngày/tháng/năm hoặc năm-tháng-ngày)")
@click.option("--profile", metavar="MẪU", help="mẫu trình ký: “UBND thành phố”, “Cấp tỉnh” hoặc “Đơn vị thực hiện”")
@click.option("--alone", is_flag=True, help="biểu ký riêng (không nêu: phụ lục kèm theo báo cáo)")
@click.option("--as", "username", metavar="TÀI_KHOẢN", help="với quyền của tài khoản này")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="TỆP", required=True, help="tệp .xlsx")
@click.pass_obj
def workbook(
    made_with: dict[str, int],
    plan_id: int,
    unit_id: int | None,
    as_of: date | None,
    profile: str | None,
    alone: bool,
    username: str | None,
    out: Path,
) -> None:
    """Bảng tổng hợp tiến độ (PL1, PL2, PL5, PL6, PL7); mỗi lần kết xuất được lưu lại."""
    from app.organisation import settings
    from app.organisation.operations import profiles
    from app.plans import queries
    from app.summaries.operations import ExportOrder, export_workbook

    _require_place(out)
    form = (profiles.named(profile) or fail(f"Không có mẫu trình ký “{profile}”.")) if profile else None
    with application().test_request_context():
        found = queries.plan(plan_id) or fail(f"Không có kế hoạch số {plan_id}.")
        asked, store = ExportOrder(unit_id, as_of, form, not alone), installed_store()
        made = do(export_workbook, actor_of(username), found, asked, settings.load(), store=store)
        with store.open(made.storage_key) as stored:
            out.write_bytes(stored.read())
    out.chmod(0o666 & ~made_with["umask"])  # it is for whoever asked, not for the service alone
    click.echo(f"Đã ghi {out}")


def _require_place(out: Path) -> None:
    """End the command before anything is made and kept where `out` cannot be written."""
    if not out.parent.is_dir():
        fail(f"Không có thư mục {out.parent}: tạo trước, hoặc nêu tệp khác bằng --out.")
    had = out.exists()
    try:
        out.open("ab").close()
    except OSError as error:
        fail(f"Không ghi được {out} ({error.strerror}): nêu tệp khác bằng --out.")
    if not had:
        out.unlink()
