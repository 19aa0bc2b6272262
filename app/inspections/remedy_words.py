"""How recommendations and what became of them are called."""

from flask_babel import lazy_gettext as _l

from app.inspections.recommendation_models import Recheck

RECHECK_WORDS = {
    Recheck.REMEDIED: _l("Đã khắc phục"),
    Recheck.PARTLY: _l("Khắc phục một phần"),
    Recheck.NOT_REMEDIED: _l("Chưa khắc phục"),
}
