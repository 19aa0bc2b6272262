"""The kinds of units, as people read them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.organisation.models import UnitKind

UNIT_KIND_WORDS: dict[UnitKind, Any] = {
    UnitKind.COMMITTEE: _l("UBND, Ban"),
    UnitKind.DEPARTMENT: _l("Phòng, cơ quan chuyên môn"),
    UnitKind.SERVICE: _l("Đơn vị sự nghiệp"),
    UnitKind.BODY: _l("Mặt trận, đoàn thể"),
    UnitKind.WARD: _l("Phường"),
    UnitKind.COMMUNE: _l("Xã"),
}
