"""Settings: changed as one form, in force at once, with who and when; a form that is overtaken changes nothing."""

from dataclasses import fields, replace

import pytest

from app.admin.setting_routes import LABELS
from app.board.request_filters import this_day
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.organisation import settings
from app.organisation.operations import settings as setting_changes
from app.organisation.settings import Settings
from tests.world import person


def change(who, **wanted):
    form = {key: str(value) for key, value in wanted.items()}
    return setting_changes.change_settings(person(who), form, seen_version=setting_changes.version())


def test_every_setting_stands_on_the_page(visit):
    assert {f.name for f in fields(Settings)} == {*LABELS, *setting_changes.LISTS}
    page = visit("quantri").get("/settings").text
    assert all(f'name="{key}"' in page for key in LABELS)


def test_a_change_is_in_force_at_once_everywhere(visit, world):
    lan, quantri = visit("lan"), visit("quantri")
    before = lan.get("/board?unit=&timeliness=soon").text
    quantri.get("/settings")
    form = setting_changes.kept(Settings()) | {"soon_days": "3", "office": "UBND thành phố Thử Nghiệm", "version": "0"}
    quantri.post("/settings", form, status=303)
    db.session.rollback()
    assert this_day().settings == replace(Settings(), soon_days=3, office="UBND thành phố Thử Nghiệm")
    after = lan.get("/board?unit=&timeliness=soon").text
    assert ("III.10.a" in before, "III.10.a" in after) == (True, False)
    assert "UBND thành phố Thử Nghiệm" in after


def test_the_history_says_who_when_and_from_what(visit):
    change("quantri", soon_days=5)
    change("quantri", soon_days=9, due_day_counts=0)
    said = [(c.key, c.before, c.after) for c in setting_changes.history()]
    assert sorted(said[:2]) == [("due_day_counts", "1", "0"), ("soon_days", "5", "9")]
    assert said[2:] == [("soon_days", "7", "5")]
    assert {c.actor_id for c in setting_changes.history()} == {person("quantri").id}
    page = visit("quantri").get("/settings").text
    assert "5 → 9" in page
    assert ">Quantri" in page


def test_what_is_the_same_is_no_change(app):
    assert change("quantri", **setting_changes.kept(settings.load())) == 0
    assert setting_changes.history() == []


@pytest.mark.parametrize(
    "wanted", [{"soon_days": "0"}, {"soon_days": "ba"}, {"soon_days": "61"}, {"soon_days": "٣"}, {"office": "  "}]
)
def test_a_value_that_cannot_be_is_refused_and_stays_in_the_form(visit, wanted):
    quantri = visit("quantri")
    quantri.get("/settings")
    form = setting_changes.kept(Settings()) | {"place": "Ea Kao", "version": "0"} | wanted
    answer = quantri.post("/settings", form, status=422)
    assert 'aria-invalid="true"' in answer.text
    assert 'value="Ea Kao"' in answer.text
    db.session.rollback()
    assert settings.load() == Settings()


def test_two_who_change_settings_do_not_overwrite_each_other(visit):
    quantri = visit("quantri")
    quantri.get("/settings")
    seen = setting_changes.version()
    change("quantri", place="Ea Tam")
    form = setting_changes.kept(Settings()) | {"soon_days": "9", "version": str(seen)}
    answer = quantri.post("/settings", form, status=409)
    assert 'value="9"' in answer.text
    assert "<b>Ea Tam</b>" in answer.text
    with pytest.raises(Stale):
        setting_changes.change_settings(person("quantri"), form, seen_version=seen)
    db.session.rollback()
    assert (settings.load().place, settings.load().soon_days) == ("Ea Tam", 7)


@pytest.mark.parametrize("who", ["lan", "chi", "son"])
def test_settings_are_the_administrators(app, who):
    with pytest.raises(Forbidden):
        change(who, soon_days=5)
    with pytest.raises(Refused):
        change("quantri", max_file_mb=100_000)
