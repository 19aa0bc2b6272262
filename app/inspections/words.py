"""The words of inspections, as an office uses them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.inspections.models import InspectionType, MemberDuty, RoundStatus
from app.inspections.visits.models import FileRole, InspectionVisit, Rating, VisitStatus

FORMS: dict[InspectionType, Any] = {
    InspectionType.PLANNED: _l("Kiểm tra định kỳ"),
    InspectionType.SUDDEN: _l("Kiểm tra đột xuất"),
    InspectionType.SELF: _l("Tự kiểm tra"),
}
ROUND_STATUS: dict[RoundStatus, Any] = {
    RoundStatus.DRAFT: _l("Đang chuẩn bị"),
    RoundStatus.RUNNING: _l("Đang kiểm tra"),
    RoundStatus.CONCLUDED: _l("Đã có kết luận"),
    RoundStatus.ARCHIVED: _l("Đã lưu trữ"),
}
ROUND_TONES = {
    RoundStatus.DRAFT: "todo",
    RoundStatus.RUNNING: "doing",
    RoundStatus.CONCLUDED: "done",
    RoundStatus.ARCHIVED: "paused",
}
DUTIES: dict[MemberDuty, Any] = {
    MemberDuty.LEADER: _l("Trưởng đoàn"),
    MemberDuty.SECRETARY: _l("Thư ký"),
    MemberDuty.MEMBER: _l("Thành viên"),
}
VISIT_STATUS: dict[VisitStatus, Any] = {
    VisitStatus.PLANNED: _l("Chưa kiểm tra"),
    VisitStatus.IN_PROGRESS: _l("Đang ghi"),
    VisitStatus.RECORDED: _l("Đã ghi đủ, chờ biên bản"),
    VisitStatus.SIGNED: _l("Đã có biên bản"),
    VisitStatus.CANCELLED: _l("Không kiểm tra"),
}
VISIT_TONES = {
    VisitStatus.PLANNED: "todo",
    VisitStatus.IN_PROGRESS: "doing",
    VisitStatus.RECORDED: "waiting",
    VisitStatus.SIGNED: "done",
    VisitStatus.CANCELLED: "dropped",
}
RATINGS: dict[Rating, Any] = {
    Rating.MET: _l("Đạt"),
    Rating.PARTLY: _l("Đạt một phần"),
    Rating.NOT_MET: _l("Chưa đạt"),
}
RATING_TONES = {Rating.MET: "done", Rating.PARTLY: "soon", Rating.NOT_MET: "late"}
FILE_ROLES: dict[FileRole, Any] = {
    FileRole.PHOTO: _l("Ảnh tại cuộc kiểm tra"),
    FileRole.DOCUMENT: _l("Hồ sơ đơn vị cung cấp"),
    FileRole.MINUTES_TYPED: _l("Biên bản soạn sẵn bằng Word"),
    FileRole.MINUTES_SIGNED: _l("Biên bản đã ký"),
    FileRole.LETTER: _l("Văn bản khác"),
}


def time_words(visit: InspectionVisit) -> str:
    """08:30–11:00, or nothing where no hour is fixed."""
    return "–".join(part for part in (visit.visit_time, visit.visit_until) if part)
