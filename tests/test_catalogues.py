"""The check of the translations finds what is missing, wrong or left over."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import write_po

from tools import catalogues


@pytest.fixture
def template() -> Catalog:
    """The source as it would be extracted: one plain message, one with a value, one with two numbers."""
    source = Catalog(charset="utf-8")
    source.add("Bảng", locations=[("app/board/routes.py", 3)])
    source.add("Còn %(days)s ngày", locations=[("app/board/routes.py", 9)], flags=["python-format"])
    source.add(("%(num)s việc", "%(num)s việc"), locations=[("app/home/routes.py", 1)], flags=["python-format"])
    return source


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """Write an English catalogue of these messages, complete but for what a test changes."""
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)

    def write(changes: dict[str, str | None]) -> None:
        catalogue = Catalog(locale="en", charset="utf-8", fuzzy=False)
        messages = {"Bảng": "Board", "Còn %(days)s ngày": "%(days)s days left", **changes}
        for source, translation in messages.items():
            if translation is not None:
                catalogue.add(source, translation)
        catalogue.add(("%(num)s việc", "%(num)s việc"), ("%(num)s duty", "%(num)s duties"))
        path = catalogues.catalogue_path("en")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue)

    return write


def found(template: Catalog) -> list[str]:
    return list(catalogues.problems(template, "en"))


def test_a_complete_catalogue_has_no_problem(template, translated):
    translated({})
    assert found(template) == []


@pytest.mark.parametrize("translation", ["", None], ids=["empty", "absent"])
def test_a_message_without_translation_is_named_with_its_place(template, translated, translation):
    translated({"Bảng": translation})
    assert found(template) == ["app/board/routes.py:3: chưa dịch (en): 'Bảng'"]


def test_a_translation_that_loses_a_value_is_named(template, translated):
    translated({"Còn %(days)s ngày": "%(hours)s days left"})
    assert [line for line in found(template) if "hours" in line and "Còn" in line]


def test_a_translation_whose_message_left_the_source_is_named(template, translated):
    translated({"Ma trận": "Matrix"})
    assert found(template) == ["messages.po: câu không còn trong mã nguồn: 'Ma trận'"]


def test_a_language_without_catalogue_is_told_the_command(template, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    assert "python3 run.py translate" in found(template)[0]


def test_updating_keeps_translations_and_changes_nothing_the_second_time(template, translated, monkeypatch):
    translated({"Ma trận": "Matrix", "Bảng": ""})
    monkeypatch.setattr(catalogues, "extract", lambda: template)
    catalogues.update()
    once = catalogues.catalogue_path("en").read_bytes()
    catalogues.update()
    assert catalogues.catalogue_path("en").read_bytes() == once
    assert found(template) == ["app/board/routes.py:3: chưa dịch (en): 'Bảng'"]


def test_the_compiled_catalogue_is_what_the_server_reads(template, translated):
    translated({})
    catalogues.compile_all()
    with catalogues.catalogue_path("en").with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("Bảng").string == "Board"


def test_messages_of_templates_and_code_are_both_extracted():
    places = {place.split("/")[0] for message in catalogues.extract() for place, _line in message.locations}
    assert places == {"app", "templates"}
