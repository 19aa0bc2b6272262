"""The day that `run.py bench` measures: who works, what they open and write, and how what they waited is told."""

import random
from collections import Counter
from itertools import islice, pairwise

import pytest

from app.accounts.sample_accounts import listed
from bench import load, workday


def test_everybody_of_the_sample_works_and_some_have_a_second_browser():
    names = [account.username for account in listed()]
    assert Counter(workday.sixteen(names)) == Counter(names) + Counter(names[: workday.PEOPLE - len(names)])


def test_a_percentile_is_the_least_time_that_so_many_did_not_exceed():
    times = [number / 1_000 for number in range(1, 101)]
    assert [load.percentile(times, share) for share in (0.5, 0.95, 0.99, 1.0)] == pytest.approx([50, 95, 99, 100])
    assert load.percentile([0.004], 0.01) == load.percentile([0.004], 0.99) == pytest.approx(4)
    assert load.percentile([0.001, 0.009], 0.5) == pytest.approx(1)


def test_what_nobody_asked_has_no_percentile():
    assert load.percentile([], 0.5) != load.percentile([], 0.5)


def test_a_line_is_told_for_each_kind_whatever_the_order_of_its_times():
    poll, board = workday.told({"poll 204": [0.003, 0.001, 0.002], "board": [0.05]})[::-1]
    assert (board.kind, board.count, board.p50, board.p99) == ("board", 1, pytest.approx(50), pytest.approx(50))
    assert (poll.kind, poll.count, poll.p50, poll.p95) == ("poll 204", 3, pytest.approx(2), pytest.approx(3))


def test_the_pages_of_a_person_have_their_shares_and_half_are_held():
    pages = list(islice(workday.pages(random.Random(1)), 4_000))
    kinds = Counter(page.kind for page in pages)
    assert {kind: kinds[kind] / len(pages) for kind in kinds} == pytest.approx(workday.SHARES, abs=0.03)
    assert sum(page.held for page in pages) / len(pages) == pytest.approx(workday.HELD, abs=0.03)


def test_two_servers_are_asked_for_the_same_pages():
    first, second, other = (list(islice(workday.pages(random.Random(seed)), 50)) for seed in (3, 3, 4))
    assert first == second != other


@pytest.mark.parametrize(
    ("every_s", "seconds", "count"), [(1.0, 60, 60), (5.0, 60, 12), (5.0, 10, 2), (5.0, 2, 0), (1.0, 0, 0)]
)
def test_writings_come_at_an_even_pace_and_within_the_day(every_s, seconds, count):
    beats = workday.beats(every_s, seconds)
    assert len(beats) == count
    assert all(0 < beat < seconds for beat in beats)
    assert {round(b - a, 6) for a, b in pairwise(beats)} <= {every_s}


def test_documents_go_to_duties_that_nobody_moves():
    assert workday.to_prove({15, 13, 14}, {15, 43}) == [13, 14]
    assert workday.to_prove({15}, {15}) == []
