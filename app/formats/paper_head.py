"""What a printed table says of itself, as plain data that needs nothing of what writes files."""

from dataclasses import dataclass
from datetime import date, datetime

SAMPLE_MARK = "DỮ LIỆU GIẢ ĐỊNH"


@dataclass(frozen=True)
class SignatureBlock:
    """Who signs: the lines of the office, such as ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), and the name."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class PaperHead:
    """What every table of one workbook says of itself.

    ``issuing_body`` is in capitals as printed, one line, or two where there is no ``superior_body``.
    ``subject`` names the plan under each title. ``as_of`` is in the office's own time zone. ``sample`` marks
    every page as invented data. ``scope`` says which part of the plan the tables cover, if not all of it. With
    ``known_until`` the tables tell of the end of the day ``as_of``, by what had been entered at that moment.

    ``annex``: the table goes with ``accompanies`` ("Báo cáo số …/BC-LĐTBXH ngày … của …"). Otherwise it is
    signed on its own: ``number`` and ``dated`` stay empty in a draft, ``symbol`` is what follows the number
    ("BC-LĐTBXH"), and ``signer``, ``preparer`` and ``recipients`` stand below the table.
    """

    issuing_body: tuple[str, ...]
    subject: str
    as_of: datetime
    superior_body: str | None = None
    scope: str = ""
    known_until: datetime | None = None
    sample: bool = False
    annex: bool = True
    accompanies: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    dated: date | None = None
    signer: SignatureBlock = SignatureBlock(())
    preparer: SignatureBlock | None = None
    recipients: tuple[str, ...] = ()
