"""Names of units in the plan's text: found, parted from one another and cleaned."""

import re
from collections.abc import Mapping

from app.core.vietnamese import fold
from app.formats.plan_reader.lines import collapse
from app.formats.plan_reader.model import EVERY_WARD, ReadUnit

_UNIT = (
    r"(?:(?:Các|các)\s+(?:[Ss]ở|[Pp]hòng|[Bb]an|[Nn]gành|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]oàn thể|[Tt]rung tâm|[Tt]ổ chức"
    r"|[Hh]ội|[Tt]rường|[Dd]oanh nghiệp|xã|phường|địa phương)"
    r"|Sở|Phòng(?!,|\s+(?:ngừa|chống))|Ban(?!\s+hành)|Bộ(?!\s+(?:máy|phận|tiêu|luật|Luật))|UBND"
    r"|Trung tâm|[UỦ][ỷy] ban|UBMTTQ|Mặt trận|Đài|Cổng|Hội(?!\s+(?:nghị|viên|thảo))|Hiệp hội|Liên minh|Liên đoàn"
    r"|Đoàn(?!\s+(?:kết|viên))|(?:Thành|Tỉnh|Huyện|Quận|Thị) [đĐ]oàn|(?:Thành|Tỉnh|Huyện) [ủỦ]y|Công an"
    r"|Văn phòng|Thanh tra(?!,|\s+kiểm)|Trường(?!\s+hợp)|Bệnh viện|Chi cục|Cục|Kho bạc|Bảo hiểm xã hội|T[òo][àa] án"
    r"|Viện|Báo(?!\s+cáo)|Hạt|Đội(?!\s+ngũ)|Trạm|Ngân hàng|Thủ trưởng|Thường trực|Công ty)(?!\w)"
)
_STARTS = re.compile(_UNIT)
_BETWEEN = re.compile(rf"\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+)(?={_UNIT})")
_GENERAL_TAIL = re.compile(r"^(?:các|Các)\s+(?:cơ quan|đơn vị|tổ chức|địa phương)\b")
_REQUEST = re.compile(r"^Đề nghị\s*:?\s*", re.IGNORECASE)
_ASKING = re.compile(r"^(?:Đề nghị|Giao(?: cho)?|Yêu cầu|Trách nhiệm của)\s*:?\s+", re.IGNORECASE)
_LEVEL = re.compile(r"\s+(?:Thành phố|TP\.?|Tỉnh|Huyện|Quận|Thị xã)$", re.IGNORECASE)
_OWN_OFFICE = re.compile(
    r"(?:Phòng|Sở|Trung tâm|Đài|Cổng|Ban|Văn phòng|Chi cục|Thanh tra|Đội|Hạt"
    r"|[Cc]ác (?:[Ss]ở|[Pp]hòng|[Bb]an|[Nn]gành))\b"
)
_WARDS = re.compile(
    r"(?:(?:cac )?(?:ubnd|uy ban nhan dan) )?(?:cac )?"
    r"(?:(?:cap )?(?:phuong|xa|thi tran)(?:\s*[,/]?\s*(?:phuong|xa|thi tran)){0,2})(?: tren dia ban.*)?"
)
_VERBS = (
    "đẩy mạnh|tích cực|triển khai|thực hiện|tuyên truyền|vận động|tham mưu|xây dựng|hướng dẫn|theo dõi|rà soát|kiểm tra"
    "|thẩm định|góp ý|báo cáo|tăng cường|tập trung|chỉ đạo|đôn đốc|lồng ghép|trong việc|để|nhằm|căn cứ|chủ trì|chủ động"
    "|phối hợp|có trách nhiệm|chịu trách nhiệm|tiếp tục|duy trì|cung cấp|bố trí|tổng hợp|tiếp nhận|giám sát|hỗ trợ"
    "|huy động|thống kê|đề xuất|nghiên cứu|ban hành|thường xuyên|kịp thời|quan tâm|nâng cao|phát động|phổ biến|tổ chức"
    "|điều phối|thẩm tra|khảo sát|định hướng|bảo đảm|đảm bảo|trên cơ sở|theo chức năng"
)
_VERB = re.compile(rf"[,;:]?\s+(?:{_VERBS})(?!\w)")
_ORGANISATIONS = re.compile(r"[,;]?\s+tổ chức(?=\s+(?:xã hội|chính trị|đoàn thể|có liên quan|liên quan)|[,;.:]|$)")
_WITH = re.compile(r"[Pp]hối hợp(?: chặt chẽ| thường xuyên)?(?:\s+(?:với|cùng))?\s+(?=" + _UNIT + ")")
_LONGEST_NAME = 160
_LONGEST_LIST = 400


