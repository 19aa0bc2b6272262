"""How kinds of documents and their review are called."""

from flask_babel import lazy_gettext as _l

from app.evidence.models import EvidenceKind, Review

DOCUMENT_KIND_WORDS = {
    EvidenceKind.PLAN: _l("Kế hoạch"),
    EvidenceKind.LETTER: _l("Công văn"),
    EvidenceKind.DECISION: _l("Quyết định"),
    EvidenceKind.REPORT: _l("Báo cáo"),
    EvidenceKind.SUBMISSION: _l("Tờ trình"),
    EvidenceKind.MINUTES: _l("Biên bản"),
    EvidenceKind.NOTICE: _l("Thông báo"),
    EvidenceKind.ROSTER: _l("Danh sách"),
    EvidenceKind.MEDIA: _l("Ảnh/Video"),
    EvidenceKind.ARTICLE: _l("Tin bài/Đường dẫn"),
    EvidenceKind.LEAFLET: _l("Tài liệu tuyên truyền"),
    EvidenceKind.FIGURES: _l("Bảng số liệu"),
    EvidenceKind.OTHER: _l("Khác"),
}
REVIEW_WORDS = {
    Review.UNSEEN: _l("Chưa xem"),
    Review.VALID: _l("Hợp lệ"),
    Review.LACKING: _l("Cần bổ sung"),
}
