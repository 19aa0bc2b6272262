"""The forms of this office's papers as they are until the office changes them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from app.organisation import settings
from app.organisation.models import Unit, UnitKind
from app.organisation.queries import coordinating_unit
from app.organisation.settings import Settings

N_: Callable[[str], str] = str  # marks a name for translation where it is shown


class PaperTemplate(StrEnum):
    """Who signs, who receives."""

    CITY = "city"
    PROVINCE = "province"
    UNIT = "unit"  # the unit whose duties are told signs for itself

    @property
    def words(self) -> str:
        """What people call it, in the language of the papers."""
        return _WORDS[self]


_WORDS = {
    PaperTemplate.CITY: N_("UBND thành phố"),
    PaperTemplate.PROVINCE: N_("Cấp tỉnh"),
    PaperTemplate.UNIT: N_("Đơn vị thực hiện"),
}
OFFICE_FORMS = (PaperTemplate.CITY, PaperTemplate.PROVINCE)
"""The forms that the office sets; that of a unit follows from the unit."""
ABOUT = {
    PaperTemplate.CITY: _l("Ủy ban nhân dân ký; gửi các cơ quan, đơn vị của thành phố"),
    PaperTemplate.PROVINCE: _l("Cơ quan thường trực ký; gửi cơ quan cấp tỉnh"),
    PaperTemplate.UNIT: _l("Đơn vị ký; gửi UBND và cơ quan thường trực"),
}


@dataclass(frozen=True)
class Profile:
    """One form of paper. `issuing_body`, `signer` and `recipients` may have several lines."""

    superior_body: str
    issuing_body: str
    issuer: str  # the same body as a sentence names it
    symbol: str  # what follows the number: BC-UBND
    place: str
    signer: str
    signer_name: str = ""
    recipients: str = ""
    version: int = 0  # 0: nobody has changed it yet


def default(form: PaperTemplate) -> Profile:
    """The profile of `form` made of the settings and the coordinating office."""
    said, unit = settings.load(), coordinating_unit()
    if form is PaperTemplate.CITY or unit is None:
        return _of_committee(said)
    return _of_office(said, unit)


def _of_committee(said: Settings) -> Profile:
    """The committee itself has no superior body over its name (Nghị định 30/2020/NĐ-CP)."""
    return Profile(
        superior_body="",
        issuing_body="\n".join(_body(said.office)),
        issuer=said.office,
        symbol="BC-UBND",
        place=said.place,
        signer="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        recipients=_recipients(f"{said.superior_body} (b/c)", "CT, các PCT UBND Thành phố", "Các cơ quan, đơn vị",
                               "UBND các phường, xã"),
    )  # fmt: skip


def _of_office(said: Settings, unit: Unit) -> Profile:
    bare = unit.name.removeprefix("Phòng ")
    return Profile(
        superior_body=said.office.upper(),
        issuing_body=unit.name.upper(),
        issuer=unit.name,
        symbol=f"BC-{unit.short_name.removeprefix('Phòng ')}",
        place=said.place,
        signer="TRƯỞNG PHÒNG" if bare != unit.name else "THỦ TRƯỞNG",
        recipients=_recipients(f"Sở {bare} (b/c)", "Ban VSTBCPN Tỉnh (b/c)", f"{said.office} (b/c)"),
    )


def of_unit(unit: Unit) -> Profile:
    """How `unit` heads and signs its own tables."""
    said, office = settings.load(), coordinating_unit()
    received = _recipients(f"{said.office} (b/c)", *([f"{office.name} (tổng hợp)"] if office else []))
    if unit.kind.is_local:
        body = _body(unit.name)
        place = unit.name.removeprefix("UBND ").removeprefix("phường ").removeprefix("xã ")
        signer = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
        return Profile("", "\n".join(body), unit.name, "BC-UBND", place, signer, recipients=received)
    superior = "" if unit.kind is UnitKind.BODY else said.office.upper()
    return replace(_of_office(said, unit), superior_body=superior, recipients=received)


def _body(name: str) -> list[str]:
    """The issuing body in capitals as it is printed: the words for the committee on a line of their own."""
    full = name.replace("UBND", "Ủy ban nhân dân", 1).upper()
    mark = "ỦY BAN NHÂN DÂN "
    return [mark.strip(), full.removeprefix(mark)] if full.startswith(mark) else [full]


def _recipients(*names: str) -> str:
    return "\n".join([*(f"- {name};" for name in names), "- Lưu: VT."])
