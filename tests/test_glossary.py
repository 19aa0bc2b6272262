"""One word for one thing: public classes have names of their own, and the glossary speaks of names that exist."""

import ast
import re
from collections import Counter
from pathlib import Path

from flask_babel import force_locale

from app.cards.moves import STATUS_WORDS
from app.cards.state import Status
from app.formats import results_workbook

ROOT = Path(__file__).parent.parent
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "app").rglob("*.py"))}
KINDS = {"models", "policy", "rules", "operations", "queries", "forms", "views", "responses", "routes"}
FEATURES = (
    *("accounts", "admin", "audit", "board", "cards", "duty_page", "evidence", "help", "home", "incidents"),
    *("inspections", "intake", "organisation", "plans", "search", "summaries"),
)


def test_no_public_class_has_the_name_of_another():
    names = Counter(
        node.name
        for tree in TREES.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_the_glossary_speaks_of_names_that_exist():
    named = re.findall(r"`([A-Za-z_.]+)`", (ROOT / "docs" / "tu-dien.md").read_text(encoding="utf-8"))
    written = {word for path in TREES for word in re.findall(r"[A-Za-z_]+", path.read_text(encoding="utf-8"))}
    assert {name for name in named if name.rpartition(".")[2] not in written} == set()


def test_most_modules_of_features_say_by_their_name_what_they_hold():
    places = [path.relative_to(ROOT / "app").with_suffix("").parts for path in TREES if path.name != "__init__.py"]
    modules = [parts for parts in places if parts[0] in FEATURES]
    telling = [parts for parts in modules if KINDS & {*parts, parts[-1].rpartition("_")[2]}]
    assert len(telling) / len(modules) >= 0.8


def test_the_template_of_results_names_states_as_the_board_does(app):
    states = (Status.TODO, Status.DOING, Status.WAITING, Status.DONE)
    with app.test_request_context(), force_locale("vi"):
        assert tuple(str(STATUS_WORDS[state]) for state in states) == results_workbook.STATUSES
