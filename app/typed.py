"""What a person had entered in a form that cannot be shown again, with the words that stood beside it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

LABELS = {
    "reason": _l("Nội dung đã nhập"),
    "day": _l("Ngày đã nhập"),
    "note": _l("Nội dung đã nhập"),
    "document_number": _l("Số, ký hiệu văn bản"),
    "document_on": _l("Ngày văn bản"),
    "number": _l("Số, ký hiệu"),
    "issued_on": _l("Ngày văn bản"),
    "summary": _l("Trích yếu"),
    "sent_on": _l("Ngày gửi"),
    "happened_on": _l("Ngày diễn ra"),
    "link": _l("Mã hoặc đường dẫn trong QLVB"),
    "text": _l("Nội dung kế hoạch"),
    "name": _l("Họ và tên"),
    "username": _l("Tên đăng nhập"),
}


def typed(form: Mapping[str, str]) -> list[tuple[Any, str]]:
    """Pairs of label and value for what was entered; what a page put into its form by itself is left out."""
    return [(label, form[name]) for name, label in LABELS.items() if form.get(name)]
