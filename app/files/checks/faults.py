"""What is wrong with an archive or an Office file, in the sentences that people meet."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.formats.zip_guard import BROKEN, BadArchive, Fault

DAMAGED = _l("Tệp bị hỏng hoặc không đầy đủ nên không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên.")
LOCKED = _l("Tệp có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên, để cơ quan thường trực mở được.")
TOO_MUCH = _l("Tệp nén chứa quá nhiều nội dung so với mức cho phép. Hãy giải nén và tải lên từng tệp.")
_SENTENCES = {
    Fault.DAMAGED: DAMAGED,
    Fault.ENTITIES: _l(
        "Tệp khai báo thực thể XML (DOCTYPE) nên không được nhận: Word, Excel, PowerPoint không ghi như vậy."
    ),
    Fault.LOCKED: LOCKED,
    Fault.TOO_MUCH: TOO_MUCH,
    Fault.UNSAFE_PATH: _l("Tệp nén chứa đường dẫn hoặc liên kết không an toàn. Hãy nén lại từ thư mục thường."),
}


@contextmanager
def refusing_faults() -> Iterator[None]:
    """Turn what the guard of archives found into a `Refused` with its sentence."""
    try:
        yield
    except BadArchive as error:
        raise Refused(_SENTENCES[error.fault]) from error


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn also whatever a parser says about hostile bytes into a `Refused`."""
    try:
        with refusing_faults():
            yield
    except BROKEN as error:
        raise Refused(DAMAGED) from error
