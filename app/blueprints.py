"""The features of the product: their rights and their routes, a line each."""

from flask import Flask

from app.accounts import account_routes
from app.accounts import policy as accounts_policy
from app.accounts import routes as accounts
from app.admin import health_routes, people_routes, setting_routes, unit_routes
from app.audit import policy as audit_policy
from app.board import page_plan, print_routes
from app.board import routes as board
from app.board.views import card_markup
from app.cards import policy as cards_policy
from app.cards.deadlines import policy as deadlines_policy
from app.cards.notes import policy as notes_policy
from app.duty_page import (
    assignee_routes,
    deadline_routes,
    evidence_routes,
    form_addresses,
    live_routes,
    note_routes,
)
from app.duty_page import routes as duty_page
from app.evidence import policy as evidence_policy
from app.help import routes as help_pages
from app.home import routes as home
from app.incidents import policy as incidents_policy
from app.incidents import routes as incidents
from app.inspections import policy as inspections_policy
from app.inspections.checklists import routes as checklists
from app.inspections.papers import routes as papers
from app.inspections.recommendations import policy as recommendations_policy
from app.inspections.recommendations import routes as recommendations
from app.inspections.rounds import routes as rounds
from app.inspections.visits import content_routes, device_routes, self_report_routes
from app.inspections.visits import routes as visits
from app.intake import draft_routes, results_routes
from app.intake import routes as intake
from app.layout import preference_routes, shell
from app.organisation import policy as organisation_policy
from app.plans import policy as plans_policy
from app.search import abbreviation_routes
from app.search import index as search_index
from app.search import routes as search
from app.summaries import policy as summaries_policy
from app.summaries import profile_routes
from app.summaries import routes as summaries

AT_IMPORT = (  # what these modules hold is in force once they are imported: rules, addresses of forms, what is found
    accounts_policy,
    audit_policy,
    cards_policy,
    deadlines_policy,
    evidence_policy,
    form_addresses,
    incidents_policy,
    inspections_policy,
    notes_policy,
    organisation_policy,
    plans_policy,
    recommendations_policy,
    search_index,
    summaries_policy,
)
ROUTES = (
    *(accounts, account_routes),
    *(board, print_routes),
    *(duty_page, assignee_routes, deadline_routes, evidence_routes, live_routes, note_routes),
    home,
    *(
        incidents,
        checklists,
        content_routes,
        device_routes,
        papers,
        recommendations,
        rounds,
        self_report_routes,
        visits,
    ),
    *(intake, draft_routes, results_routes),
    *(search, abbreviation_routes),
    *(summaries, profile_routes),
    *(people_routes, setting_routes, unit_routes, health_routes),
    *(help_pages, preference_routes),
)


def init_app(app: Flask) -> None:
    """Register every feature's routes and what their templates need."""
    for blueprint in dict.fromkeys(module.bp for module in ROUTES):  # several modules may share one
        app.register_blueprint(blueprint)
    shell.init_app(app)
    page_plan.init_app(app)
    card_markup.init_app(app)
