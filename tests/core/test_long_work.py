"""What takes longer than a page passes one gate: so many at once, one each; pictures step back for people."""

import threading
import time

import pytest

from app.core.errors import Busy
from app.core.long_work import Gate


def held(gate, person_id, go_on):
    """A thread that holds a place until `go_on`."""
    inside = threading.Event()

    def work():
        with gate.place(person_id):
            inside.set()
            go_on.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(10)
    return thread


def test_one_person_has_one_place_and_the_next_person_the_other():
    gate, go_on = Gate(patience_s=0.1), threading.Event()
    first = held(gate, 1, go_on)
    for _ in range(11):
        with pytest.raises(Busy, match="chưa xong"), gate.place(1):
            pytest.fail("a second place")
    with gate.place(2):
        pass
    go_on.set()
    first.join()
    with gate.place(1):
        pass


def test_a_full_gate_is_waited_at_by_few_and_for_a_bounded_time():
    gate, go_on, told = Gate(patience_s=0.3), threading.Event(), []
    holding = [held(gate, person, go_on) for person in (1, 2)]

    def come(person):
        begun = time.monotonic()
        with pytest.raises(Busy, match="đủ số việc lâu"), gate.place(person):
            pytest.fail("a third place")
        told.append(time.monotonic() - begun)

    coming = [threading.Thread(target=come, args=(person,)) for person in (3, 4, 5)]
    for thread in coming:
        thread.start()
    for thread in coming:
        thread.join(10)
    assert sum(seconds >= 0.25 for seconds in told) == 1, "one waits, the others are told at once"
    waiting = threading.Thread(target=go_on.set)
    waiting.start()
    with gate.place(6):
        pass
    for thread in [*holding, waiting]:
        thread.join(10)


def test_pictures_step_back_for_who_waits_and_are_drawn_when_nobody_does():
    gate, go_on, drawn = Gate(patience_s=5), threading.Event(), []

    def draw():
        while not drawn:
            with gate.place_behind() as asked_back:
                if not asked_back.wait(0.5):
                    drawn.append(True)

    working = held(gate, 1, go_on)
    drawing = threading.Thread(target=draw)
    drawing.start()
    time.sleep(0.1)
    with gate.place(2):
        assert not drawn
    go_on.set()
    drawing.join(10)
    working.join(10)
    assert drawn


def test_a_place_is_free_again_whatever_happened_in_it():
    gate = Gate(places=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.place(1):
            raise ZeroDivisionError
    with gate.place(1), pytest.raises(Busy), gate.place(2):
        pytest.fail("a second place")
