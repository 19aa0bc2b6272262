"""A start over data that is there reads only what a request needs; what few requests need is read when they come."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RARE = (
    "alembic",
    "app.formats.plan_reader.reader",
    "app.formats.workbook",
    "app.sample",
    "docx",
    "lxml",
    "mako",
    "openpyxl",
    "PIL",
    "puremagic",
    "pygments",
    "pypdfium2",
    "sqlalchemy.dialects.postgresql",
)
START = (
    "import json, sys; from app.serve import __main__ as serve, starting;"
    "app = starting.prepare(serve._parser().parse_args(['--no-sample']));"
    "answer = app.test_client().get('/healthz');"
    "print(json.dumps([answer.status_code, sorted(sys.modules)]))"
)


def test_a_start_reads_nothing_that_is_rarely_used(sqlite_bench, tmp_path):
    shutil.copy(sqlite_bench.data / "template.sqlite3", tmp_path / "bdg.sqlite3")
    shutil.copytree(sqlite_bench.data / "template-files", tmp_path / "files")
    environment = {"BDG_DATA": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    status, read = json.loads(done.stdout.splitlines()[-1])
    assert status == 200
    assert [name for name in read if name in RARE or name.startswith(tuple(f"{rare}." for rare in RARE))] == []


def test_the_modules_that_are_rarely_used_exist():
    assert [name for name in RARE if find_spec(name) is None] == []
