"""Submitted values with their labels, for answers that have no form to show them in."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.core.days import PICKED

LABELS = {
    "reason": _l("Nội dung đã nhập"),
    "day": _l("Ngày đã nhập"),
    "note": _l("Nội dung đã nhập"),
    "remark": _l("Nhận xét"),
    "shortcoming": _l("Tồn tại, hạn chế"),
    "demand": _l("Yêu cầu, kiến nghị khắc phục"),
    "documents_seen": _l("Hồ sơ đã kiểm tra"),
    "empty_reason": _l("Lý do không có nội dung"),
    "document_number": _l("Số, ký hiệu văn bản"),
    "document_on": _l("Ngày văn bản"),
    "number": _l("Số, ký hiệu"),
    "issued_on": _l("Ngày văn bản"),
    "summary": _l("Trích yếu"),
    "title": _l("Trích yếu"),
    "sent_on": _l("Ngày gửi"),
    "happened_on": _l("Ngày diễn ra"),
    "due_on": _l("Thời hạn"),
    "due_basis": _l("Căn cứ của thời hạn"),
    "signer": _l("Người ký"),
    "link": _l("Mã hoặc đường dẫn trong QLVB"),
    "text": _l("Nội dung đã nhập"),
    "wording": _l("Nội dung nhiệm vụ"),
    "product": _l("Sản phẩm"),
    "name": _l("Tên"),
    "username": _l("Tên đăng nhập"),
}
OTHER = _l("Nội dung đã nhập")
CARRIED = frozenset(
    {
        "all", "client_key", "clause", "copy", "csrf_token", "deed", "document", "document_key", "go", "grant",
        "group", "included", "leftover", "next", "outcome", "page_of", "plan", "remove", "restore", "review",
        "seen", "shipped", "show", "spread", "state", "stay", "step", "suggested", "target", "target_id", "to",
        "version", "visit", "kept",
    }
)  # fmt: skip
"""Fields that a page puts into its forms by itself, and buttons with a name."""
CHOSEN = frozenset(
    {
        "after", "alone", "answer", "authority", "checklist", "content", "content_id", "contents",
        "coordinating", "due_level", "duty", "evidence", "form", "heir", "holder", "is_request", "kind",
        "language", "lead", "leader_confirms", "level", "numbers", "period", "person", "rating", "result",
        "role", "restricted", "situation", "source", "staff_may_send", "status", "successor", "theme",
        "timeliness", "unit", "unit_id", "unit_kind", "units", "coordinating_name", "lead_name",
    }
)  # fmt: skip
"""Fields in which one chooses; what they hold is a code that nobody reads."""
_UNSAID = frozenset({"csrf_token", "page_of", "kept"})
SECRET = frozenset({"password", "password_again", "now", "code"})
"""Fields that are never shown or kept."""


def base(name: str) -> str:
    """The name of a field without what tells it from its like: text-12 → text, 3-women-male → 3."""
    return name.removesuffix(PICKED).partition("-")[0]


def fields(form: Any) -> list[tuple[str, str]]:
    """Everything that a form says, in its order, but its token and its secrets."""
    return [(name, value) for name, value in _pairs(form) if base(name) not in SECRET | _UNSAID]


def is_typed(name: str) -> bool:
    """Whether a field of this name holds what a person typed."""
    return base(name) not in CARRIED | CHOSEN | SECRET


def label(name: str) -> Any:
    """The words beside a field of this name."""
    return LABELS.get(base(name), OTHER)


def typed(form: Any) -> list[tuple[Any, str]]:
    """Pairs of label and value for what was entered; what a page put into its form by itself is left out."""
    return [(label(name), value) for name, value in _pairs(form) if value.strip() and is_typed(name)]


def _pairs(form: Any) -> Iterable[tuple[str, str]]:
    return list(form.items(multi=True) if isinstance(form, MultiDict) else form.items())
