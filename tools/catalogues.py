"""Keep the translations in step with the source: Vietnamese is written in it, the other languages in .po files.

Run with the project's environment: `python -m tools.catalogues check|update|compile`.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.environment import ROOT

SOURCES: Final = (("app", "**.py", "python"), ("templates", "**.html", "jinja2"))
KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
# A template that cannot be parsed must stop the work instead of losing its messages in silence.
JINJA_OPTIONS: Final = {"silent": "false"}
LANGUAGES: Final = ("en",)
TRANSLATIONS: Final = ROOT / "translations"

# Written instead of the moment of extraction, so that a file changes only when its messages do.
CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """Check, update or compile the catalogues of every language; 1 when a check finds something."""
    deed = {"check": check, "update": update, "compile": compile_all}[arguments[0]]
    return deed()


def check() -> int:
    """Name every message that is not translated, is translated wrongly, or is no longer in the source."""
    template = extract()
    found = [line for language in LANGUAGES for line in problems(template, language)]
    print("\n".join(found) or f"{len(template)} câu, đủ bản dịch.")
    return 1 if found else 0


def update() -> int:
    """Add new messages to the catalogues and drop those that left the source; keeps every translation."""
    template = extract()
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = read(language) if path.exists() else _new(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = CREATED
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
        waiting = sum(1 for message in _messages(catalogue) if not _is_translated(message))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} câu, {waiting} câu chưa dịch.")
    return 0


def compile_all() -> int:
    """Write the .mo file that the server reads, for every language."""
    for language in LANGUAGES:
        with catalogue_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))
    return 0


def extract() -> Catalog:
    """Every marked message of the source, with the files it stands in."""
    template = Catalog(charset="utf-8")
    for folder, pattern, method in SOURCES:
        options = {pattern: JINJA_OPTIONS} if method == "jinja2" else {}
        for found in extract_from_dir(ROOT / folder, [(pattern, method)], options, KEYWORDS):
            file, line, message, _comments, context = found
            template.add(message, None, [(f"{folder}/{file}", line)], context=context)
    return template


def problems(template: Catalog, language: str) -> Iterator[str]:
    """One line for each thing wrong with a language's catalogue."""
    path = catalogue_path(language)
    if not path.exists():
        yield f"Chưa có {path.relative_to(ROOT)}: chạy «python3 run.py translate» rồi dịch."
        return
    catalogue = read(language)
    for message in _messages(template):
        translated = catalogue.get(message.id, message.context)
        if translated is None or not _is_translated(translated):
            yield f"{_place(message)}: chưa dịch ({language}): {message.id!r}"
    for message in _messages(catalogue):
        if message.fuzzy:
            yield f"{path.name}: bản dịch còn phải xem lại: {message.id!r}"
        if template.get(message.id, message.context) is None:
            yield f"{path.name}: câu không còn trong mã nguồn: {message.id!r}"
        yield from (f"{path.name}: {error}: {message.id!r}" for error in message.check(catalogue))
    yield from (f"{path.name}: câu đã bỏ: {message.id!r}" for message in catalogue.obsolete.values())


def catalogue_path(language: str) -> Path:
    """Where a language's translations are written."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it is on disk."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def _new(language: str) -> Catalog:
    header = f"# Bảng BĐG: {language}"
    people = {"last_translator": "bdg", "language_team": language, "msgid_bugs_address": "bdg"}
    return Catalog(language, header_comment=header, project="bdg", version="1", charset="utf-8", fuzzy=False, **people)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    # The first "message" of a catalogue is its header, under an empty id.
    return (message for message in catalogue if message.id)


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(strings) and all(strings)


def _place(message: Message) -> str:
    return ":".join(str(part) for part in message.locations[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
