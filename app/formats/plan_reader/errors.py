"""Why a file could not be read as a plan: one kind of refusal, each with the sentence people see."""

from collections.abc import Callable
from enum import StrEnum

N_: Callable[[str], str] = str  # marks a sentence for translation where it is shown; this package knows no language


class Problem(StrEnum):
    """What is wrong with the file, for whoever must react to it in code."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    OLD_WORD = "old_word"
    UNKNOWN_KIND = "unknown_kind"
    SCANNED = "scanned"
    DAMAGED = "damaged"
    NOT_A_PLAN = "not_a_plan"


SENTENCES: dict[Problem, str] = {
    Problem.EMPTY: N_("Tệp trống. Hãy chọn lại tệp kế hoạch."),
    Problem.TOO_LARGE: N_(
        "Tệp quá lớn để nhập kế hoạch. Hãy bỏ bớt hình ảnh, phụ lục hoặc lưu phần nội dung chữ thành một tệp riêng."
    ),
    Problem.ENCRYPTED: N_("Tệp đang được bảo vệ bằng mật khẩu. Hãy gỡ mật khẩu rồi nhập lại."),
    Problem.OLD_WORD: N_(
        "Tệp Word kiểu cũ (.doc) không nhập được. Hãy mở bằng Word, lưu lại thành .docx rồi nhập lại."
    ),
    Problem.UNKNOWN_KIND: N_(
        "Loại tệp này không nhập được. Hãy dùng tệp .docx, .txt hoặc .pdf có nội dung chữ của kế hoạch."
    ),
    Problem.SCANNED: N_(
        "Tệp PDF là bản chụp, không có lớp chữ. Hãy dùng tệp Word của kế hoạch hoặc bản PDF xuất từ Word."
    ),
    Problem.DAMAGED: N_("Tệp bị hỏng, không mở được. Hãy mở thử trên máy tính, lưu lại rồi nhập lại."),
    Problem.NOT_A_PLAN: N_(
        "Không thấy kế hoạch trong tệp: cần có tên loại “KẾ HOẠCH” và các mục được đánh số. "
        "Hãy kiểm tra lại tệp đã chọn; văn bản dùng phông chữ cũ (TCVN3, VNI) cần chuyển sang Unicode trước."
    ),
}


class Unreadable(Exception):
    """The file cannot be read as a plan. `sentence` says what is wrong and what to do, in Vietnamese."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sentence = SENTENCES[problem]
        super().__init__(self.sentence)
