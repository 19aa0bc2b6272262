"""What the lists beside the tables of progress are made of: documents, and duties that are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentRow:
    """One document that proves a duty: a row of PL6.

    ``copy`` says where the electronic copy is ("2 tệp", a code of the document system) and ``link`` is its address, if
    it has one. ``review`` is "Hợp lệ" or nothing.
    """

    clause: str
    lead: str
    kind: str
    number: str
    summary: str
    issued_on: date | None = None
    sent_on: date | None = None
    copy: str = ""
    link: str = ""
    review: str = ""
    note: str = ""


@dataclass(frozen=True)
class DocumentSection:
    """The documents of the duties under one heading of the plan, in the plan's order."""

    heading: str
    rows: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class LateRow:
    """A duty that is late, or a report that is not in yet: a row of PL7.

    ``text`` is quoted once above three or more neighbouring rows that share it and the clause, as in PL1. ``days`` is
    how many days it is late; None for a report whose day has not come.
    """

    clause: str
    text: str
    lead: str
    deadline: date
    status: str
    days: int | None = None
    short: str = ""
    difficulties: str = ""
    note: str = ""


@dataclass(frozen=True)
class Outstanding:
    """``late``: what the official count calls Chưa hoàn thành, quá hạn. ``unsent``: reports not sent, still in time."""

    late: tuple[LateRow, ...] = ()
    unsent: tuple[LateRow, ...] = ()


NOTHING_OUTSTANDING = Outstanding()


def documents(sections: Sequence[DocumentSection]) -> int:
    return sum(len(section.rows) for section in sections)
