"""The eye that compares Chromium 109 with today's: sees what a person would see, and no more."""

import io

import pytest
from PIL import Image, ImageDraw

from tests.browser.apart.pictures import compare


def page(*boxes, size=(400, 300), paper="white"):
    """A screenshot: boxes are (place, colour)."""
    picture = Image.new("RGB", size, paper)
    for place, colour in boxes:
        ImageDraw.Draw(picture).rectangle(place, fill=colour)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


BUTTON = ((40, 40, 139, 69), "teal")
TODAY = page(BUTTON)


@pytest.mark.parametrize(
    "old",
    [
        TODAY,
        page(BUTTON, ((200, 100, 201, 101), "black")),  # the end of a letter
        page(BUTTON, paper=(253, 253, 253)),
        page(BUTTON, size=(400, 303)),
    ],
)
def test_what_nobody_sees_is_let_pass(old):
    assert compare(old, TODAY).wrong is None


@pytest.mark.parametrize(
    "old",
    [
        page(),
        page(((40, 48, 139, 77), "teal")),
        page(((40, 40, 139, 69), "purple")),
        page(BUTTON, paper="black"),
        page(BUTTON, size=(400, 320)),
        page(BUTTON, size=(390, 300)),
    ],
    ids=["gone", "lower", "another colour", "dark", "longer", "narrower"],
)
def test_what_people_see_is_named(old):
    assert compare(old, TODAY).wrong


def test_the_place_is_told_and_marked():
    found = compare(page(), TODAY)
    assert found.wrong == "52 cells differ, between (40, 40) and (144, 72) px"
    assert found.mark.getpixel((60, 60)) != (0, 128, 128)
    assert found.mark.getpixel((300, 200)) == (255, 255, 255)
