"""How the letters of an inspection are headed and where they go, made of the office's own form of paper."""

from dataclasses import replace

from app.formats.letters.data import LetterHead
from app.formats.letters.words import lowered
from app.formats.paper_head import SignatureBlock

_TEAM = "Đoàn kiểm tra"
_TEAM_SYMBOL = "BB-ĐKT"
_NOTICE_TO = ("- Các đơn vị được kiểm tra;", "- Thành viên Đoàn kiểm tra;")


def symbol(kind: str, office: str) -> str:
    """The symbol after the number: the kind's for the one in the office's form ("BC-UBND" → "KH-UBND")."""
    return f"{kind}-{office.partition('-')[2] or office}"


def of_office(head: LetterHead, kind: str) -> LetterHead:
    """A letter of the office about a round: to those inspected and the team beside its usual receivers."""
    kept = [line for line in head.recipients if "Lưu" not in line][:2]
    filed = next((line for line in head.recipients if "Lưu" in line), "- Lưu: VT.")
    return replace(head, symbol=symbol(kind, head.symbol), recipients=(*kept, *_NOTICE_TO, filed))


def of_team(head: LetterHead, round_name: str, unit: str, place: str) -> LetterHead:
    """The minutes are the team's: its name below the office's, and the place of the visit."""
    name = lowered(round_name).removeprefix("đợt ")
    team = f"Đoàn {name}" if name.startswith("kiểm tra") else _TEAM
    return LetterHead(
        superior_body=head.issuer.upper(),
        issuing_body=(team.upper(),),
        issuer=team,
        symbol=_TEAM_SYMBOL,
        place=place,
        signer=SignatureBlock(()),
        recipients=(f"- {unit};", "- Lưu: hồ sơ Đoàn kiểm tra."),
        sample=head.sample,
    )


def source(address: str) -> str:
    """Where the checklist stands: "mục II.5 Kế hoạch"."""
    return f"mục {address} Kế hoạch" if address else ""
