"""Who may do what: one table, read by operations (`change`), routes (`require`) and templates (`can`).

A rule answers None where the deed is allowed, else the sentence that tells the person why not.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from app.core.actor import Actor
from app.core.errors import Forbidden


class Permission(StrEnum):
    BOARD_VIEW = "board.view"
    BOARD_ALL_UNITS = "board.all_units"
    HOME_OFFICE = "home.office"
    HOME_OVERVIEW = "home.overview"
    BOARD_REMIND = "board.remind"
    DUTIES_ISSUE = "board.duties_issue"
    CARD_MOVE = "card.move"
    CARD_SEND = "card.send"
    CARD_SEND_UNSIGNED = "card.send_unsigned"
    CARD_WITHDRAW = "card.withdraw"
    CARD_CONFIRM = "card.confirm"
    CARD_ASK_MORE = "card.ask_more"
    CARD_RETURN = "card.return"
    CARD_REOPEN = "card.reopen"
    CARD_CLOSE = "card.close"
    CARD_ANSWER = "card.answer"
    CARD_PAUSE = "card.pause"
    CARD_UNDO = "card.undo"
    CARD_DATE_CORRECT = "card.date_correct"
    DEADLINE_SET = "deadline.set"
    EXTENSION_ASK = "extension.ask"
    EXTENSION_DECIDE = "extension.decide"
    EXTENSION_DECIDE_UBND = "extension.decide_ubnd"
    EXTENSION_DECIDE_OFFICE = "extension.decide_office"
    EXTENSION_WITHDRAW = "extension.withdraw"
    KIND_CHANGE = "kind.change"
    CARD_FEEDBACK_READ = "card.feedback_read"
    CARD_LOG_READ = "card.log_read"
    CARD_LOG_ALL = "card.log_all"
    CARD_LOG_CONTENTS = "card.log_contents"
    NOTE_ADD = "note.add"
    NOTE_READ = "note.read"
    NOTE_TOLD = "note.told"
    NOTES_READ_ALL = "note.read_all"
    NOTE_RESOLVE = "note.resolve"
    CORRECTION_ASK = "correction.ask"
    CORRECTION_ANSWER = "correction.answer"
    BEHALF_SEE = "behalf.see"
    HOLDER_SET = "holder.set"
    HOLDER_READ = "holder.read"
    HAND_OVER = "holder.hand_over"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_OPEN = "evidence.open"
    EVIDENCE_REVIEW = "evidence.review"
    PLAN_READ = "plan.read"
    PLAN_INTAKE = "plan.intake"
    UNIT_MANAGE = "unit.manage"
    FILES_CHECK = "files.check"
    SETTINGS_MANAGE = "settings.manage"
    ACCOUNT_OWN = "account.own"
    GUIDE_OWN = "help.own"
    PEOPLE_SEE = "people.see"
    PERSON_ADD = "person.add"
    ROLE_GIVE = "role.give"
    PERSON_MANAGE = "person.manage"
    INSPECTIONS = "inspection.list"
    ROUNDS_READ_ALL = "round.read_all"
    ROUND_READ = "round.read"
    ROUND_PLAN = "round.plan"
    ROUND_DOCUMENTS = "round.documents"
    DOCUMENT_READ = "round.document_read"
    CHECKLIST_EDIT = "checklist.edit"
    VISIT_SEE = "visit.see"
    VISIT_READ = "visit.read"
    VISIT_RECORD = "visit.record"
    VISIT_REOPEN = "visit.reopen"
    REPORT_READ = "self_report.read"
    REPORT_WRITE = "self_report.write"
    REPORT_SEND = "self_report.send"
    RECOMMENDATION_ASK = "recommendation.ask"
    RECOMMENDATION_EDIT = "recommendation.edit"
    CONCLUSION_ISSUE = "conclusion.issue"
    CONCLUSION_WITHDRAW = "conclusion.withdraw"
    REMEDY_RECHECK = "remedy.recheck"
    INSPECTIONS_SURVEY = "inspection.survey"
    EXPORT = "export.workbook"
    EXPORT_FORM = "export.form"
    PROFILE_SET = "export.profile_set"
    LOG_RENEW = "log.renew"
    INCIDENT_SEE = "incident.see"
    INCIDENT_WRITE = "incident.write"
    INCIDENT_EXPORT = "incident.export"
    INCIDENT_KEEPERS = "incident.keepers"
    INCIDENT_AUTHORITIES = "incident.authorities"


Rule = Callable[[Actor, Any], Any]
RULES: dict[Permission, Rule] = {}


def why_not(actor: Any, permission: Permission | str, subject: Any = None) -> Any:
    """None where `actor` may; else the sentence of the refusal (False for a stranger)."""
    if not actor.is_authenticated:
        return False
    if actor.is_system:
        return None
    return RULES[Permission(permission)](actor, subject)


def can(actor: Any, permission: Permission | str, subject: Any = None) -> bool:
    """Whether `actor` may do `permission` to `subject`."""
    return why_not(actor, permission, subject) is None


def require(actor: Any, permission: Permission | str, subject: Any = None) -> None:
    """Raise `Forbidden` with the rule's sentence unless `actor` may."""
    reason = why_not(actor, permission, subject)
    if reason is not None:
        raise Forbidden(reason)
