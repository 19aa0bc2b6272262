"""The form of a line: what was posted becomes `LineInput`, or a refusal with its field."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.days import PAST, about, read_day
from app.core.errors import Refused
from app.core.numbers import row_id, whole
from app.core.vietnamese import clean_line
from app.incidents.operations import AUTHORITY_NEEDED, CASES_WRONG, MOST_CASES, LineInput

DAY_WRONG = _l("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 14/05/2024.")


def read(form: Mapping[str, str]) -> LineInput:
    """The fields period_from, period_to, cases, document_number, document_on, authority. Raises `Refused`."""
    cases = whole(form.get("cases"), most=MOST_CASES)
    if cases is None:
        raise Refused(CASES_WRONG % {"most": MOST_CASES}, field="cases")
    authority = row_id(form.get("authority"))
    if authority is None:
        raise Refused(AUTHORITY_NEEDED, field="authority")
    return LineInput(
        period_from=_day(form, "period_from"),
        period_to=_day(form, "period_to"),
        cases=cases,
        document_number=clean_line(form.get("document_number", "")),
        document_on=_day(form, "document_on"),
        authority_id=authority,
    )


def _day(form: Mapping[str, str], name: str) -> date:
    found = read_day(form, name, about(name, side=PAST))
    if found is None:
        raise Refused(DAY_WRONG, field=name)
    return found
