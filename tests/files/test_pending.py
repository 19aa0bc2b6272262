"""No file stays of what was refused, and none goes of what may have been written."""

import io
from contextlib import contextmanager

import pytest

from app.core.errors import Busy, Refused
from app.files.pending import pending
from app.intake.operations import plans as intake
from app.organisation.settings import Settings
from app.summaries import operations as summaries
from app.summaries.operations import ExportOrder
from tests.world import PDF, TODAY, person, prove

LATER_PLAN = (
    "KẾ HOẠCH\nTriển khai công tác Bình đẳng giới năm 2025\n\nIII. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Rà soát.\n"
)


@contextmanager
def busy(*_args, **_more):
    raise Busy("đang bận")
    yield


def lost(*_args, **_more):
    raise OSError("the answer to the commit did not come")


def give(world, store):
    prove("mai", world.card("III.7.c"), store)


def export(world, store):
    summaries.export_workbook(person("chi"), world.plan, ExportOrder(None, TODAY), Settings(), store=store)


def read_in(_world, store):
    intake.read_in(person("chi"), "ke-hoach.txt", LATER_PLAN.encode(), store=store, max_bytes=1_000_000)


DEEDS = [
    pytest.param(give, "app.evidence.operations", id="evidence"),
    pytest.param(export, "app.summaries.operations", id="a workbook"),
    pytest.param(read_in, "app.intake.operations.plans", id="a plan"),
]


@pytest.mark.parametrize(("deed", "module"), DEEDS)
def test_nothing_stays_of_what_could_not_be_written(deed, module, world, store, monkeypatch):
    before = store.keys()
    monkeypatch.setattr(f"{module}.change", busy)
    with pytest.raises(Busy):
        deed(world, store)
    assert store.keys() == before


@pytest.mark.parametrize(("deed", "module"), DEEDS)
def test_nothing_goes_of_what_may_have_been_written(deed, module, world, store, monkeypatch):
    before = store.keys()
    monkeypatch.setattr("app.core.change._chain", lost)
    with pytest.raises(OSError, match="the answer"):
        deed(world, store)
    assert len(store.keys()) == len(before) + 1


def test_what_is_spare_goes_after_the_write(app, store):
    first, second = (store.put(io.BytesIO(PDF + data), 1_000_000).key for data in (b"1", b"2"))
    with pending(store, first, second) as files:
        files.placed(spare=[second])
        assert store.exists(second)
    assert (store.exists(first), store.exists(second)) == (True, False)


def test_a_refusal_takes_all_of_them_out_again(app, store):
    keys = [store.put(io.BytesIO(PDF + data), 1_000_000).key for data in (b"1", b"2")]
    with pytest.raises(Refused), pending(store, *keys):
        raise Refused("không")
    assert not any(map(store.exists, keys))