def is_request(heading: str) -> bool:
    """Whether a heading asks ("Đề nghị …") instead of ordering."""
    return bool(_REQUEST.match(heading))


class UnitReader:
    """Reads unit names, under the official names that `aliases` (written or folded → official) gives."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._official = {fold(written): name for written, name in aliases.items()}

    def in_heading(self, heading: str) -> tuple[ReadUnit, ...]:
        """The units a heading consists of; none when it is not a list of units."""
        names = _ASKING.sub("", collapse(heading)).rstrip(" :.;")
        if len(names) > _LONGEST_NAME or not self._starts(names) or self._verb(names):
            return ()
        return self._each(names)

    def in_list(self, cell: str) -> tuple[ReadUnit, ...]:
        """The units in a cell of a table, one after the other."""
        names = collapse(cell).strip(" :.;")
        return self._each(names) if self._starts(names) else ()

    def at_start(self, sentence: str) -> tuple[ReadUnit, ...]:
        """The units a sentence opens with, before its verb: "Sở Y tế chủ trì …"."""
        text = _ASKING.sub("", collapse(sentence))
        verb = self._verb(text)
        if verb is None or verb > _LONGEST_NAME or not self._starts(text):
            return ()
        return self._each(text[:verb].rstrip(" ,:;"))

    def named_with(self, sentence: str) -> tuple[ReadUnit, ...]:
        """The units a sentence names after "phối hợp với"; general ones ("các ban, ngành") are not units."""
        found: list[ReadUnit] = []
        for opening in _WITH.finditer(sentence):
            rest = sentence[opening.end() :][:_LONGEST_LIST]
            end = min(end for end in (self._verb(rest), _sentence_end(rest), len(rest)) if end is not None)
            names = self._each(rest[:end].rstrip(" ,:;"))
            found += [name for name in names if not name.written.lower().startswith("các ") and name not in found]
        return tuple(found)

    def clean(self, written: str) -> ReadUnit:
        """`written` with its official name: an alias if known, else without the level and with plain dashes."""
        name = collapse(written).strip(" .,:;")
        if _WARDS.fullmatch(fold(name)):
            return ReadUnit(name, EVERY_WARD)
        short = _LEVEL.sub("", name) if _OWN_OFFICE.match(name) else name
        known = self._official.get(fold(name)) or self._official.get(fold(short))
        return ReadUnit(name, known or re.sub(r"\s*[-–—]\s*", " – ", short))

    def _starts(self, text: str) -> bool:
        return bool(_STARTS.match(text) or _WARDS.fullmatch(fold(text)) or fold(text) in self._official)

    def _each(self, names: str) -> tuple[ReadUnit, ...]:
        if fold(names) in self._official:
            return (self.clean(names),)
        pieces = [piece for piece in _BETWEEN.split(names) if piece.strip()]
        kept = [piece for i, piece in enumerate(pieces) if i == 0 or not _GENERAL_TAIL.match(piece)]
        return tuple(dict.fromkeys(self.clean(piece) for piece in kept))

    @staticmethod
    def _verb(text: str) -> int | None:
        """Where the first verb of `text` stands, past the names before it."""
        for found in _VERB.finditer(text):
            if not _ORGANISATIONS.match(text, found.start()):
                return found.start()
        return None


def _sentence_end(text: str) -> int | None:
    found = re.search(r"[.;:](?:\s|$)", text)
    return found.start() if found else None
