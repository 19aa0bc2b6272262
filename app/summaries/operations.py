"""A workbook is made for somebody, kept as it was given out, and given out again."""

import io
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.actor import Actor
from app.core.change import change, record
from app.core.errors import Refused
from app.core.long_work import gate
from app.core.policy import Permission, require
from app.core.vietnamese import fold
from app.extensions import db
from app.files.pending import pending
from app.files.store import Storage
from app.organisation.operations import profiles
from app.organisation.profile_defaults import PaperTemplate, Profile, of_unit
from app.organisation.queries import unit
from app.organisation.settings import Settings
from app.plans.models import Plan
from app.summaries.models import Export
from app.summaries.policy import Scope, usual_form
from app.summaries.workbook_process import MadeWorkbook, Order, write

NOT_YET = _l("Ngày chốt số liệu không được sau ngày hôm nay.")
BEFORE_PLAN = _l("Kế hoạch được đưa lên bảng ngày %(day)s; không có số liệu của ngày trước đó.")
WHOSE = _l("Mẫu của đơn vị thực hiện chỉ dùng khi kết xuất một đơn vị.")
NO_SUCH_UNIT = _l("Không có đơn vị số %(n)s.")
NOT_THEIRS = _l("Đơn vị này không thực hiện nhiệm vụ nào của kế hoạch vào ngày chốt số liệu.")
_LIMIT_BYTES = 200_000_000
_TITLE_LETTERS = 60


@dataclass(frozen=True)
class ExportOrder:
    """What a person asks for: one unit or all, at the end of a past day or now, in which form, as an annex or not.

    `site` is the address of this site as the person reaches it, for links.
    """

    unit_id: int | None = None
    as_of: date | None = None
    form: PaperTemplate | None = None  # the usual one
    annex: bool = True
    site: str = ""


def export_workbook(actor: Actor, plan: Plan, asked: ExportOrder, settings: Settings, *, store: Storage) -> Export:
    """Make PL1, PL2, PL5, PL6 and PL7 of `plan` and keep them.

    Raises `Forbidden` where the scope or the form is not the person's, `Refused` for a day or a unit of which there is
    nothing, `Busy` where making takes too long or the machine has long work enough, `StorageFull`.
    """
    day, form = asked.as_of or clock.today(), asked.form or usual_form(actor)
    scope = Scope(plan.id, asked.unit_id, form)
    require(actor, Permission.EXPORT, scope)
    if asked.unit_id is not None and unit(asked.unit_id) is None:
        raise Refused(NO_SUCH_UNIT % {"n": asked.unit_id}, field="unit")
    require(actor, Permission.EXPORT_FORM, scope)
    check_day(plan, day)
    order = _order(plan, asked, day, _profile(form, asked.unit_id), settings)
    with gate.place(actor.id):
        written = write(order)
    if asked.unit_id is not None and written.unit_name is None:
        raise Refused(NOT_THEIRS, field="unit")
    export = _described(actor, plan, asked, day, written)
    export.profile = form.words
    stored = store.put(io.BytesIO(written.data), _LIMIT_BYTES)
    export.storage_key, export.size, export.sha256 = stored.key, stored.size, stored.sha256
    with pending(store, stored.key) as file, change(actor, Permission.EXPORT, scope):
        db.session.add(export)
        file.placed()
    return export


def record_download(actor: Actor, export: Export) -> None:
    """Log that an export is handed out again. Raises `Forbidden` where its scope is not the person's."""
    record(actor, Permission.EXPORT, export, {"unit_id": export.unit_id, "sha256": export.sha256})


def check_day(plan: Plan, day: date) -> None:
    """Raise `Refused` for a day of which there are no figures: one to come, one before the plan was on the board."""
    if day > clock.today():
        raise Refused(NOT_YET, field="as_of")
    if day < plan.adopted_on:
        raise Refused(BEFORE_PLAN % {"day": f"{plan.adopted_on:%d/%m/%Y}"}, field="as_of")


def _order(plan: Plan, asked: ExportOrder, day: date, profile: Profile, settings: Settings) -> Order:
    moment = clock.now()
    return Order(
        database_url=db.engine.url.render_as_string(hide_password=False),
        plan_id=plan.id,
        unit_id=asked.unit_id,
        day=day,
        today=clock.today(),
        now=clock.on_day(clock.today(), moment),
        made_at=moment,
        settings=settings,
        profile=profile,
        annex=asked.annex,
        site=asked.site,
        sample=clock.pretended() is not None,
    )


def _described(actor: Actor, plan: Plan, asked: ExportOrder, day: date, written: MadeWorkbook) -> Export:
    return Export(
        plan_id=plan.id,
        unit_id=asked.unit_id,
        unit_name=written.unit_name,
        as_of=day,
        annex=asked.annex,
        duties=written.duties,
        done=written.done,
        late=written.late,
        pages=" ".join(map(str, written.pages)),
        name=_name(plan, written.unit_name, day),
        made_by_id=actor.id,
        made_by_name=actor.name,
        made_on=clock.today(),
        made_at=clock.now(),
    )


def _profile(form: PaperTemplate, unit_id: int | None) -> Profile:
    if form is not PaperTemplate.UNIT:
        return profiles.load(form)
    found = unit(unit_id) if unit_id is not None else None
    if found is None:
        raise Refused(WHOSE, field="form")
    return of_unit(found)


def _name(plan: Plan, unit_name: str | None, day: date) -> str:
    said = [_slug(plan.title)[:_TITLE_LETTERS].rstrip("-"), *([_slug(unit_name)] if unit_name else []), f"{day:%Y%m%d}"]
    return f"bao-cao-{'-'.join(said)}.xlsx"


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
