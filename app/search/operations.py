"""The list of abbreviations that an office keeps: one line for each, its ways of writing parted by "="."""

import json
from collections.abc import Sequence
from pathlib import Path

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.change import STALE, change
from app.core.errors import Refused, Stale
from app.core.policy import Permission
from app.core.vietnamese import clean, clean_line
from app.extensions import db
from app.organisation import settings
from app.organisation.models import Setting
from app.organisation.operations import settings as setting_changes
from app.search.words import MOST_WAYS, SHIPPED, key, meanings

KEY = "abbreviations"
TWO_NEEDED = _l("Dòng %(n)s (“%(line)s”): cần ít nhất hai cách viết cách nhau bằng dấu “=”.")
TOO_LONG = _l("Dòng %(n)s dài quá %(limit)s ký tự.")
TOO_MANY = _l("Danh mục tối đa %(limit)s dòng.")
TOO_MANY_WAYS = _l("“%(word)s” có %(n)s cách viết, tính chung mọi dòng; mỗi từ chỉ được tối đa %(limit)s cách viết.")
MAX_LINES, MAX_LINE = 500, 300


def own_file(data: Path) -> Path:
    """Where an office may lay a list of its own into the data folder; it takes the place of the shipped one."""
    return data / "abbreviations.json"


def lines(own_file: Path) -> str:
    """The list in force as a person edits it: that kept here, else that of the data folder, else the shipped one."""
    kept = settings.load().abbreviations
    source = own_file if own_file.exists() else SHIPPED
    return _written(json.loads(kept or source.read_text(encoding="utf-8")))


def shipped_lines() -> str:
    """The list that the product brings."""
    return _written(json.loads(SHIPPED.read_text(encoding="utf-8")))


def keep(actor: Actor, text: str, *, seen_version: int) -> int:
    """Keep the list in `text` for everybody; returns how many lines it has.

    Raises `Forbidden`, `Stale` where a setting was changed since, `Refused` with the number of the line at fault.
    """
    said = _read(text)
    with change(actor, Permission.SETTINGS_MANAGE):
        if setting_changes.version() != seen_version:
            raise Stale(STALE)
        value, row = json.dumps(said, ensure_ascii=False), db.session.get(Setting, KEY)
        if row is None:
            db.session.add(Setting(key=KEY, value=value))
        else:
            row.value = value
    return len(said)


def _written(said: Sequence[Sequence[str]]) -> str:
    return "\n".join(" = ".join(forms) for forms in said)


def _read(text: str) -> list[list[str]]:
    found = []
    for number, line in enumerate(clean(text).split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise Refused(TOO_LONG % {"n": number, "limit": MAX_LINE}, field="list")
        forms = [form for form in map(clean_line, line.split("=")) if key(form).strip()]
        if len(forms) == 1:
            raise Refused(TWO_NEEDED % {"n": number, "line": forms[0]}, field="list")
        if forms:
            found.append(list(dict.fromkeys(forms)))
    if len(found) > MAX_LINES:
        raise Refused(TOO_MANY % {"limit": MAX_LINES}, field="list")
    for words, ways in meanings(found).items():
        if len(ways) > MOST_WAYS:
            raise Refused(TOO_MANY_WAYS % {"word": " ".join(words), "n": len(ways), "limit": MOST_WAYS}, field="list")
    return found
