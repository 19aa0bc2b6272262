"""Promises about the whole tree."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

import app.blueprints  # noqa: F401  fills the table of rules
from app.accounts.operations import passwords
from app.cards.models import Card
from app.core.actor import system
from app.core.change import Audited, change
from app.core.database import APPEND_ONLY
from app.core.lru import forget_all
from app.core.policy import RULES, Permission
from app.extensions import Base, db
from app.files import stored_file as stored
from app.files.store import FileStore
from app.organisation.settings import Settings
from app.summaries.operations import ExportOrder, export_workbook
from tests.visitor import COUNTERS, DERIVED, LOG, Visitor, everything
from tests.world import PASSWORD, World, person

ROOT = Path(__file__).parent.parent
PYTHON = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_TEMPLATE = 300, 40, 8, 80
LETTERS = re.compile(r"[À-ỹ]")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def found(pattern: str, paths: list[Path]) -> list[str]:
    """`path: text` for every place in which `pattern` stands."""
    return [f"{short(path)}: {match[0]}" for path in paths for match in re.finditer(pattern, source(path))]


def outside(paths: list[Path], *apart: str) -> list[Path]:
    return [path for path in paths if not short(path).startswith(apart)]


def functions() -> Iterator[tuple[str, int]]:
    for path in PYTHON:
        for node in ast.walk(ast.parse(source(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{short(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


# Size


def test_no_file_is_too_long_to_be_read_at_once():
    assert {short(p): n for p in PYTHON if (n := len(source(p).splitlines())) > LONGEST_FILE} == {}
    assert {short(p): n for p in TEMPLATES if (n := len(source(p).splitlines())) > LONGEST_TEMPLATE} == {}


def test_functions_are_short():
    lengths = dict(functions())
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION


# Rights and routes


def test_every_permission_has_a_rule():
    assert set(RULES) == set(Permission)


def test_roles_are_named_only_where_rights_and_accounts_are_kept():
    apart = ("app/core/actor.py", "app/accounts/", "app/sample", "app/cli/")
    files = [path for path in outside(PYTHON, *apart) if path.name != "policy.py"]
    assert found(r"\bRole\.[A-Z]+", files) == []


def test_rights_are_asked_of_the_policy_alone():
    asked = r"\.(coordinates|presides|administers)\b|\.heads\b(?! import)|(actor|person|user)\.has\(|\.roles_in\("
    rules = [path for path in outside(PYTHON, "app/core/actor.py") if not path.name.endswith("policy.py")]
    assert found(asked, [*rules, *TEMPLATES]) == []


def test_addresses_are_of_lower_case_words_and_typed_ids(sqlite_bench):
    for rule in sqlite_bench.app.url_map.iter_rules():
        for part in rule.rule.strip("/").split("/"):
            assert re.fullmatch(r"([a-z]+(-[a-z]+)*)?|<int:[a-z]+_id>|<status>", part), rule.rule


def test_actions_are_in_the_method_and_not_in_the_query():
    assert found(r"[?&]action=", [*PYTHON, *TEMPLATES]) == []


# Data


def test_raw_sql_stands_in_one_file():
    files = outside(PYTHON, "app/core/database.py", "app/formats/")
    assert found(r"(?<![\w.])text\(|\bPRAGMA\b|exec_driver_sql|\bMATCH\b|for_update|LOCK TABLE", files) == []


READS = (
    "app/cards/queries/row_cache.py",
    "app/accounts/queries/sessions.py",
)  # they read past the ORM, for speed; never write


def test_nothing_writes_past_the_door():
    files = outside(PYTHON, "app/core/database.py", "app/deployment/schema.py", *READS, "app/search/index.py")
    assert (
        found(
            r"(?<!\.)\b(insert|update|delete)\(|__table__\.(insert|update|delete)\(",
            [path for path in PYTHON if short(path) in READS],
        )
        == []
    )
    assert (
        found(r"bulk_(save_objects|insert_mappings|update_mappings)|\.connection\(|engine\.(begin|connect)\(", files)
        == []
    )
    assert found(r"\.commit\(", outside(files, "app/core/change.py")) == []


def test_every_table_is_audited_but_the_log_itself_and_what_guards_the_door():
    audited = {mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, Audited)}
    assert set(Base.metadata.tables) - audited == COUNTERS | LOG | DERIVED
    assert set(APPEND_ONLY) <= audited | LOG


HASHED_ONLY = {"plan.source_sha256", "results_import.source_sha256"}  # what was read; the bytes are named by the draft


def test_every_table_that_names_a_stored_file_says_so():
    """Else the clean-up would take its files for nobody's, and the check of all files would pass them over."""
    kept = {table.name for table, _columns in stored.tables()}
    looks_like = re.compile(r"sha256|sha_?\d|digest|checksum|(storage|file|blob|object|store)_key")
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if looks_like.search(column.name)
    }
    assert {name for name in named if name.split(".")[0] not in kept} == HASHED_ONLY
    for table, columns in stored.tables():
        assert set(columns) <= set(table.c.keys()), table.name


