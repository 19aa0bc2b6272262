"""One visit: its day, its contents and what is said of the whole, its way to the signed biên bản, its files."""

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import Refused
from app.core.policy import Permission, require
from app.files.downloads import hand_out, outgoing
from app.files.store import installed_store
from app.inspections import queries
from app.inspections.shared import bp, carry_out, file_limit, form_limit, posted_file, sending_key
from app.inspections.visits.models import FileRole, InspectionVisit
from app.inspections.visits.operations import closing, files, visits
from app.inspections.visits.operations.closing import Summed
from app.inspections.visits.operations.files import Sent
from app.inspections.visits.operations.visits import Schedule
from app.inspections.visits.responses import kept_texts, visit_page
from app.web.forms import NONE, choice, line, number, paragraphs, read_day, read_hour
from app.web.front_door import takes_files
from app.web.responses import or_404

Act = Callable[[InspectionVisit, int], None]


def _reasoned(act: Callable[..., None]) -> Act:
    return lambda visit, seen: act(current_user, visit, paragraphs("reason"), seen_version=seen)


def _plain(act: Callable[..., None]) -> Act:
    return lambda visit, seen: act(current_user, visit, seen_version=seen)


_DEEDS: dict[str, tuple[Act, Any]] = {
    "finish": (
        _plain(closing.finish_visit),
        _l("Đã hoàn thành việc ghi. Tiếp theo: lập biên bản, cho đơn vị xem dự thảo."),
    ),
    "show": (_plain(closing.show_draft), _l("Đơn vị xem được dự thảo biên bản từ bây giờ.")),
    "signed": (_plain(closing.note_signed), _l("Đã ghi biên bản đã ký.")),
    "reopen": (_reasoned(closing.reopen_visit), _l("Đã mở lại cuộc kiểm tra.")),
    "cancel": (_reasoned(visits.cancel_visit), _l("Đã bỏ đơn vị khỏi đợt kiểm tra.")),
}


@bp.get("/visits/<int:visit_id>", endpoint="visit")
def show_visit(visit_id: int) -> Any:
    return visit_page(visit_id, NONE)


@bp.post("/visits/<int:visit_id>/schedule", endpoint="schedule")
def schedule(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))

    def deed() -> str:
        said = Schedule(read_day("visit_on"), read_hour("visit_time"), read_hour("visit_until"), line("place"))
        warned = visits.schedule_visit(current_user, visit, said, seen_version=number("version"))
        return " ".join([_("Đã lưu lịch kiểm tra."), *map(str, warned)])

    return _carry_out(visit_id, "schedule", deed)


@bp.post("/visits/<int:visit_id>/state", endpoint="visit_state")
def change_state(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))
    name, seen = request.form.get("deed", ""), number("version")

    if name not in _DEEDS:
        abort(400)

    def deed() -> str:
        act, told = _DEEDS[name]
        act(visit, seen)
        return str(told)

    return _carry_out(visit_id, name, deed)


@bp.post("/visits/<int:visit_id>/summary", endpoint="sum_up")
def sum_up(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))

    def deed() -> str:
        note = paragraphs("note") if "note" in request.form else None
        closing.sum_up(
            current_user,
            visit,
            _summed(visit),
            note,
            seen_version=number("version"),
            seen=line("seen"),
            client_key=line("client_key"),
        )
        return _("Đã lưu nhận xét chung.")

    def standing() -> dict[str, Any]:
        now = or_404(queries.visit(current_user, visit_id))
        return {"version": now.version, "seen": closing.seen_texts(now)}

    return _carry_out(visit_id, "summary", deed, "nhan-xet", standing)


@bp.post("/visits/<int:visit_id>/files", endpoint="add_file")
@takes_files(form_limit)
def add_file(visit_id: int) -> Any:
    visit = or_404(queries.visit(current_user, visit_id))
    content_id = number("content") or None
    to = _place_of(visit_id, content_id)

    def deed() -> str:
        require(current_user, Permission.VISIT_RECORD, visit)
        incoming = posted_file()
        if incoming is None:
            raise Refused(files.FILE_NEEDED, field="files")
        role = choice(FileRole, request.form.get("role")) or FileRole.DOCUMENT
        sent = Sent(incoming, role, content_id, sending_key())
        files.add_file(current_user, visit, sent, store=installed_store(), limit_bytes=file_limit())
        return _("Đã lưu tệp.")

    return carry_out("files", deed, to, lambda refused: visit_page(visit_id, refused))


@bp.post("/visit-files/<int:file_id>/withdrawal", endpoint="withdraw_file")
def withdraw_file(file_id: int) -> Any:
    file, visit = or_404(queries.visit_file(current_user, file_id))
    visit_id, to = visit.id, _place_of(visit.id, file.content_id)

    def deed() -> str:
        files.withdraw_file(current_user, file, visit)
        return _("Đã đưa tệp ra khỏi cuộc kiểm tra; tệp vẫn được lưu.")

    return carry_out("files", deed, to, lambda refused: visit_page(visit_id, refused))


@bp.get("/visit-files/<int:file_id>", endpoint="visit_file")
def download(file_id: int) -> Any:
    file, visit = or_404(queries.visit_file(current_user, file_id))
    going = outgoing(file)
    files.record_download(current_user, file, visit)
    return hand_out(going)


def _place_of(visit_id: int, content_id: int | None) -> str:
    if content_id is None:
        return url_for("inspections.visit", visit_id=visit_id, _anchor="tep-tin")
    return url_for("inspections.content", visit_id=visit_id, content_id=content_id, _anchor="tep-tin")


def _carry_out(
    visit_id: int, form_of: str, deed: Any, anchor: str | None = None, standing: Callable[[], dict[str, Any]] = dict
) -> Any:
    to = url_for("inspections.visit", visit_id=visit_id, _anchor=anchor)
    return carry_out(form_of, deed, to, lambda refused: visit_page(visit_id, refused), standing)


def _summed(visit: InspectionVisit) -> Summed:
    """What the form says; a text that it does not hold stays as it is (once closed, only number and day are asked)."""
    kept = {name: getattr(visit, name) for name, _text in Summed().texts}
    texts = {name: paragraphs(name) if name in request.form else text for name, text in kept.items()}
    return Summed(**texts, minutes_number=line("minutes_number") or None, minutes_on=read_day("minutes_on"))


bp.app_template_filter("kept_texts")(kept_texts)
bp.app_template_filter("seen_texts")(closing.seen_texts)
