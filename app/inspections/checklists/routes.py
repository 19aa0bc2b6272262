"""Checklists: read in each of their versions, changed into a new one."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import Refused
from app.core.policy import Permission, can, require
from app.core.vietnamese import clean, clean_line
from app.inspections import queries
from app.inspections.checklists import operations
from app.inspections.checklists.operations import Content, figure_key
from app.inspections.models import Checklist, ChecklistVersion, Figure
from app.inspections.policy import OFFICE_PLANS
from app.inspections.shared import bp
from app.web.flash import tell
from app.web.forms import NONE, Refusal, line, number
from app.web.request_values import queried_number
from app.web.responses import or_404, see_other

_PLACES = 15  # contents that a form may hold
_SPARE = 2  # empty places for new ones


@bp.get("/checklists", endpoint="checklists")
def show_checklists() -> Any:
    require(current_user, Permission.INSPECTIONS)
    require(current_user, Permission.CHECKLIST_EDIT)
    return render_template("inspections/checklists.html", checklists=queries.checklists())


@bp.get("/checklists/<int:checklist_id>", endpoint="checklist")
def show_checklist(checklist_id: int) -> Any:
    return _page(checklist_id, NONE)


@bp.post("/checklists/<int:checklist_id>", endpoint="edit_checklist")
def edit_checklist(checklist_id: int) -> Any:
    checklist = or_404(_seen(checklist_id))

    def deed() -> str:
        name, contents = line("name"), _contents()
        if request.form.get("copy"):
            operations.new_checklist(current_user, name, contents)
            return _("Đã lưu thành bộ nội dung kiểm tra mới.")
        is_new = operations.edit_checklist(current_user, checklist, name, contents, seen_version=number("version"))
        if not is_new:
            return _("Đã lưu; nội dung không thay đổi nên không có bản mới.")
        return " ".join([_("Đã lưu bản mới; các bản trước vẫn được giữ."), *_kept_by(checklist_id)])

    require(current_user, Permission.CHECKLIST_EDIT)
    try:
        told = deed()
    except Refused as refusal:
        return _page(checklist_id, Refusal(refusal, "checklist"))
    tell(told)
    return see_other(url_for("inspections.checklists"))


def _kept_by(checklist_id: int) -> list[str]:
    return [_("Đợt “%(name)s” giữ bản đang dùng.", name=r.name) for r in queries.rounds_with(checklist_id)]


def _page(checklist_id: int, refused: Refusal) -> Response:
    checklist = or_404(_seen(checklist_id))
    version = _chosen(checklist)
    html = render_template(
        "inspections/checklist.html",
        checklist=checklist,
        version=version,
        contents=_padded(_contents() if refused.refusal else operations.contents_of(version)),
        figure_lines=figure_lines,
        rounds=queries.rounds_with(checklist_id),
        why_not=None if can(current_user, Permission.CHECKLIST_EDIT) else OFFICE_PLANS,
        **refused.context,
    )
    return make_response(html, refused.status)


def _seen(checklist_id: int) -> Checklist | None:
    """A checklist, for those who plan inspections or see some round."""
    sees = can(current_user, Permission.CHECKLIST_EDIT) or queries.rounds(current_user)
    return queries.checklist(checklist_id) if sees else None


def _chosen(checklist: Checklist) -> ChecklistVersion:
    asked = queried_number("number")
    return next((v for v in checklist.versions if v.number == asked), checklist.versions[-1])


def _padded(contents: list[Content]) -> list[Content]:
    return [*contents, *(Content("") for _place in range(_SPARE))]


def _contents() -> list[Content]:
    found = (_content(place) for place in range(_PLACES))
    return [content for content in found if content.title]


def _content(place: int) -> Content:
    form = request.form
    return Content(
        title=clean_line(form.get(f"title-{place}", "")),
        wording=clean(form.get(f"wording-{place}", "")),
        address=clean_line(form.get(f"address-{place}", "")),
        is_situation=bool(form.get(f"situation-{place}")),
        takes_rating=bool(form.get(f"rating-{place}")),
        numbers_only=bool(form.get(f"numbers-{place}")),
        figures=tuple(_figure(text) for text in form.get(f"figures-{place}", "").splitlines() if clean_line(text)),
    )


def _figure(text: str) -> Figure:
    """A figure as one writes it: label; unit; and, where it is by sex, a third part that says so."""
    label, _mark, rest = clean_line(text).partition(";")
    unit, _mark, sexes = rest.partition(";")
    return Figure(figure_key(label), label.strip(), unit.strip(), by_sex=bool(sexes.strip()))


def figure_lines(content: Content) -> str:
    """The figures of a content, one a line."""
    lines = (f"{f.label}; {f.unit}" + (_("; nam, nữ") if f.by_sex else "") for f in content.figures)
    return "\n".join(lines)
