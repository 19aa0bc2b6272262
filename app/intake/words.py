"""The words of the intake: kinds, why a piece was not understood, and what people did."""

from flask_babel import lazy_gettext as _l

from app.formats.plan_reader import LeftoverReason
from app.intake.models import StepDeed
from app.plans.models import DueLevel

LEFTOVER_WORDS = {
    LeftoverReason.NO_UNIT.value: _l("không nêu đơn vị thực hiện"),
    LeftoverReason.RECURRING_DATE.value: _l("thời hạn lặp lại, chưa tách thành ngày cụ thể"),
    LeftoverReason.IMPOSSIBLE_DATE.value: _l("ngày không có trên lịch"),
    LeftoverReason.NUMBERING_GAP.value: _l("đánh số mục không liền nhau"),
    LeftoverReason.ANNEX.value: _l("phụ lục sau chữ ký, chưa nhập"),
}
LEVEL_WORDS = {
    DueLevel.UBND: _l("Kế hoạch hoặc văn bản của UBND"),
    DueLevel.OFFICE: _l("Cơ quan thường trực đề nghị"),
}
STEP_WORDS = {
    StepDeed.EDITED: _l("sửa nhiệm vụ"),
    StepDeed.SPLIT: _l("tách nhiệm vụ"),
    StepDeed.MERGED: _l("gộp nhiệm vụ"),
    StepDeed.EXCLUDED: _l("không đưa lên bảng"),
    StepDeed.INCLUDED: _l("đưa lại vào bản nhập"),
    StepDeed.ADDED: _l("thêm nhiệm vụ"),
    StepDeed.DEALT: _l("đã xem điểm chưa nhận ra"),
    StepDeed.NAMED: _l("xác định tên đơn vị"),
    StepDeed.HEAD: _l("sửa thông tin văn bản"),
    StepDeed.BASE: _l("coi là kế hoạch mới"),
    StepDeed.UNDONE: _l("hoàn tác"),
    StepDeed.ADOPTED: _l("đưa kế hoạch lên bảng"),
}
