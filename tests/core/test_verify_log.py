"""The log cannot be rewritten unnoticed: the database refuses, and where it was made to give in, `verify` tells."""

import subprocess
import sys

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError

from app import cli
from app.audit.queries import verify
from app.cards.models import CardEvent
from app.cards.moves import Deed
from app.cli import installation
from app.core import anchor
from app.core.audit import GENESIS, AuditEntry, AuditHead, chained, entry_hash
from app.core.audit import Happening as Said
from app.core.clock import now
from app.extensions import db
from tests.world import move

pytestmark = pytest.mark.both_databases

ENTRY = AuditEntry.__table__
HEAD = AuditHead.__table__


@pytest.fixture
def written(card, log):
    """A log whose last rows are a few moves; returns it with the triggers taken away."""
    for deed in (Deed.START, Deed.UNSTART, Deed.START):
        move("lan", card, deed)
    log.unlock()
    return log


def broken(log):
    db.session.rollback()
    verdict = verify(log.folder)
    if verdict.broken is not None:
        assert str(verdict.broken) in verdict.sentence
    return verdict.broken


def at(sequence):
    return ENTRY.c.sequence == sequence


def renumber(rows, by):
    """Statements that move rows along, in an order in which no two ever have one number."""
    ordered = sorted(rows, key=lambda row: row["sequence"], reverse=by > 0)
    return [update(ENTRY).where(at(row["sequence"])).values(sequence=row["sequence"] + by) for row in ordered]


def rewritten(rows, previous):
    """The rows with hashes computed anew, so that they follow `previous`."""
    for row in rows:
        fresh = row | {"previous_hash": previous}
        fresh["hash"] = previous = entry_hash(fresh)
        yield fresh


def put(rows):
    return [update(ENTRY).where(at(row["sequence"])).values(**row) for row in rows]


def test_an_untouched_log_passes(card, log):
    move("lan", card, Deed.START)
    assert broken(log) is None
    assert f"{log.head.sequence} dòng" in verify(log.folder).sentence


def test_a_log_without_its_anchor_is_not_said_to_be_whole(card, log):
    (path,) = log.folder.glob("audit-*.anchor")
    path.unlink()
    assert broken(log) is None
    verdict = verify(log.folder)
    assert (verdict.is_whole, "Không kết luận được: thiếu tệp audit-" in verdict.sentence) == (False, True)


@pytest.mark.parametrize("left", [None, b"", b"\xff\xfe nothing that can be read\n"])
def test_rows_whose_anchor_was_lost_stay_unproven_also_after_the_next_row(card, log, left):
    move("lan", card, Deed.START)
    (path,) = log.folder.glob("audit-*.anchor")
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    assert not verify(log.folder).is_whole
    path.unlink(missing_ok=True)
    move("lan", card, Deed.UNSTART)
    db.session.rollback()
    verdict = verify(log.folder)
    assert (verdict.broken, verdict.is_whole) == (None, False)
    assert "được lập lại" in verdict.sentence


def test_a_tail_that_was_cut_and_grew_again_is_noticed_by_every_head_that_was_noted(written):
    (path,) = written.folder.glob("audit-*.anchor")
    sequence, digest = written.head
    other = "0" * 64 if not digest.startswith("0") else "1" * 64
    path.write_text(path.read_text() + f"{sequence - 1} {other}\n")
    assert broken(written) == sequence - 1


