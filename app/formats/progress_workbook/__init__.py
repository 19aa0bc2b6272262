"""The workbook of a plan's progress.

PL1 Tiến độ thực hiện nhiệm vụ, PL2 Tổng hợp theo đơn vị, PL5 Kiểm tra, kiến nghị, PL6 Danh mục minh chứng, PL7 Quá
hạn, chưa báo cáo. The sheets keep the numbers of the office's forms; on paper the annexes are numbered in the order in
which they stand.

This package's own names are plain data; :mod:`making` writes them and loads what writes workbooks.
"""

from app.formats.paper_head import PaperHead, SignatureBlock
from app.formats.progress_workbook.content import (
    NO_DEADLINE,
    Counted,
    DutyRow,
    DutySection,
    Progress,
    UnitRow,
    UnitRows,
)
from app.formats.progress_workbook.lists import DocumentRow, DocumentSection, LateRow, Outstanding
from app.formats.progress_workbook.remedies import InspectionSection, RecommendationRow, RemedyState

__all__ = [
    "NO_DEADLINE",
    "Counted",
    "DocumentRow",
    "DocumentSection",
    "DutyRow",
    "DutySection",
    "InspectionSection",
    "LateRow",
    "Outstanding",
    "PaperHead",
    "Progress",
    "RecommendationRow",
    "RemedyState",
    "SignatureBlock",
    "UnitRow",
    "UnitRows",
]
