"""What the tables of one export say of themselves: whose they are, of which day, what they go with."""

from datetime import date, datetime

from app.core import clock
from app.documents.progress_workbook import PaperHead, SignatureBlock
from app.organisation.profile_defaults import Profile
from app.plans.models import Plan

_BLANK = " " * 7  # left for văn thư to fill in


def head(plan: Plan, profile: Profile, day: date, now: datetime, unit: str, *, annex: bool) -> PaperHead:
    """The head of every table, which tells of `day` at its end or, on the present day, `now` (on the office's clock).

    `unit` names the unit that they cover, if they cover but one.
    """
    past = day < now.date()
    day_at = datetime.combine(day, now.timetz()) if past else now
    return PaperHead(
        issuing_body=tuple(profile.issuing_body.split("\n")),
        superior_body=profile.superior_body or None,
        subject=plan.title,
        scope=f"Đơn vị thực hiện: {unit}" if unit else "",
        as_of=day_at,
        known_until=now if past else None,
        sample=clock.pretended() is not None,
        annex=annex,
        accompanies=_accompanies(profile, day_at.year),
        symbol=profile.symbol,
        place=profile.place,
        signer=SignatureBlock(tuple(profile.signer.split("\n")), profile.signer_name),
        recipients=tuple(profile.recipients.split("\n")),
    )


def _accompanies(profile: Profile, year: int) -> str:
    number = f"Báo cáo số {_BLANK}/{profile.symbol}"
    return f"{number} ngày {_BLANK} tháng {_BLANK} năm {year} của {profile.issuer}"
