"""What stands in the columns of words: Kết quả thực hiện, Tình trạng, Khó khăn, vướng mắc, Ghi chú."""

from datetime import date

from flask_babel import gettext as _

from app.board.views.card import FEEDBACK_WORDS, TIMELINESS_WORDS, Today
from app.cards.deadlines.rules import remark
from app.cards.moves import words
from app.cards.notes import queries
from app.cards.notes.models import CardNote, NoteKind
from app.cards.notes.queries import Notes
from app.cards.notes.rules import period_words
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.plans.models import ActionKind


def notes_by(plan_id: int, day: date) -> dict[int, Notes]:
    """Card id → what was written on it by the end of `day`; a correction takes the day of what it corrects."""
    return {card_id: _until(notes, day) for card_id, notes in queries.of_plan(plan_id).items()}


def _until(notes: Notes, day: date) -> Notes:
    first: dict[int, date] = {}  # the older versions come first
    for note in notes.every:
        first[note.id] = first.get(note.corrects_id or 0, note.entered_on)
    return Notes(tuple(note for note in notes.every if first[note.id] <= day))


def result_words(notes: Notes) -> str:
    """The latest result per period, else the last note of progress; then what each coordinating unit did last."""
    said = [_latest(notes)]
    last = {note.unit_name: note.text for note in notes.of(NoteKind.COORDINATION)}
    said += [_("%(unit)s phối hợp: %(text)s", unit=unit, text=text) for unit, text in last.items()]
    return "\n".join(filter(None, said))


def difficulty_words(row: Row, notes: Notes, day: date) -> str:
    """The difficulties not resolved by the end of `day`; those of a coordinating unit say whose they are."""
    return "\n".join(
        note.text if note.unit_id == row.unit_id else f"{note.unit_name}: {note.text}"
        for note in notes.of(NoteKind.DIFFICULTY)
        if _is_open(note, day)
    )


def _is_open(note: CardNote, day: date) -> bool:
    return note.resolved_on is None or note.resolved_on > day


def _latest(notes: Notes) -> str:
    if notes.results:
        period, note = list(notes.results.items())[-1]
        return f"{period_words(period, note.period_year or 0)}: {note.text}"
    progress = notes.of(NoteKind.PROGRESS)
    return progress[-1].text if progress else ""


def status_words(row: Row, stands: Timeliness) -> str:
    """Tình trạng: the status, with its timeliness where that says more."""
    said = str(words(row, row.status))
    if row.is_request or not row.status.on_board:
        return said
    if row.status is Status.DONE:
        return str(TIMELINESS_WORDS[stands]) if row.kind is not ActionKind.STANDING else said
    if stands in (Timeliness.NO_DATE, Timeliness.STANDING, Timeliness.ASKED_LATE):
        return said
    return f"{said}, {str(TIMELINESS_WORDS[stands]).lower()}"


def remark_words(row: Row, today: Today) -> str:
    """Ghi chú: what the office said last, how often the date was extended, an agreement that was missed."""
    said = []
    if row.feedback is not None and row.status in (Status.TODO, Status.DOING):
        said.append(str(FEEDBACK_WORDS[row.feedback]))
    if row.kind is not ActionKind.STANDING and (extended := remark(row)):
        said.append(str(extended))
    if today.misses_agreement(row):
        said.append(str(TIMELINESS_WORDS[Timeliness.ASKED_LATE]))
    return "; ".join(part if n == 0 else f"{part[:1].lower()}{part[1:]}" for n, part in enumerate(said))
