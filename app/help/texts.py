"""What the help says to each role: short steps, each with a picture that the browser has taken of the sample."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

PICTURE_SIZE = (960, 540)  # pixels


@dataclass(frozen=True)
class HelpStep:
    """One thing to do: how, in sentences, and the picture (of `app/static/help`) with what it shows."""

    title: Any
    says: tuple[Any, ...]
    picture: str | None = None
    shows: Any = ""


@dataclass(frozen=True)
class Guide:
    """The help for one role. `slug` is its address."""

    slug: str
    title: Any
    intro: Any
    steps: tuple[HelpStep, ...] = field(default_factory=tuple)


_OPEN = HelpStep(
    _l("Xem việc cần làm"),
    (
        _l(
            "Trang đầu liệt kê nhiệm vụ của đơn vị theo thứ tự cần xử lý: bị trả "
            "lại, quá hạn, sắp đến hạn, rồi đến phần còn lại."
        ),
        _l("Mỗi nhiệm vụ có một nút cho bước tiếp theo. Bấm vào nội dung để mở trang nhiệm vụ."),
    ),
    "home",
    _l("Trang đầu với các nhiệm vụ và nút bước tiếp theo"),
)
_EVIDENCE = HelpStep(
    _l("Tải minh chứng lên"),
    (
        _l("Ở trang nhiệm vụ, chọn tệp trong khung Minh chứng; có thể chọn nhiều tệp cùng lúc."),
        _l(
            "Ghi loại văn bản, số, ký hiệu, ngày văn bản và trích yếu một lần cho tất cả. "
            "Không tải lên bí mật nhà nước hoặc hồ sơ cá nhân."
        ),
    ),
    "evidence",
    _l("Khung minh chứng của một nhiệm vụ"),
)

HEAD = Guide(
    "head",
    _l("Thủ trưởng và cấp phó phụ trách"),
    _l("Mỗi tuần vài phút: xem việc của đơn vị, chuyển trạng thái, gửi kết quả, đề nghị gia hạn."),
    (
        _OPEN,
        HelpStep(
            _l("Chuyển trạng thái trên bảng"),
            (
                _l(
                    "Trên bảng, nhiệm vụ của đơn vị mình có viền đậm. Dùng nút bước tiếp "
                    "theo, “Chuyển sang…”, hoặc kéo sang cột khác."
                ),
                _l("Bấm Hoàn tác trong 10 giây nếu nhầm. Nhiệm vụ của đơn vị khác chỉ xem."),
            ),
            "board",
            _l("Bảng nhiệm vụ bốn cột"),
        ),
        HelpStep(
            _l("Gửi kết quả"),
            (
                _l(
                    "Cần ít nhất một minh chứng. Ghi ngày gửi theo văn bản đã ký: "
                    "ngày này quyết định đúng hạn hay quá hạn."
                ),
                _l(
                    "Khi cơ quan thường trực đề nghị bổ sung hoặc trả lại, lý do hiện "
                    "ngay trên nhiệm vụ; bổ sung rồi gửi lại."
                ),
            ),
            "send",
            _l("Biểu mẫu gửi kết quả"),
        ),
        HelpStep(
            _l("Đề nghị gia hạn, phân công, thêm người"),
            (
                _l("Đề nghị gia hạn ở mục Thời hạn của nhiệm vụ; cấp đã định thời hạn quyết định."),
                _l(
                    "Phân công người theo dõi ở trang nhiệm vụ. Thêm, khóa tài khoản "
                    "của người trong đơn vị ở mục Người dùng."
                ),
            ),
        ),
    ),
)
STAFF = Guide(
    "staff",
    _l("Chuyên viên"),
    _l("Hằng ngày: tải văn bản lên một lần, ghi tiến độ, xem minh chứng nào đã hợp lệ."),
    (
        _OPEN,
        _EVIDENCE,
        HelpStep(
            _l("Ghi tiến độ và kết quả theo kỳ"),
            (
                _l("Ghi tiến độ, khó khăn, vướng mắc ở mục Ghi chú của nhiệm vụ."),
                _l("Nhiệm vụ thường xuyên không gửi kết quả: ghi kết quả 6 tháng và cả năm."),
            ),
            "notes",
            _l("Mục ghi chú của một nhiệm vụ"),
        ),
        HelpStep(
            _l("Gửi kết quả kèm văn bản đã ký"),
            (
                _l(
                    "Nơi đơn vị cho phép (mặc định ở phường, xã), chuyên viên gửi được khi văn bản "
                    "đã ký và có số; văn bản đó là sự đồng ý của lãnh đạo."
                ),
                _l("Nơi không cho phép, tải minh chứng lên để lãnh đạo gửi."),
            ),
        ),
    ),
)
OFFICE = Guide(
    "office",
    _l("Cơ quan thường trực"),
    _l("Nhập kế hoạch, theo dõi mọi đơn vị, xem minh chứng, xác nhận, nhắc việc và kết xuất."),
    (
        HelpStep(
            _l("Nhập kế hoạch từ văn bản"),
            (
                _l("Mục Kế hoạch, chọn Nhập kế hoạch từ văn bản: tải tệp .docx, .pdf, .txt hoặc dán nội dung."),
                _l(
                    "So bản nhận ra với bản gốc, sửa, tách, gộp, chọn đơn vị; chỉ khi "
                    "bấm Đưa lên bảng thì các đơn vị mới thấy."
                ),
            ),
            "plans",
            _l("Danh sách kế hoạch"),
        ),
        HelpStep(
            _l("Xác nhận, đề nghị bổ sung, trả lại"),
            (
                _l("Trang đầu có danh sách chờ xác nhận. Mở nhiệm vụ, xem minh chứng rồi xác nhận bằng một lần bấm."),
                _l(
                    "Đề nghị bổ sung giữ nguyên ngày gửi; trả lại (chưa đạt yêu cầu) "
                    "thì ngày gửi bị bỏ. Cả hai cần nêu lý do."
                ),
            ),
            "confirm",
            _l("Nhiệm vụ đang chờ xác nhận"),
        ),
        HelpStep(
            _l("Nhập thay, định thời hạn, nhắc việc"),
            (
                _l(
                    "Nhập kết quả thay đơn vị trên cơ sở văn bản, có số văn bản; đơn "
                    "vị được báo và có thể đề nghị đính chính."
                ),
                _l(
                    "Sao chép nội dung nhắc ở trang đầu để gửi vào nhóm của các đơn "
                    "vị; nội dung không có dữ liệu cá nhân."
                ),
            ),
        ),
        HelpStep(
            _l("Kết xuất bảng tổng hợp"),
            (_l("Mục Kết xuất: chọn kế hoạch, phạm vi và ngày chốt số liệu, tải tệp Excel để trình ký."),),
            "export",
            _l("Trang kết xuất"),
        ),
        HelpStep(
            _l("Danh mục đơn vị"),
            (
                _l(
                    "Mục Đơn vị: thêm đơn vị, đổi tên hoặc ngừng hoạt động từ một ngày theo "
                    "quyết định, thêm cách ghi tên trong văn bản."
                ),
            ),
            "units",
            _l("Danh mục đơn vị"),
        ),
    ),
)
LEADER = Guide(
    "leader",
    _l("Lãnh đạo UBND"),
    _l("Nhìn chung toàn bộ kế hoạch; quyết định tạm dừng, không thực hiện và gia hạn thời hạn của kế hoạch."),
    (
        HelpStep(
            _l("Xem tình hình chung"),
            (
                _l("Trang đầu có số liệu chung; mỗi con số mở ra danh sách của nó."),
                _l(
                    "Trên bảng và danh sách, lọc theo đơn vị, mục kế hoạch, thời hạn. Địa chỉ "
                    "trang giữ nguyên bộ lọc để gửi cho người khác."
                ),
            ),
            "overview",
            _l("Số liệu chung trên trang đầu"),
        ),
        HelpStep(
            _l("Quyết định"),
            (
                _l("Ở trang nhiệm vụ: tạm dừng, không thực hiện, tiếp tục, gia hạn; ghi số văn bản."),
                _l("Cơ quan thường trực có thể nhập thay trên cơ sở văn bản của Lãnh đạo UBND."),
            ),
        ),
        HelpStep(
            _l("Lấy bảng tổng hợp"),
            (_l("Mục Kết xuất cho tệp Excel của toàn kế hoạch hoặc của từng đơn vị."),),
            "export",
            _l("Trang kết xuất"),
        ),
    ),
)
ADMINISTRATOR = Guide(
    "administrator",
    lazy_pgettext("role", "Quản trị"),
    _l("Tài khoản, đơn vị, thiết đặt. Quản trị không mở tệp minh chứng và không kết xuất số liệu."),
    (
        HelpStep(
            _l("Thêm người và giao vai trò"),
            (
                _l(
                    "Mục Người dùng, chọn Thêm người. Hệ thống hiện một mã dùng một lần; "
                    "chuyển trực tiếp cho người đó để tự đặt mật khẩu."
                ),
                _l(
                    "Vai trò có ngày bắt đầu, ngày kết thúc. Người thôi làm việc: bàn giao nhiệm "
                    "vụ, kết thúc vai trò hoặc khóa tài khoản; không xóa ai."
                ),
            ),
            "people",
            _l("Danh sách người dùng theo đơn vị"),
        ),
        HelpStep(
            _l("Khi có người quên mật khẩu"),
            (_l("Mở trang của người đó, bấm Cấp mã dùng một lần. Mật khẩu cũ hết hiệu lực ngay."),),
            "person",
            _l("Trang của một người dùng"),
        ),
        HelpStep(
            _l("Danh mục đơn vị"),
            (
                _l(
                    "Mục Đơn vị: thêm, đổi tên hoặc ngừng hoạt động từ một ngày, theo "
                    "quyết định; định ai được gửi kết quả."
                ),
            ),
            "units",
            _l("Danh mục đơn vị"),
        ),
        HelpStep(
            _l("Thiết đặt"),
            (
                _l(
                    "Tên cơ quan, số ngày sắp đến hạn, cách hiểu “trước ngày”, dung "
                    "lượng tệp; có lịch sử ai đổi và khi nào."
                ),
            ),
            "settings",
            _l("Trang thiết đặt"),
        ),
    ),
)
GUIDES = (HEAD, STAFF, OFFICE, LEADER, ADMINISTRATOR)
