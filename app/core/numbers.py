"""The one way in which a number that came from outside is read: bounded, in the digits 0–9, never with an error."""

LARGEST_ID = 2**31 - 1  # what a column of ids holds on every database
_DIGITS = 10


def whole(text: str | None, *, least: int = 0, most: int = LARGEST_ID) -> int | None:
    """The whole number written in `text`, between `least` and `most`; None for anything else, however long.

    Signs, marks between the digits and the digits of other scripts are no number here: forms send none of them.
    """
    written = (text or "").strip()
    if not (written.isascii() and written.isdigit()):
        return None
    significant = written.lstrip("0") or "0"
    if len(significant) > _DIGITS:
        return None
    number = int(significant)
    return number if least <= number <= most else None


def row_id(text: str | None) -> int | None:
    """The id of a row, a version or a place in a list; None where no number is written.

    A number that no column holds becomes 0, which no row has: it names something, and that does not exist.
    """
    written = (text or "").strip()
    if not (written.isascii() and written.isdigit()):
        return None
    return whole(written) or 0
