"""How recommendations and what became of them are called."""

from flask_babel import lazy_gettext as _l

from app.inspections.recommendations.models import Recheck

RECHECK_WORDS = {
    Recheck.REMEDIED: _l("Đã khắc phục"),
    Recheck.PARTLY: _l("Khắc phục một phần"),
    Recheck.NOT_REMEDIED: _l("Chưa khắc phục"),
}
STATE_WORDS = {
    "todo": _l("Chưa khắc phục"),
    "doing": _l("Đang khắc phục"),
    "waiting": _l("Đã khắc phục – chờ xác nhận"),
    "done_in_time": _l("Đã khắc phục đúng hạn"),
    "done_late": _l("Đã khắc phục quá hạn"),
    "dropped": _l("Không khắc phục được"),
    "late": _l("Quá hạn, chưa khắc phục"),
}
