"""The kinds of duties of a plan, as people read them."""

from flask_babel import lazy_gettext as _l

from app.plans.models import ActionKind

DUTY_KIND_WORDS = {
    ActionKind.DATED: _l("Có thời hạn"),
    ActionKind.WITHIN_YEAR: _l("Trong năm"),
    ActionKind.STANDING: _l("Thường xuyên"),
}