def test_relationships_are_never_read_by_surprise():
    lazy = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy not in ("raise_on_sql", "joined", "selectin")
    ]
    assert lazy == []


# Files from outside

PARSERS = (
    r"\b(load_workbook|ZipFile|PdfDocument|XMLParser|ParserCreate|iterparse|fromstring|docx\.Document"
    r"|open_archive|open_checked|xml_parser)\("
)
READ_APART = {  # a file that reads what came from outside, and the process in which it does
    "app/formats/cells/parts.py": "app.intake.results_worker",
    "app/formats/plan_reader/extract_pdf.py": "app.intake.read_worker",
    "app/formats/plan_reader/ooxml.py": "app.intake.read_worker",
    "app/formats/workbook/viewing.py": "app.summaries.drawing_worker",
    "app/summaries/drawing_worker.py": "app.summaries.drawing_worker",
}
READ_HERE = (  # bounded streams that build nothing, and our own documents as they are made
    "app/formats/zip_guard.py", "app/files/checks/file_types.py", "app/files/checks/ooxml.py",
    "app/files/checks/office_parts.py",
    "app/formats/letters/page.py", "app/formats/workbook/saving.py",
)  # fmt: skip


def test_no_file_from_outside_is_parsed_in_the_servers_process():
    parsing = {place.partition(":")[0] for place in found(PARSERS, outside(PYTHON, "app/sample", *READ_HERE))}
    assert parsing == set(READ_APART)
    server = "import sys, app.blueprints, app.serve.starting; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", server], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    readers = {f"app.{short(ROOT / path)[4:-3].replace('/', '.')}" for path in READ_APART}
    assert (readers - {"app.formats.cells.parts"}) & set(loaded.split()) == set()
    assert found(
        r"results_workbook\.read\(|first_rows\(|\bread_plan\(",
        outside(PYTHON, "app/formats", "app/sample", "app/cli/"),
    ) == [
        "app/intake/read_worker.py: read_plan(",
        "app/intake/results_worker.py: results_workbook.read(",
    ]


READS_A_FILE = re.compile(r"^(apart|reading|previews|old_word|libreoffice|kinds|writing)$|^(_read|recognise|write)$")


def test_no_file_is_read_while_the_write_door_is_open():
    opened = [
        f"{short(path)}:{call.lineno}"
        for path in PYTHON
        for node in ast.walk(ast.parse(source(path)))
        if isinstance(node, ast.With) and any("change(" in ast.unparse(item) for item in node.items)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _reads_a_file(call.func)
    ]
    assert opened == []


def _reads_a_file(called: ast.expr) -> bool:
    names = [called] if isinstance(called, ast.Name) else [called.value] if isinstance(called, ast.Attribute) else []
    return any(isinstance(name, ast.Name) and bool(READS_A_FILE.match(name.id)) for name in names)


# Templates


def rendered_by_python() -> set[str]:
    names = {name for path in PYTHON for name in re.findall(r'"([a-z_/]+\.html)"', source(path))}
    errors = (ROOT / "templates" / "layout" / "errors").glob("[0-9]*.html")
    return names | {f"layout/errors/{path.name}" for path in errors}


def test_every_template_is_reached():
    reached: set[str] = set()
    waiting = rendered_by_python()
    while waiting:
        reached |= waiting
        texts = [source(ROOT / "templates" / name) for name in waiting]
        named = {n for text in texts for n in re.findall(r'{%-?[^%]*?"([a-z0-9_/]+\.html)"', text)}
        waiting = named - reached
    assert {path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES} == reached


def test_templates_carry_no_style_and_no_script_of_their_own():
    assert found(r"\sstyle=|<style|\son[a-z]+=|\shx-on|javascript:", TEMPLATES) == []
    assert found(r"<script(?![^>]*\bsrc=)[^>]*>", TEMPLATES) == []
    assert found(r"(src|href|action)=\"(https?:)?//[^\"]*", TEMPLATES) == []


def test_nothing_is_marked_safe_in_templates():
    assert found(r"\|\s*safe\b|autoescape\s+false", TEMPLATES) == []


def test_repeated_things_say_what_they_need():
    repeated = [path for path in TEMPLATES if path.name.startswith("_")]
    assert [short(path) for path in repeated if not source(path).startswith("{#")] == []


# Words


def test_the_words_of_templates_are_marked_for_translation():
    for path in outside(TEMPLATES, "templates/board/print/"):  # the words of paper are Vietnamese in every language
        bare = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}", "", source(path), flags=re.DOTALL)
        assert LETTERS.search(bare) is None, (short(path), LETTERS.search(bare))
        for code in re.findall(r"{{.*?}}|{%.*?%}", source(path), flags=re.DOTALL):
            unmarked = re.sub(r"""\b(_|ngettext|pgettext)\(\s*(["'])[^"']*\2(\s*,\s*"[^"]*")?""", "", code)
            assert LETTERS.search(unmarked) is None, (short(path), code)


