"""All inspections at once: what was asked by content, what was put right in time, what comes again and again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.board.views.card import Today
from app.cards.queries import rows as board
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.vietnamese import fold
from app.extensions import db
from app.inspections.models import ChecklistContent
from app.inspections.recommendations.models import Conclusion, Recommendation

LATE = "late"  # beside the states: what is not put right and past its date
_REPEATED_FROM = 2


@dataclass(frozen=True)
class SurveyEntry:
    """One recommendation in force and its duty on the board."""

    asked: Recommendation
    row: Row
    content: str
    key: str
    year: int
    state: str
    late: bool


@dataclass(frozen=True)
class ContentLine:
    """What was asked about one content."""

    key: str
    title: str
    counts: Counter[str]
    total: int


@dataclass(frozen=True)
class Repeat:
    """A content about which something was asked of several units, or in several years."""

    key: str
    title: str
    units: int
    years: tuple[int, ...]
    again: tuple[str, ...]  # units of which something was asked in more than one year


@dataclass(frozen=True)
class Survey:
    """Every figure counts `entries`; `chosen` gives those behind one of them."""

    entries: list[SurveyEntry]
    lines: list[ContentLine]
    total: ContentLine
    repeats: list[Repeat]
    years: list[int]

    def chosen(self, key: str, state: str) -> list[SurveyEntry]:
        """The entries of a content (all of them: blank) in a state (any: blank)."""
        return [e for e in self.entries if key in ("", e.key) and _is_in(e, state)]


def survey(today: Today, year: int | None = None) -> Survey:
    """What conclusions in force ask, of all plans or of one year, as it stands on `today`."""
    every = _entries(today)
    entries = [entry for entry in every if year in (None, entry.year)]
    keys = dict.fromkeys(entry.key for entry in entries)
    lines = [_line(key, [e for e in entries if e.key == key]) for key in keys]
    return Survey(
        entries,
        sorted(lines, key=lambda line: (-line.total, line.title)),
        _line("", entries),
        [repeat for key in keys if (repeat := _repeat([e for e in every if e.key == key])) is not None],
        sorted({entry.year for entry in every}, reverse=True),
    )


def _entries(today: Today) -> list[SurveyEntry]:
    in_force = select(Conclusion.id).where(Conclusion.withdrawn_on.is_(None))
    query = select(Recommendation).where(Recommendation.conclusion_id.in_(in_force)).order_by(Recommendation.id)
    found = list(db.session.scalars(query))
    rows = {row.id: row for row in board.some(r.card_id for r in found if r.card_id is not None)}
    titles = dict(db.session.execute(select(ChecklistContent.id, ChecklistContent.title)).all())
    return [_entry(r, rows[r.card_id], titles.get(r.content_id or 0, ""), today) for r in found if r.card_id in rows]


def _entry(asked: Recommendation, row: Row, title: str, today: Today) -> SurveyEntry:
    stands = today.timeliness(row)
    day = asked.visit.visit_on or asked.visit.round.period_to
    return SurveyEntry(asked, row, title, fold(title), day.year, _state(row, stands), stands is Timeliness.LATE)


def _state(row: Row, stands: Timeliness) -> str:
    if row.status is Status.DONE:
        return "done_late" if stands is Timeliness.DONE_LATE else "done_in_time"
    return Status.TODO.value if row.status is Status.PAUSED else row.status.value


def _is_in(entry: SurveyEntry, state: str) -> bool:
    return not state or state == entry.state or (state == LATE and entry.late)


def _line(key: str, entries: list[SurveyEntry]) -> ContentLine:
    counts = Counter(entry.state for entry in entries)
    counts[LATE] = sum(entry.late for entry in entries)
    return ContentLine(key, entries[0].content if entries else "", counts, len(entries))


def _repeat(entries: list[SurveyEntry]) -> Repeat | None:
    units = {entry.asked.visit.unit_id: entry.asked.visit.unit.name for entry in entries}
    if max(len(units), len(_years(entries))) < _REPEATED_FROM:
        return None
    again = [name for unit_id, name in units.items() if len(_years(entries, unit_id)) >= _REPEATED_FROM]
    return Repeat(entries[0].key, entries[0].content, len(units), _years(entries), tuple(sorted(again)))


def _years(entries: Iterable[SurveyEntry], unit_id: int | None = None) -> tuple[int, ...]:
    return tuple(sorted({e.year for e in entries if unit_id in (None, e.asked.visit.unit_id)}))
