"""What a request names beside its address: numbers in forms and queries, and the page that it came from.

Whatever stands in a header or a field, reading it here raises nothing: after a write nothing may fail any more.
"""

from urllib.parse import SplitResult, urlsplit

from flask import request
from werkzeug.datastructures import MultiDict

from app.core.numbers import row_id


def posted() -> MultiDict[str, str]:
    """What a form says: its fields, and what the address that it was sent to says beside them.

    A button may say in its address what it stands for. Where both say something, the field does.
    """
    said = MultiDict(request.form)
    for name, values in request.args.lists():
        if name not in said:
            said.setlist(name, values)
    return said


def posted_number(name: str) -> int | None:
    """The number in a field of the form, as `row_id` reads it; None where there is none."""
    return row_id(request.form.get(name))


def queried_number(name: str) -> int | None:
    """The number in the query of the address, as `row_id` reads it; None where there is none."""
    return row_id(request.args.get(name))


def parts_of(address: str | None) -> SplitResult:
    """The parts of an address; all of them empty where it is none that can be taken apart."""
    try:
        return urlsplit(address or "")
    except ValueError:
        return SplitResult("", "", "", "", "")


def came_from() -> SplitResult:
    """The parts of the page of this site that the request came from; all of them empty for any other."""
    came = parts_of(request.referrer)
    return came if came.netloc == request.host else parts_of("")
