"""A workbook is made for somebody, kept as it was given out, and given out again."""

import io
from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.board.faces import Today
from app.core import clock
from app.core.actor import Actor
from app.core.change import change, record
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.core.vietnamese import fold
from app.documents.progress_workbook import Progress
from app.evidence.storage import Storage, Stored
from app.extensions import db
from app.organisation import profiles
from app.organisation.profile_defaults import Form, Profile, of_unit
from app.organisation.queries import unit
from app.organisation.settings import Settings
from app.plans.models import Plan
from app.summaries import queries
from app.summaries.heads import head
from app.summaries.models import Export
from app.summaries.policy import Scope, usual_form
from app.summaries.writing import Written, write

NOT_YET = _l("Ngày chốt số liệu không được sau ngày hôm nay.")
BEFORE_PLAN = _l("Kế hoạch được đưa lên bảng ngày %(day)s; không có số liệu của ngày trước đó.")
WHOSE = _l("Mẫu của đơn vị thực hiện chỉ dùng khi kết xuất một đơn vị.")
NOT_THEIRS = _l("Đơn vị này không thực hiện nhiệm vụ nào của kế hoạch vào ngày chốt số liệu.")
PAPER_LANGUAGE = "vi"  # whatever language the person reads pages in
_LIMIT_BYTES = 200_000_000
_TITLE_LETTERS = 60


@dataclass(frozen=True)
class Asked:
    """What a person asks for: one unit or all, at the end of a past day or now, in which form, as an annex or not.

    `site` is the address of this site as the person reaches it, for links.
    """

    unit_id: int | None = None
    as_of: date | None = None
    form: Form | None = None  # the usual one
    annex: bool = True
    site: str = ""


def export_workbook(actor: Actor, plan: Plan, asked: Asked, settings: Settings, *, store: Storage) -> Export:
    """Make PL1, PL2, PL6 and PL7 of `plan` and keep them.

    Raises `Forbidden` where the scope is not the person's, `Refused` for a day or a unit of which there is nothing,
    `Busy` where making takes too long, `StorageFull`.
    """
    scope = Scope(plan.id, asked.unit_id)
    require(actor, Permission.EXPORT, scope)
    today = Today(asked.as_of or clock.today(), settings)
    _check_day(plan, today.day)
    form = asked.form or usual_form(actor)
    profile = _profile(form, asked.unit_id)
    with force_locale(PAPER_LANGUAGE):
        progress = queries.progress(plan.id, asked.unit_id, today, asked.site)
    export = _described(actor, plan, asked, today.day, progress)
    export.profile, now = form.words, clock.on_day(clock.today(), clock.now())
    described = head(plan, profile, today.day, now, export.unit_name or "", annex=asked.annex)
    written = write(described, progress, clock.now())
    stored = store.put(io.BytesIO(written.data), _LIMIT_BYTES)
    try:
        with change(actor, Permission.EXPORT, scope):
            db.session.add(_filed(export, written, stored))
    except BaseException:
        store.remove(stored.key)
        raise
    return export


def record_download(actor: Actor, export: Export) -> None:
    """Log that an export is handed out again. Raises `Forbidden` where its scope is not the person's."""
    record(actor, Permission.EXPORT, export, {"unit_id": export.unit_id, "sha256": export.sha256})


def _check_day(plan: Plan, day: date) -> None:
    if day > clock.today():
        raise Refused(NOT_YET, field="as_of")
    if day < plan.adopted_on:
        raise Refused(BEFORE_PLAN % {"day": f"{plan.adopted_on:%d/%m/%Y}"}, field="as_of")


def _described(actor: Actor, plan: Plan, asked: Asked, day: date, progress: Progress) -> Export:
    counts: Counter[str] = Counter()
    for row in (row for group in progress.units for row in group.rows):
        counts.update(duties=row.total, done=row.done, late=row.open_late)
    names = {row.lead for section in progress.sections for row in section.rows}
    if asked.unit_id is not None and not names:
        raise Refused(NOT_THEIRS, field="unit")
    unit_name = names.pop() if asked.unit_id is not None else None
    return Export(
        plan_id=plan.id,
        unit_id=asked.unit_id,
        unit_name=unit_name,
        as_of=day,
        annex=asked.annex,
        duties=counts["duties"],
        done=counts["done"],
        late=counts["late"],
        name=_name(plan, unit_name, day),
        made_by_id=actor.id,
        made_by_name=actor.name,
        made_on=clock.today(),
        made_at=clock.now(),
    )


def _profile(form: Form, unit_id: int | None) -> Profile:
    if form is not Form.UNIT:
        return profiles.load(form)
    found = unit(unit_id) if unit_id is not None else None
    if found is None:
        raise Refused(WHOSE, field="form")
    return of_unit(found)


def _filed(export: Export, written: Written, stored: Stored) -> Export:
    export.pages = " ".join(map(str, written.pages))
    export.storage_key, export.size, export.sha256 = stored.key, stored.size, stored.sha256
    return export


def _name(plan: Plan, unit_name: str | None, day: date) -> str:
    said = [_slug(plan.title)[:_TITLE_LETTERS].rstrip("-"), *([_slug(unit_name)] if unit_name else []), f"{day:%Y%m%d}"]
    return f"bao-cao-{'-'.join(said)}.xlsx"


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
