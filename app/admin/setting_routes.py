"""Settings: what an office may set, and who changed what and when."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.queries.sessions import names_of
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.organisation import settings
from app.organisation.operations import settings as setting_changes
from app.web.flash import tell
from app.web.forms import errors_of, number
from app.web.responses import see_other

bp = Blueprint("settings", __name__)
LABELS: dict[str, tuple[Any, Any]] = {
    "office": (_l("Cơ quan"), _l("Tên ở đầu mỗi trang và trên văn bản, ví dụ UBND thành phố.")),
    "superior_body": (_l("Cơ quan cấp trên trực tiếp"), _l("In ở đầu văn bản, phía trên tên cơ quan.")),
    "place": (_l("Địa danh"), _l("In trước ngày tháng của văn bản.")),
    "soon_days": (_l("Sắp đến hạn khi còn (ngày)"), _l("Từ 1 đến 60 ngày; trong báo cáo vẫn là trong hạn.")),
    "due_day_counts": (
        _l("“Trước ngày” có kể cả ngày đó"),
        _l("Kế hoạch ghi “trước ngày 15/5”: nếu kể cả, hạn cuối là hết ngày 15/5; nếu không, hết ngày 14/5."),
    ),
    "max_file_mb": (_l("Dung lượng lớn nhất của một minh chứng (MB)"), _l("Từ 1 đến 500.")),
    "max_plan_mb": (_l("Dung lượng lớn nhất của tệp kế hoạch (MB)"), _l("Từ 1 đến 100.")),
    "unit_quota_mb": (
        _l("Hạn mức lưu trữ tệp của mỗi đơn vị (MB)"),
        _l("Tính các tệp minh chứng trên nhiệm vụ của đơn vị; để trống hoặc 0 là không giới hạn."),
    ),
}


@bp.get("/settings", endpoint="show")
def show_settings() -> Any:
    return _page()


@bp.post("/settings", endpoint="change")
def change_settings() -> Any:
    try:
        changed = setting_changes.change_settings(current_user, request.form, seen_version=number("version"))
    except Refused as refusal:
        return _page(refusal)
    if changed:
        tell(ngettext("Đã đổi %(num)s thiết đặt.", "Đã đổi %(num)s thiết đặt.", changed))
    else:
        tell(_("Không có gì thay đổi."), tone="info", icon="info")
    return see_other(url_for("settings.show"))


def _page(refusal: Refused | None = None) -> Response:
    require(current_user, Permission.SETTINGS_MANAGE)
    in_force, past = setting_changes.kept(settings.load()), setting_changes.history()
    names = names_of({change.actor_id for change in past})
    html = render_template(
        "admin/settings.html",
        version=setting_changes.version(),
        typed=request.form if refusal else in_force,
        in_force=in_force,
        labels=LABELS,
        limits=setting_changes.LIMITS,
        optional=setting_changes.BLANK_IS_ZERO,
        history=[(change, _label(change.key), names.get(change.actor_id)) for change in past],
        listed=setting_changes.LISTS,
        refusal=refusal,
        errors=errors_of(refusal),
    )
    return make_response(html, refusal.status if refusal else 200)


def _label(key: str) -> Any:
    return _("Danh mục chữ viết tắt") if key == "abbreviations" else LABELS.get(key, (key, ""))[0]