MARKS = {"_", "_l", "N_", "ngettext", "lazy_gettext", "gettext", "pgettext", "lazy_pgettext"}
UNMARKED = (
    "app/cli/",  # the operator's commands are in Vietnamese
    "app/core/spoken.py",
    "app/serve/__main__.py",
    "app/serve/starting.py",
    "app/config.py",
    "app/accounts/sample_accounts.py",
    "app/web/hosts.py",  # said before the application is entered, in both languages
    "app/deployment/",  # what an operator reads
    "app/sample",  # what the sample's people wrote
    "app/formats/",  # the words of plans, and of the workbook on paper
    "app/summaries/",
    "app/core/vietnamese.py",  # the letters themselves
    "app/search/words.py",
    "app/plans/naming.py",  # how titles of plans begin
    "app/incidents/identifying_text.py",  # the words with which names of bodies begin
    "app/cards/due.py",  # the plan's own words for a day
    "app/core/days.py",  # the words with which people write days and hours
    "app/organisation/settings.py",  # values an office may change
    "app/organisation/profile_defaults.py",
)
NAMES = {
    "Vận hành hệ thống", "Văn phòng HĐND và UBND", "Văn phòng", "Quản trị",  # rows in the database
    "đ", "Đ",  # letters
    "abcdđeghiklmnopqrstuvxy", "không ai có mật khẩu này",
}  # fmt: skip


def test_the_words_of_the_code_are_marked_for_translation():
    unmarked = [
        f"{short(path)}:{line}: {text}"
        for path in outside(PYTHON, *UNMARKED)
        for line, text in unmarked_words(ast.parse(source(path)))
        if text not in NAMES
    ]
    assert unmarked == []


def unmarked_words(tree: ast.AST, marked: bool = False) -> Iterator[tuple[int, str]]:
    """Vietnamese text that is no docstring and stands in no mark."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not marked and LETTERS.search(node.value):
            yield node.lineno, node.value
        yield from unmarked_words(node, marked or name in MARKS)


# What pages do


@pytest.fixture
def light_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD)


PAGES = [
    "/board",
    "/list",
    "/cards/15",
    "/plans",
    "/plans/new",
    "/plans/drafts/1",
    "/export",
    "/exports/1",
    "/login",
    "/",
    "/healthz",
]


def test_looking_changes_nothing(app, bench, light_hashes):
    asked = ExportOrder(World().card("III.7.c").unit_id)
    export_workbook(person("lan"), World().plan, asked, Settings(), store=FileStore(bench.data / "files"))
    for who in ("chi", "lan"):
        visitor = Visitor(app, who)
        before, before_log = everything(without=LOG), everything()
        for url in PAGES:
            assert visitor.ask("GET", url).status_code < 500, url
        assert everything() == before_log
    assert visitor.ask("GET", "/exports/1/file").status_code == 200  # noted in the log, and nowhere else
    assert everything(without=LOG) == before


class Statements:
    """How many statements were run while somebody looked at a page."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *_: object) -> None:
        self.count += 1


def asked_for(visitor: Visitor, url: str) -> int:
    """How many statements a page takes that nothing is kept of."""
    forget_all()
    statements = Statements()
    event.listen(db.engine, "before_cursor_execute", statements)
    try:
        assert visitor.ask("GET", url).status_code == 200, url
    finally:
        event.remove(db.engine, "before_cursor_execute", statements)
    return statements.count


def add_cards(number: int) -> None:
    """More cards of one action, in the hands of its unit."""
    card = World().card("III.7.c")
    with change(system(), Permission.PLAN_INTAKE):
        db.session.add_all(
            Card(
                plan_id=card.plan_id,
                action_id=card.action_id,
                unit_id=card.unit_id,
                origin_unit_id=card.unit_id,
                status=card.status,
            )
            for _ in range(number)
        )
    db.session.rollback()


def test_pages_ask_as_much_for_many_rows_as_for_few(app, world, light_hashes):
    unit = world.card("III.7.c").unit_id
    chi = Visitor(app, "chi")
    pages = [
        "/board?unit=",
        "/list?unit=",
        f"/board?unit={unit}",
        f"/list?unit={unit}",
        "/plans",
        "/export",
        "/cards/15",
    ]
    for url in pages:
        chi.ask("GET", url)
    few = {url: asked_for(chi, url) for url in pages}
    add_cards(395)
    assert len(db.session.scalars(select(Card.id)).all()) == 500
    assert {url: asked_for(chi, url) for url in pages} == few
    assert max(few.values()) <= 25


def test_every_module_of_routes_is_named_where_nobody_may_import_it():
    contract = source(ROOT / "pyproject.toml").partition("no module imports them")[2].partition("]")[0]
    routes = {short(path)[:-3].replace("/", ".") for path in PYTHON if path.stem.endswith("routes")}
    assert routes == set(re.findall(r'"(app\.[a-z_.]+)"', contract))


def test_templates_ask_the_database_nothing():
    """What a template may call by itself is pure: no global and no filter is in a module that reads rows."""
    given = r"app_template_(?:global|filter)\("
    reading = [
        path for path in PYTHON if re.search(given, source(path)) and re.search(r"db\.session|alarms\(\)", source(path))
    ]
    assert list(map(short, reading)) == []
