"""The features of the product: their rules, their routes."""

import json
from datetime import date

from flask import Flask

from app.accounts import policy as _accounts_policy  # noqa: F401  (each policy fills RULES)
from app.accounts import routes as accounts
from app.audit import policy as _audit_policy  # noqa: F401
from app.board import deadline_policy as _deadline_policy  # noqa: F401
from app.board import fragments, shown
from app.board import note_policy as _note_policy  # noqa: F401
from app.board import policy as _board_policy  # noqa: F401
from app.board import routes as board
from app.config import SAMPLE_MARK, UNREADABLE, Config, ConfigError
from app.evidence import policy as _evidence_policy  # noqa: F401
from app.incidents import policy as _incidents_policy  # noqa: F401
from app.inspections import policy as _inspections_policy  # noqa: F401
from app.inspections import remedy_policy as _remedy_policy  # noqa: F401
from app.intake import draft_routes, results_routes
from app.intake import routes as intake
from app.organisation import policy as _organisation_policy  # noqa: F401
from app.pages import (
    account_routes,
    checklist_routes,
    deadline_routes,
    device_routes,
    evidence_routes,
    form_pages,  # noqa: F401  (fills OWN_PAGE)
    hand_over_routes,
    health,
    help_routes,
    home,
    incident_routes,
    inspection_document_routes,
    inspection_routes,
    live,
    note_routes,
    papers,
    people_routes,
    preference_routes,
    remedy_routes,
    self_report_routes,
    setting_routes,
    shell,
    unit_routes,
    visit_content_routes,
    visit_routes,
)
from app.pages import routes as pages
from app.plans import policy as _plans_policy  # noqa: F401
from app.search import abbreviation_routes
from app.search import index as _search_index  # noqa: F401  (keeps what can be found)
from app.search import routes as search
from app.summaries import policy as _summaries_policy  # noqa: F401
from app.summaries import profile_routes
from app.summaries import routes as summaries

MODULES = (
    accounts,
    board,
    pages,
    deadline_routes,
    evidence_routes,
    hand_over_routes,
    note_routes,
    home,
    incident_routes,
    live,
    papers,
    preference_routes,
    account_routes,
    checklist_routes,
    device_routes,
    people_routes,
    setting_routes,
    unit_routes,
    help_routes,
    inspection_document_routes,
    inspection_routes,
    remedy_routes,
    self_report_routes,
    visit_content_routes,
    visit_routes,
    intake,
    draft_routes,
    results_routes,
    search,
    abbreviation_routes,
    summaries,
    profile_routes,
    health,
)


def init_app(app: Flask) -> None:
    """Register every feature's routes and what the shell of the pages needs."""
    for blueprint in dict.fromkeys(module.bp for module in MODULES):  # several modules may share one
        app.register_blueprint(blueprint)
    shell.init_app(app)
    shown.init_app(app)
    fragments.init_app(app)


def sample_day(config: Config) -> date | None:
    """The day that a sample's data folder pretends; None for real data."""
    if not config.is_sample:
        return None
    path = config.data / SAMPLE_MARK
    try:
        return date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["today"])
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(UNREADABLE % {"path": path}) from error
