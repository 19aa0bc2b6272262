"""The help: one short page for each role, the reader's own first, every picture there and small."""

import re

import pytest

from app.help.texts import GUIDES, PICTURE_SIZE
from app.web.assets import FOLDER
from tools.help_pictures import PICTURES, SIZE

PLACE = FOLDER / "help"
NAMED = {step.picture for guide in GUIDES for step in guide.steps if step.picture}
LARGEST, LARGEST_ALL = 60_000, 500_000


@pytest.fixture
def bench(sqlite_bench):
    """One database: the help reads none."""
    return sqlite_bench


def size_of(path):
    """Width and height of a WebP with the extended head that browsers write."""
    data = path.read_bytes()
    assert (data[:4], data[8:16]) == (b"RIFF", b"WEBPVP8X"), path
    return tuple(int.from_bytes(data[start : start + 3], "little") + 1 for start in (24, 27))


def test_every_picture_that_is_named_is_taken_and_shipped_and_small():
    assert NAMED == set(PICTURES) == {path.stem for path in PLACE.glob("*.webp")}
    assert {path.name: size_of(path) for path in PLACE.glob("*.webp")} == {f"{name}.webp": SIZE for name in NAMED}
    assert SIZE == PICTURE_SIZE
    sizes = [path.stat().st_size for path in PLACE.glob("*.webp")]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= LARGEST_ALL


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("lan", ["head"]),
        ("mai", ["staff"]),
        ("chi", ["office", "head"]),
        ("ha", ["office", "staff"]),
        ("son", ["leader"]),
        ("quantri", ["administrator"]),
    ],
)
def test_the_readers_own_guides_come_first(visit, who, own):
    browser = visit(who)
    listed = re.findall(r'<li><a href="/help/([a-z]+)"', browser.get("/help").text)
    assert listed[: len(own)] == own
    assert sorted(listed) == sorted(guide.slug for guide in GUIDES)
    assert 'href="/help"' in browser.get("/board").text


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_shows_its_steps_with_pictures_that_are_served(visit, guide):
    lan = visit("lan")
    page = lan.get(f"/help/{guide.slug}").text
    assert page.count("<h2>") == len(guide.steps)
    pictures = re.findall(r'<img src="([^"]+)" width="960" height="540" alt="[^"]+', page)
    assert len(pictures) == len([step for step in guide.steps if step.picture])
    for url in pictures:
        answer = lan.get(url)
        assert answer.mimetype == "image/webp"
        answer.close()
