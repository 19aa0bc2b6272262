"""What the tables of one export say of themselves: whose they are, of which day, what they go with."""

from datetime import datetime

from app.formats.progress_workbook import PaperHead, SignatureBlock
from app.organisation.profile_defaults import Profile
from app.plans.models import Plan
from app.summaries.workbook_process import Order

_BLANK = " " * 7  # left for văn thư to fill in


def head(plan: Plan, order: Order, unit: str) -> PaperHead:
    """The head of every table, which tells of the order's day at its end or, on the present day, of the moment itself.

    `unit` names the unit that they cover, if they cover but one.
    """
    profile, past = order.profile, order.day < order.today
    day_at = datetime.combine(order.day, order.now.timetz())
    return PaperHead(
        issuing_body=tuple(profile.issuing_body.split("\n")),
        superior_body=profile.superior_body or None,
        subject=plan.title,
        scope=f"Đơn vị thực hiện: {unit}" if unit else "",
        as_of=day_at,
        known_until=order.now if past else None,
        sample=order.sample,
        annex=order.annex,
        accompanies=_accompanies(profile, day_at.year),
        symbol=profile.symbol,
        place=profile.place,
        signer=SignatureBlock(tuple(profile.signer.split("\n")), profile.signer_name),
        recipients=tuple(profile.recipients.split("\n")),
    )


def _accompanies(profile: Profile, year: int) -> str:
    number = f"Báo cáo số {_BLANK}/{profile.symbol}"
    return f"{number} ngày {_BLANK} tháng {_BLANK} năm {year} của {profile.issuer}"
