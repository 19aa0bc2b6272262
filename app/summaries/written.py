"""What units wrote on a duty, as the columns Kết quả thực hiện and Khó khăn, vướng mắc of the workbook."""

from flask_babel import gettext as _

from app.board.note_models import NoteKind
from app.board.note_queries import Notes
from app.board.note_rules import period_words
from app.board.queries import Row


def result_words(notes: Notes) -> str:
    """The latest result per period, else the last note of progress; then what each coordinating unit did last."""
    said = [_latest(notes)]
    last = {note.unit_name: note.text for note in notes.of(NoteKind.COORDINATION)}
    said += [_("%(unit)s phối hợp: %(text)s", unit=unit, text=text) for unit, text in last.items()]
    return "\n".join(filter(None, said))


def difficulty_words(row: Row, notes: Notes) -> str:
    """The difficulties that are not resolved; those of a coordinating unit say whose they are."""
    return "\n".join(
        note.text if note.unit_id == row.unit_id else f"{note.unit_name}: {note.text}"
        for note in notes.open_difficulties
    )


def _latest(notes: Notes) -> str:
    if notes.results:
        period, note = list(notes.results.items())[-1]
        return f"{period_words(period, note.period_year or 0)}: {note.text}"
    progress = notes.of(NoteKind.PROGRESS)
    return progress[-1].text if progress else ""