@pytest.mark.parametrize("table", ["audit_entry", "card_event"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET actor_id = actor_id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_has_happened(card, log, table, deed):
    move("lan", card, Deed.START)
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(deed.format(table)))
    assert broken(log) is None


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_entry", "card_event"])
def test_postgresql_refuses_to_empty_them_too(postgres_bench, table):
    postgres_bench.reset()
    with postgres_bench.app.app_context():
        with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {table} CASCADE"))
        db.session.remove()


EDITS = {
    "at": "2020-01-01T00:00:00.000000Z",
    "actor_id": 5,
    "action": "card.view",
    "subject_type": "Khác",
    "subject_id": "999",
    "changes": "{}",
    "request_id": "khác",
    "previous_hash": "f" * 64,
    "hash": "e" * 64,
}


def test_every_column_but_the_number_is_edited_below():
    assert set(EDITS) == {column.key for column in ENTRY.columns} - {"sequence"}


def test_an_edit_of_any_column_is_named(written):
    last = written.head.sequence
    for sequence in (1, last - 2, last):
        (row,) = [row for row in written.rows() if row["sequence"] == sequence]
        for column, value in EDITS.items():
            written.forge(update(ENTRY).where(at(sequence)).values({column: value}))
            assert broken(written) == sequence, column
            written.forge(update(ENTRY).where(at(sequence)).values({column: row[column]}))
    assert broken(written) is None


@pytest.mark.parametrize("back", [0, 3])
def test_an_edit_with_a_new_hash_is_named(written, back):
    row = written.rows()[-1 - back]
    written.forge(*put(rewritten([row | {"changes": "{}"}], row["previous_hash"])))
    assert broken(written) == row["sequence"]


def test_a_deleted_row_is_named_wherever_it_stood(written):
    last = written.head.sequence
    for sequence in (1, last - 2, last):
        (row,) = [row for row in written.rows() if row["sequence"] == sequence]
        written.forge(delete(ENTRY).where(at(sequence)))
        assert broken(written) == sequence
        written.forge(insert(ENTRY).values(**row))
    assert broken(written) is None


def test_a_deleted_row_is_named_even_when_the_others_close_the_gap(written):
    rows = written.rows()
    written.forge(delete(ENTRY).where(at(rows[-3]["sequence"])), *renumber(rows[-2:], -1))
    assert broken(written) == rows[-3]["sequence"]


def test_a_row_put_at_the_end_is_named(written):
    sequence, digest = written.head
    (row,) = chained([Said(1, "card.move", "Card", "1", {})], now(), sequence, digest)
    written.forge(insert(ENTRY).values(**row))
    assert broken(written) == sequence + 1


def test_a_row_put_before_the_first_is_named(written):
    (row,) = chained([Said(1, "card.move", "Card", "1", {})], now(), -1, GENESIS)
    written.forge(insert(ENTRY).values(**row))
    assert broken(written) == 0


@pytest.mark.parametrize("forged", [True, False], ids=["hashed as it should be", "with any hash"])
def test_a_row_put_between_others_is_named(written, forged):
    rows = written.rows()
    before = rows[-4]
    (row,) = chained([Said(1, "card.move", "Card", "1", {})], now(), before["sequence"], before["hash"])
    row["hash"] = row["hash"] if forged else "d" * 64
    written.forge(
        *renumber(rows[-3:], 1),
        insert(ENTRY).values(**row),
        update(HEAD).values(sequence=HEAD.c.sequence + 1),
    )
    assert broken(written) == row["sequence"]


def test_two_rows_that_changed_places_are_named(written):
    *_, first, second = written.rows()
    written.forge(
        update(ENTRY).where(at(first["sequence"])).values(sequence=-1),
        update(ENTRY).where(at(second["sequence"])).values(sequence=first["sequence"]),
        update(ENTRY).where(at(-1)).values(sequence=second["sequence"]),
    )
    assert broken(written) == first["sequence"]


def test_two_rows_that_exchanged_what_they_say_are_named(written):
    rows = written.rows()
    first, second = rows[-4], rows[-2]
    written.forge(
        update(ENTRY).where(at(first["sequence"])).values(changes=second["changes"]),
        update(ENTRY).where(at(second["sequence"])).values(changes=first["changes"]),
    )
    assert broken(written) == first["sequence"]


def test_a_tail_cut_off_is_named_by_the_head(written):
    last = written.head.sequence
    written.forge(delete(ENTRY).where(ENTRY.c.sequence > last - 3))
    assert broken(written) == last - 2


def test_a_tail_cut_off_together_with_the_head_is_named_by_the_anchor(written):
    rows = written.rows()
    kept = rows[-4]
    written.forge(
        delete(ENTRY).where(ENTRY.c.sequence > kept["sequence"]),
        update(HEAD).values(sequence=kept["sequence"], hash=kept["hash"]),
    )
    assert broken(written) == kept["sequence"] + 1


def test_a_tail_written_anew_with_its_head_is_named_by_the_anchor(written):
    rows = written.rows()
    fresh = list(rewritten([rows[-3] | {"changes": "{}"}, *rows[-2:]], rows[-4]["hash"]))
    written.forge(*put(fresh), update(HEAD).values(hash=fresh[-1]["hash"]))
    assert broken(written) == rows[-3]["sequence"]


def test_a_log_that_was_emptied_is_named(written):
    written.forge(delete(ENTRY), update(HEAD).values(sequence=0, hash=GENESIS))
    assert broken(written) == 1


def test_the_command_answers_with_its_exit_code(card, log, bench, monkeypatch, capsys):
    monkeypatch.setattr(installation, "application", lambda **_: bench.app)
    move("lan", card, Deed.START)
    assert run("audit", "verify") == 0
    assert "Nhật ký nguyên vẹn" in capsys.readouterr().out
    log.unlock()
    log.forge(update(ENTRY).where(at(3)).values(changes="{}"))
    assert run("audit", "verify") == 1
    assert "dòng 3." in capsys.readouterr().out


def test_the_command_says_so_where_there_is_no_database_yet(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "audit", "verify"],
        env={"BDG_DATA": str(tmp_path / "trống"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Chưa có cơ sở dữ liệu" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_anchor_keeps_the_furthest_head_however_long_it_grows(card, log, monkeypatch):
    monkeypatch.setattr(anchor, "_KEPT_BYTES", 150)
    for deed in (Deed.START, Deed.UNSTART) * 4:
        move("lan", card, deed)
    (path,) = log.folder.glob("audit-*.anchor")
    assert path.stat().st_size < 300
    chain = path.stem.removeprefix("audit-")
    assert anchor.highest(log.folder, chain) == tuple(log.head)
    assert broken(log) is None


def test_a_half_written_line_of_the_anchor_is_passed_over(card, log):
    move("lan", card, Deed.START)
    (path,) = log.folder.glob("audit-*.anchor")
    with path.open("a", encoding="ascii") as file:
        file.write("99999")
    assert broken(log) is None


def test_an_anchor_that_cannot_be_written_does_not_undo_what_was_committed(card, log):
    anchor.init(log.folder / "gone")
    event = move("lan", card, Deed.START)
    db.session.rollback()
    assert db.session.get(CardEvent, event.id) is not None
    assert broken(log) is None


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    return ended.value.code or 0
