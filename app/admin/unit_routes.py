"""The list of units: by kind in the official order, each with what happens to it. None is ever deleted."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.operations import office_role
from app.cards.operations.unit_closing import close_unit, open_duties, reopen_unit
from app.cards.operations.unit_merging import merge_unit
from app.core import clock
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.evidence.queries import bytes_of
from app.inspections import queries as inspections
from app.inspections import words as visit_words
from app.organisation import queries, settings
from app.organisation.models import Unit, UnitKind
from app.organisation.operations import lifecycle
from app.organisation.operations.lifecycle import UnitNaming
from app.organisation.words import UNIT_KIND_WORDS
from app.web.flash import tell
from app.web.forms import NONE, Refusal, carry_out, number, read_day
from app.web.responses import or_404, see_other

bp = Blueprint("units", __name__)


@bp.get("/units", endpoint="index")
def show_units() -> Any:
    require(current_user, Permission.UNIT_MANAGE)
    today, everything = clock.today(), queries.all_units()
    standing = [unit for unit in everything if unit.valid_to is None or unit.valid_to >= today]
    return render_template(
        "admin/units/index.html",
        parts=[(kind, words, [u for u in standing if u.kind is kind]) for kind, words in UNIT_KIND_WORDS.items()],
        closed=[unit for unit in everything if unit not in standing],
        count=len(standing),
        kind_words=UNIT_KIND_WORDS,
        today=today,
    )


@bp.get("/units/new", endpoint="new")
def new_unit() -> Any:
    return _new_page()


@bp.post("/units", endpoint="add")
def add_unit() -> Any:
    form = request.form
    try:
        kind = _kind()
        names, first = UnitNaming(form.get("name", ""), form.get("short_name", "")), read_day("first")
        unit = lifecycle.add_unit(current_user, kind, names, first=first, after_id=number("after"))
    except Refused as refusal:
        return _new_page(refusal)
    tell(_("Đã thêm đơn vị."))
    return see_other(url_for("units.show", unit_id=unit.id))


@bp.post("/units/list", endpoint="add_list")
def add_units() -> Any:
    try:
        made = lifecycle.add_units(current_user, _kind(), request.form.get("names", ""), first=read_day("first"))
    except Refused as refusal:
        return _new_page(refusal, "list")
    tell(ngettext("Đã thêm %(num)s đơn vị.", "Đã thêm %(num)s đơn vị.", len(made)))
    return see_other(url_for("units.index"))


@bp.get("/units/office", endpoint="office")
def show_office() -> Any:
    return _office_page()


@bp.post("/units/office", endpoint="move_office")
def move_office() -> Any:
    require(current_user, Permission.SETTINGS_MANAGE)
    try:
        office = office_role.move_office(current_user, number("unit"))
    except Refused as refusal:
        return _office_page(refusal)
    tell(_("%(unit)s nay là cơ quan thường trực.", unit=office.name))
    return see_other(url_for("units.show", unit_id=office.id))


@bp.get("/units/<int:unit_id>", endpoint="show")
def show_unit(unit_id: int) -> Any:
    return _page(unit_id)


@bp.post("/units/<int:unit_id>/names", endpoint="rename")
def rename_unit(unit_id: int) -> Any:
    def deed(unit: Unit) -> str:
        form = request.form
        names, decision = UnitNaming(form.get("name", ""), form.get("short_name", "")), form.get("decision", "")
        first, seen = read_day("first"), number("version")
        lifecycle.rename_unit(current_user, unit, names, first=first, decision=decision, seen_version=seen)
        return _("Đã đổi tên đơn vị; tên trước vẫn được lưu và nhận ra trong văn bản.")

    return _carry_out(unit_id, "name", deed)


@bp.post("/units/<int:unit_id>/aliases", endpoint="add_alias")
def add_alias(unit_id: int) -> Any:
    def deed(unit: Unit) -> str:
        lifecycle.add_alias(current_user, unit, request.form.get("alias", ""), seen_version=number("version"))
        return _("Đã thêm cách ghi tên.")

    return _carry_out(unit_id, "alias", deed)


@bp.post("/units/<int:unit_id>/rules", endpoint="set_up")
def set_up(unit_id: int) -> Any:
    def deed(unit: Unit) -> str:
        lifecycle.set_up(
            current_user,
            unit,
            staff_may_send=request.form.get("staff_may_send") == "1",
            leader_confirms=request.form.get("leader_confirms") == "1",
            seen_version=number("version"),
        )
        return _("Đã lưu cách gửi và xác nhận của đơn vị.")

    return _carry_out(unit_id, "rules", deed)


@bp.post("/units/<int:unit_id>/closure", endpoint="close")
def close(unit_id: int) -> Any:
    def deed(unit: Unit) -> str:
        first, decision, seen = read_day("first"), request.form.get("decision", ""), number("version")
        if heir_id := number("heir"):
            cards = merge_unit(current_user, unit, heir_id, first=first, decision=decision, seen_version=seen)
            return ngettext(
                "Đã sáp nhập; %(num)s nhiệm vụ chuyển sang đơn vị nhận.",
                "Đã sáp nhập; %(num)s nhiệm vụ chuyển sang đơn vị nhận.",
                len(cards),
            )
        close_unit(current_user, unit, first=first, decision=decision, seen_version=seen)
        return _("Đã ghi ngày đơn vị ngừng hoạt động.")

    return _carry_out(unit_id, "closure", deed)


@bp.post("/units/<int:unit_id>/reopening", endpoint="reopen")
def reopen(unit_id: int) -> Any:
    def deed(unit: Unit) -> str:
        reopen_unit(current_user, unit, seen_version=number("version"))
        return _("Đã bỏ ngày ngừng hoạt động; các vai trò kết thúc cùng ngày đó có hiệu lực lại.")

    return _carry_out(unit_id, "reopening", deed)


def _carry_out(unit_id: int, form_of: str, deed: Callable[[Unit], str]) -> Any:
    """Do it and go back to the page of the unit; after a refusal the same page with what was typed."""
    unit = or_404(queries.unit(unit_id))
    to = url_for("units.show", unit_id=unit_id)
    return carry_out(form_of, lambda: deed(unit), to, lambda refused: _page(unit_id, refused))


def _page(unit_id: int, refused: Refusal = NONE) -> Response:
    unit = or_404(queries.unit(unit_id))
    require(current_user, Permission.UNIT_MANAGE)
    html = render_template(
        "admin/units/unit.html",
        unit=unit,
        kind=UNIT_KIND_WORDS[unit.kind],
        aliases=queries.aliases(unit_id),
        former=queries.former_names(unit_id),
        open_duties=open_duties(unit_id),
        stored=bytes_of(unit_id),
        quota_mb=settings.load().unit_quota_mb,
        inspected=inspections.visits_to(current_user, [unit_id]),
        visit_words=visit_words,
        heirs=[other for other in queries.units() if other.id != unit_id],
        **refused.context,
    )
    return make_response(html, refused.status)


def _office_page(refusal: Refused | None = None) -> Response:
    require(current_user, Permission.SETTINGS_MANAGE)
    office, others = queries.coordinating_unit(), office_role.candidates()
    refused = Refusal(refusal, "office")
    html = render_template("admin/units/office.html", office=office, others=others, **refused.context)
    return make_response(html, refused.status)


def _kind() -> UnitKind:
    kind = request.form.get("kind", "")
    if kind not in {known.value for known in UnitKind}:
        raise Refused(_("Chọn loại đơn vị."), field="kind")
    return UnitKind(kind)


def _new_page(refusal: Refused | None = None, form_of: str = "new") -> Response:
    require(current_user, Permission.UNIT_MANAGE)
    kinds = [(kind.value, words) for kind, words in UNIT_KIND_WORDS.items()]
    refused = Refusal(refusal, form_of)
    html = render_template("admin/units/new.html", kinds=kinds, units=queries.units(), **refused.context)
    return make_response(html, refused.status)
