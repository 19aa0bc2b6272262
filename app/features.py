"""The features of the product: their rules, their routes."""

import json
from datetime import date

from flask import Flask

from app.accounts import policy as _accounts_policy  # noqa: F401  (each policy fills RULES)
from app.accounts import routes as accounts
from app.board import deadline_policy as _deadline_policy  # noqa: F401
from app.board import fragments
from app.board import note_policy as _note_policy  # noqa: F401
from app.board import policy as _board_policy  # noqa: F401
from app.board import routes as board
from app.config import Config
from app.evidence import policy as _evidence_policy  # noqa: F401
from app.inspections import recommendation_models as _recommendation_models  # noqa: F401  (its tables)
from app.intake import draft_routes, results_routes
from app.intake import routes as intake
from app.organisation import policy as _organisation_policy  # noqa: F401
from app.pages import (
    account_routes,
    deadline_routes,
    evidence_routes,
    hand_over_routes,
    health,
    help_routes,
    home,
    live,
    note_routes,
    papers,
    people_routes,
    preference_routes,
    setting_routes,
    shell,
    unit_routes,
)
from app.pages import routes as pages
from app.plans import policy as _plans_policy  # noqa: F401
from app.search import abbreviation_routes
from app.search import index as _search_index  # noqa: F401  (keeps what can be found)
from app.search import routes as search
from app.summaries import policy as _summaries_policy  # noqa: F401
from app.summaries import profile_routes
from app.summaries import routes as summaries


def init_app(app: Flask) -> None:
    """Register every feature's routes and what the shell of the pages needs."""
    for module in (
        accounts,
        board,
        pages,
        deadline_routes,
        evidence_routes,
        hand_over_routes,
        note_routes,
        home,
        live,
        papers,
        preference_routes,
        account_routes,
        people_routes,
        setting_routes,
        unit_routes,
        help_routes,
        intake,
        draft_routes,
        results_routes,
        search,
        abbreviation_routes,
        summaries,
        profile_routes,
        health,
    ):
        app.register_blueprint(module.bp)
    shell.init_app(app)
    fragments.init_app(app)


def sample_day(config: Config) -> date | None:
    """The day that a sample's data folder pretends; None for real data."""
    if not config.is_sample:
        return None
    marked = json.loads((config.data / "sample.json").read_text(encoding="utf-8"))
    return date.fromisoformat(marked["today"])
