"""Lines of the register: written by the unit or on its behalf, corrected, taken out, and refused where they must be."""

from datetime import date

import pytest
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.incidents import operations, queries
from app.incidents.models import IncidentKeeper, IncidentLine

from .conftest import said, write

pytestmark = pytest.mark.both_databases


def standing(unit_id: int) -> list[int]:
    return [line.cases for line in queries.lines((unit_id,), 2024)]


def test_a_head_writes_the_lines_of_the_unit(world, cast):
    line = write("yen", "P. Ea Tam", cases=0)
    assert (line.unit.short_name, line.cases, line.on_behalf) == ("P. Ea Tam", 0, False)


def test_the_office_writes_on_behalf_by_the_units_document(world, cast):
    assert write("ha", "P. Ea Tam").on_behalf
    assert not write("chi", "Phòng LĐTBXH").on_behalf


def test_staff_write_once_their_head_has_named_them_and_no_longer_when_that_ends(world, cast):
    unit_id, nam = world.unit("P. Ea Tam").id, cast("nam").id
    with pytest.raises(Forbidden):
        write("nam", "P. Ea Tam")
    operations.name_keeper(cast("yen"), unit_id, nam)
    write("nam", "P. Ea Tam")
    operations.end_keeper(cast("yen"), db.session.scalars(select(IncidentKeeper)).one())
    with pytest.raises(Forbidden):
        write("nam", "P. Ea Tam", document_number="46/BC-UBND")


def test_a_head_names_nobody_of_another_unit_and_nobody_else_names(world, cast):
    unit_id = world.unit("P. Ea Tam").id
    with pytest.raises(Refused, match="của đơn vị"):
        operations.name_keeper(cast("yen"), unit_id, cast("mai").id)
    for who in ("nam", "chi", "lan", "quantri", "son"):
        with pytest.raises(Forbidden):
            operations.name_keeper(cast(who), unit_id, cast("nam").id)


@pytest.mark.parametrize("who", ["lan", "mai", "binh", "nam", "hoa", "son", "quantri"])
def test_nobody_else_writes_for_a_unit(world, cast, who):
    with pytest.raises(Forbidden):
        write(who, "P. Ea Tam")
    assert standing(world.unit("P. Ea Tam").id) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cases", {"cases": -1}),
        ("cases", {"cases": 10_000}),
        ("period_to", {"period_to": date(2023, 12, 31)}),
        ("period_to", {"period_to": date(2024, 5, 11)}),
        ("document_on", {"document_on": date(2024, 5, 11)}),
        ("document_on", {"document_on": date(2023, 12, 31)}),
        ("document_number", {"document_number": "bà Nguyễn Thị A bị đánh"}),
        ("document_number", {"document_number": ""}),
        ("authority", {"authority_id": 999}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, cast, field, wrong):
    with pytest.raises(Refused) as refused:
        write("yen", "P. Ea Tam", **wrong)
    assert refused.value.field == field
    assert standing(world.unit("P. Ea Tam").id) == []


def test_a_document_is_entered_once(world, cast):
    write("yen", "P. Ea Tam")
    with pytest.raises(Refused, match="đã có trong sổ"):
        write("ha", "P. Ea Tam")
    write("ha", "P. Tân Lập")


def test_a_correction_takes_the_place_of_a_line_and_keeps_what_it_said(world, cast):
    line = write("yen", "P. Ea Tam", cases=3)
    made = operations.correct_line(cast("yen"), line, said(cases=2), seen_version=line.version)
    made = db.session.get_one(IncidentLine, made.id)
    assert standing(line.unit_id) == [2]
    assert [past.cases for past in queries.earlier(made)] == [3]
    with pytest.raises(Refused, match="đính chính"):
        operations.correct_line(cast("yen"), line, said(cases=1), seen_version=line.version)


def test_a_line_is_taken_out_and_brought_back_by_who_saw_it_as_it_is(world, cast):
    line = write("yen", "P. Ea Tam")
    with pytest.raises(Stale):
        operations.set_withdrawn(cast("yen"), line, True, seen_version=99)
    operations.set_withdrawn(cast("yen"), line, True, seen_version=line.version)
    assert standing(line.unit_id) == []
    operations.set_withdrawn(cast("chi"), line, False, seen_version=line.version)
    assert standing(line.unit_id) == [3]


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn A", "Công an bắt ông Nguyễn Văn A", "Công an " + "x" * 90, "Công an 0912345678"]
)
def test_the_list_of_bodies_takes_no_names_of_people_and_no_stories(app, cast, name):
    with pytest.raises(Refused, match="tên cơ quan"):
        operations.add_authority(cast("chi"), name)


def test_the_office_edits_the_list_of_bodies_and_nobody_else(app, cast):
    made = operations.add_authority(cast("ha"), "Công an tỉnh")
    made_id = made.id
    with pytest.raises(Refused, match="đã có"):
        operations.add_authority(cast("chi"), "công an  TỈNH")
    operations.archive_authority(cast("ha"), made_id)
    assert "Công an tỉnh" not in [body.name for body in queries.authorities()]
    with pytest.raises(Forbidden):
        operations.add_authority(cast("yen"), "Công an xã")


def test_the_log_says_that_a_line_was_written_and_nothing_of_what_it_says(world, cast):
    line = write("yen", "P. Ea Tam", cases=4821, document_number="7391/BC-UBND")
    operations.correct_line(cast("yen"), line, said(cases=4822), seen_version=line.version)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "incident.write")).all()
    assert [entry.subject_type for entry in entries] == ["IncidentLine"] * 3
    told = "".join(entry.changes for entry in entries)
    assert not [part for part in ("4821", "4822", "7391", "2024-01-01", "period", "cases") if part in told]
