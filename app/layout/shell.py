"""What stands around every page: the office, the person, the menu, the pretended day, what was just done."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from app.board import page_plan
from app.board.request_filters import this_day
from app.board.views.card import Today
from app.core import clock
from app.core.actor import Actor
from app.core.database import DatabaseTrouble
from app.core.lru import Lru
from app.core.policy import Permission, can
from app.extensions import db
from app.home.views.overview import waits
from app.incidents import queries as incidents
from app.organisation import settings
from app.organisation.queries import coordinating_unit
from app.plans.naming import PlanName
from app.web import flash, preferences
from app.web.page_addresses import page_address
from app.web.rendering import moment

_TABS = 4
_waiting: Lru[tuple[Any, ...], int] = Lru(1_000)  # the number beside the first item of the menu, by state of the log


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    icon: str
    current: bool
    count: int = 0
    short: str | None = None  # on the bar of a phone


@dataclass(frozen=True)
class MenuGroup:
    title: str | None
    items: list[MenuItem] = field(default_factory=list)


class Shell:
    """Read late: an error page that stands alone asks for little."""

    @cached_property
    def settings(self) -> settings.Settings:
        try:
            return this_day().settings
        except DatabaseTrouble:  # the error page of a broken database must still be made
            return settings.Settings()

    @property
    def office(self) -> str:
        return self.settings.office

    @cached_property
    def plans(self) -> list[PlanName]:
        """Every plan on the board, for whoever is signed in."""
        return page_plan.on_board() if self.person else []

    @property
    def plan(self) -> PlanName | None:
        """The plan that the page is about; None for a page over several."""
        return page_plan.shown() if self.plans else None

    def named(self, plan_id: int) -> str:
        """The short name of a plan where there are several; nothing where it goes without saying."""
        return next(plan.short for plan in self.plans if plan.id == plan_id) if len(self.plans) > 1 else ""

    @property
    def page(self) -> str:
        """The page that the switch opens for another plan: the same one, where it is of one plan."""
        return request.endpoint if request.endpoint in page_plan.SWITCHED else "board.show"

    @property
    def address(self) -> str:
        """Where this page is read again; on the answer to a form that is not the address in the browser."""
        return page_address()

    @property
    def answers(self) -> bool:
        """Whether this page answers a form: then what was typed stands in its fields."""
        return request.method == "POST"

    @property
    def person(self) -> Actor | None:
        return current_user if current_user and current_user.is_authenticated else None

    @property
    def as_of(self) -> str:
        """The state of the log that the page shows."""
        return self.person.as_of if self.person else ""

    @property
    def language(self) -> str:
        return preferences.language()

    @property
    def theme(self) -> str | None:
        """What overrules the system's choice, if anything does."""
        chosen = preferences.theme()
        return None if chosen == preferences.DEFAULT_THEME else chosen

    @property
    def languages(self) -> list[tuple[str, Any, bool]]:
        """Value, name, whether in force."""
        return [(value, name, value == self.language) for value, name in preferences.LANGUAGES.items()]

    @property
    def themes(self) -> list[tuple[str, Any, bool]]:
        """Value, name, whether in force."""
        return [(value, name, value == preferences.theme()) for value, name in preferences.THEMES.items()]

    @property
    def sample_day(self) -> date | None:
        return clock.pretended()

    @property
    def now(self) -> Any:
        """The present moment in words."""
        return moment(clock.on_day(clock.today(), clock.now()))

    @property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def coordinating_name(self) -> str:
        unit = coordinating_unit()
        return unit.name if unit else ""

    @cached_property
    def nav(self) -> list[MenuGroup]:
        """The menu of the person signed in: only what leads somewhere for them."""
        if self.person is None:
            return []
        groups = [
            MenuGroup(None, self._work()),
            MenuGroup(_("Tổng hợp"), self._summaries()),
            MenuGroup(_("Quản trị"), self._management()),
        ]
        return [group for group in groups if group.items]

    @property
    def tabs(self) -> list[MenuItem]:
        """The first of the menu, as many as fit a phone."""
        return [item for group in self.nav for item in group.items][:_TABS]

    @cached_property
    def notices(self) -> list[dict[str, Any]]:
        """What the request before this one has just done."""
        return flash.take()

    def _work(self) -> list[MenuItem]:
        items = [
            _item(_("Nhiệm vụ của đơn vị"), "home.show", "house", self._waits(), _("Nhiệm vụ")),
            _item(_("Bảng nhiệm vụ"), "board.show", "square-kanban", short=_("Bảng")),
            _item(_("Danh sách"), "board.show_list", "list"),
        ]
        if can(self.person, Permission.PLAN_READ):
            items.append(_item(pgettext("list", "Kế hoạch"), "plans.index", "file-text"))
        if can(self.person, Permission.INSPECTIONS):
            items.append(_item(_("Kiểm tra"), "inspections.index", "clipboard-check"))
        return items

    def _waits(self) -> int:
        person, plan_ids = self.person, [plan.id for plan in page_plan.followed()] if self.plans else []
        if person is None or not plan_ids:
            return 0
        today = Today(clock.today(), self.settings)
        if request.method != "GET":  # what this request changed is not in the state of the log it began with
            return waits(person, plan_ids, today)
        key = (str(db.engine.url), person.as_of, person.id, person.grants, tuple(plan_ids), today)
        known = _waiting.get(key)
        if known is None:
            known = waits(person, plan_ids, today)
            _waiting.put(key, known)
        return known

    def _summaries(self) -> list[MenuItem]:
        items = []
        if can(self.person, Permission.EXPORT):
            items.append(_item(_("Kết xuất"), "summaries.show", "file-spreadsheet"))
        if self.person and can(self.person, Permission.INCIDENT_SEE, incidents.register(self.person)):
            items.append(_item(_("Vụ việc đột xuất"), "incidents.show", "table-2"))
        return items

    def _management(self) -> list[MenuItem]:
        items = []
        if can(self.person, Permission.PEOPLE_SEE):
            items.append(_item(_("Người dùng"), "people.index", "users"))
        if can(self.person, Permission.UNIT_MANAGE):
            items.append(_item(pgettext("list", "Đơn vị"), "units.index", "building-2"))
        if can(self.person, Permission.PROFILE_SET):
            items.append(_item(_("Mẫu trình ký"), "profiles.show", "file-check"))
        if can(self.person, Permission.SETTINGS_MANAGE):
            items.append(_item(_("Thiết đặt"), "settings.show", "settings"))
            items.append(_item(_("Chữ viết tắt"), "abbreviations.show", "search"))
        return items


def _item(label: str, endpoint: str, icon: str, count: int = 0, short: str | None = None) -> MenuItem:
    blueprint = endpoint.split(".", maxsplit=1)[0]
    current = request.endpoint == endpoint or (blueprint != "board" and request.blueprint == blueprint)
    return MenuItem(label, url_for(endpoint), icon, current, count, short)


def init_app(app: Flask) -> None:
    """Give every template its `shell`."""
    app.context_processor(lambda: {"shell": Shell()})
