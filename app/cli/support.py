"""What all commands share: the installation they work in, their arguments, and how a refusal is told."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types
from flask import Flask

from app.core import spoken
from app.core.errors import Refused

P = ParamSpec("P")
T = TypeVar("T")
_LARGEST = 2**63 - 1  # that a row can have as its number
_OPTIONS = "[THAM SỐ]"
_SHOWN = 40  # letters of what was typed

spoken.speak(
    argparse, click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types
)


class Command(click.Command):
    """A command whose usage is told in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": _OPTIONS, **kwargs})


class CommandGroup(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"options_metavar": _OPTIONS, "subcommand_metavar": "LỆNH …"}
        super().__init__(*args, **{**usual, **kwargs})


class Commands(CommandGroup):
    """All of them; what a command cannot do is told in a sentence, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        from app.config import ConfigError
        from app.core.database import DatabaseTrouble
        from app.deployment import opening, starting

        ctx.obj = {"umask": opening.keep_private()}
        try:
            return super().invoke(ctx)
        except (ConfigError, Refused) as error:
            fail(str(error))
        except (DatabaseTrouble, OSError) as error:
            fail(starting.sentence(error) or f"Không đọc, ghi được {getattr(error, 'filename', None) or ''}: {error}")
        except UnicodeError:
            fail("Có ký tự không đọc được (không phải UTF-8) trong tham số hoặc trong tệp.")


class Number(click.ParamType[int]):
    """The number by which people call a plan or a unit."""

    name = "số"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit()):
            self.fail(f"“{text[:_SHOWN]}” không phải là số.", param, ctx)
        if len(text) > len(str(_LARGEST)) or int(text) > _LARGEST:
            self.fail(f"không có số {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}.", param, ctx)
        return int(text)


class Day(click.ParamType[date | None]):
    """A day as people write it."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | None:
        from app.core.days import parse_day

        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except ValueError:
            self.fail(f"“{value[:_SHOWN]}” không phải là ngày (ngày/tháng/năm hoặc năm-tháng-ngày).", param, ctx)


NUMBER, DAY = Number(), Day()


def application(*, upgrade: bool = True, make: bool = False, or_empty: bool = False) -> Flask:
    """The installation that the environment names, told on stderr. Raises `ConfigError` as opening it does.

    Only where `make`, and where BDG_DATA names the folder, are a folder and a database made that are not there.
    """
    from app import config
    from app.deployment import belonging, opening

    click.echo(f"Thư mục dữ liệu: {config.data_folder()}", err=True)
    make = make and bool(os.environ.get("BDG_DATA"))
    settings = config.from_environment(make=make)
    app = opening.open_installation(settings, upgrade=upgrade, may_make=make, or_empty=or_empty)
    told = belonging.behind(app)
    if told:
        click.echo(told, err=True)
    return app


def actor_of(username: str | None) -> Any:
    """Whose rights a command has."""
    from app.accounts.queries import sessions
    from app.core import actor

    if username is None:
        return actor.system()
    return sessions.actor(username) or fail(f"Không có tài khoản “{username}” đang hoạt động.")


def password(from_stdin: bool) -> str:
    """What is typed without being shown, or the first line of the standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Mật khẩu", hide_input=True, err=True)
    return typed


def do(deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do a deed in the words of its refusal."""
    try:
        return deed(*args, **kwargs)
    except Refused as refusal:
        fail(str(refusal))


def fail(sentence: str) -> NoReturn:
    """End the command with a sentence."""
    click.echo(sentence, err=True)
    sys.exit(2)
