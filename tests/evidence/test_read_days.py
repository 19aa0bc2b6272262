"""Days come as browsers send them or as people write them."""

from datetime import date

import pytest

from app.core.days import parse_day


@pytest.mark.parametrize("text", ["2024-04-05", "05/04/2024", "5/4/2024", "5.4.2024", "05-04-2024", " 5 / 4 / 2024 "])
def test_a_day_is_read_day_first_or_as_iso(text):
    assert parse_day(text) == date(2024, 4, 5)


@pytest.mark.parametrize("text", ["", "   ", None])
def test_a_blank_is_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    "text", ["31/02/2024", "2024-13-01", "04/2024", "5/4/4", "hôm nay", "0/1/2024", "05/04/2024 10:00", "٥/4/2024"]
)
def test_what_no_calendar_has_is_an_error(text):
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)
