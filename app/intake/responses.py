"""The page of a draft, as a visit and every refused form show it."""

from typing import Any

from flask import make_response, request
from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.core.vietnamese import fold
from app.formats.plan_reader import EVERY_WARD
from app.intake import views
from app.intake.forms import WARDS
from app.intake.models import DraftDuty, DraftStep
from app.intake.queries import drafts
from app.intake.words import LEVEL_WORDS
from app.organisation.queries import ids_by_key, units
from app.plans.models import DueLevel, PlanDraft
from app.plans.words import DUTY_KIND_WORDS
from app.web.forms import errors_of
from app.web.rendering import render, short

_CHOICE = 90  # letters of a clause in a list to choose from


def draft_page(
    row: PlanDraft,
    *,
    refusal: Refused | None = None,
    editing_id: int | None = None,
    form_of: str | None = None,
    faster: DraftStep | None = None,
) -> Any:
    """The page of a draft; `editing_id` is the duty whose form is open, `faster` the step that a refusal is about."""
    duty = drafts.duty(row.id, editing_id) if editing_id else None
    shown = views.read(row)
    html = render(
        "intake/draft.html",
        row=row,
        review=shown,
        duty=duty,
        form=_typed(duty) if duty and request.method == "GET" else request.form,
        form_of=form_of,
        blank=MultiDict(),
        errors=errors_of(refusal),
        refusal=refusal.sentence if refusal else None,
        faster=views.step_face(faster) if faster else None,
        kinds=[(kind.value, words) for kind, words in DUTY_KIND_WORDS.items()],
        levels=[(level.value, words) for level, words in LEVEL_WORDS.items()],
        contents=[(address, _choice(address, text)) for address, text, _n in shown.commons],
        clauses=[(address, _choice(address, text)) for address, text in shown.clauses],
    )
    return make_response(html, refusal.status if refusal else 200)


def _choice(address: str, text: str) -> str:
    return f"{address} – {short(text, _CHOICE)}"


def _typed(duty: DraftDuty) -> MultiDict[str, Any]:
    """The form of a duty before anybody has typed."""
    form: MultiDict[str, Any] = MultiDict()
    for name in ("wording", "due_basis", "product", "content"):
        form[name] = getattr(duty, name) or ""
    for name in ("due_on", "starts_on"):
        value = getattr(duty, name)
        form[name] = f"{value:%d/%m/%Y}" if value else ""
    form["kind"], form["due_level"] = duty.kind.value, (duty.due_level or DueLevel.UBND).value
    if duty.is_request:
        form["is_request"] = "1"
    ids = ids_by_key(units())
    for name, pairs in (("lead", duty.leads), ("coordinating", duty.coordinating)):
        for unit_id, written in pairs:
            known = unit_id or ids.get(fold(written))
            value = WARDS if written == EVERY_WARD else known
            form.add(name if value else f"{name}_name", str(value or written))
    return form
