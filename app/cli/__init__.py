"""The operator's commands: `bdg …`. With `--as USER` a command has that person's rights; without, the system's.

A command says on stderr in which data folder it works. One that reads makes neither a folder nor a database, and one
that writes makes none but `bdg db upgrade`, so that nothing is kept in a place that nobody serves.
"""

import click

from app.cli import accounts, installation, plans
from app.cli.support import Commands


@click.group(cls=Commands)
def main() -> None:
    """Lệnh vận hành Bảng BĐG."""


for group in (
    installation.db,
    installation.audit,
    installation.files,
    installation.check_deploy,
    plans.plan,
    plans.export,
    accounts.admin,
    accounts.unit,
    accounts.person,
):
    main.add_command(group)
