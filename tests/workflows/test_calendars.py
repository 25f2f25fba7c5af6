"""F43, F44: working days of two countries, months that end early, birthdays on a leap day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendars import add_months, add_working_days, birthday, is_working_day, months_after

ISTANBUL = "Europe/Istanbul"
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "countries", "working"),
    [
        (date(2026, 10, 29), ("TR",), False),  # the day of the Republic
        (date(2026, 10, 30), ("TR",), True),
        (date(2026, 10, 30), ("TR", "BD"), False),  # a Friday is a day of rest in Bangladesh
        (date(2026, 3, 20), ("TR",), False),  # the feast after Ramadan
        (date(2026, 3, 19), ("XX",), True),  # a country nobody knows works from Monday to Friday
        (date(2026, 3, 21), ("XX",), False),
    ],
)
def test_offices_are_open_when_they_are_open_in_every_country(
    day: date, countries: tuple[str, ...], working: bool
) -> None:
    assert is_working_day(day, countries) is working


def test_working_days_skip_the_holidays_of_both() -> None:
    start = datetime(2026, 10, 28, 9, tzinfo=UTC)
    assert add_working_days(start, 1, ("TR",), ISTANBUL) == datetime(2026, 10, 30, 9, tzinfo=UTC)
    assert add_working_days(start, 1, ("TR", "BD"), ISTANBUL) == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert add_working_days(start, -1, ("TR",), ISTANBUL) == datetime(2026, 10, 27, 9, tzinfo=UTC)


def test_the_local_hour_stays_over_a_change_of_clocks() -> None:
    before = datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert add_working_days(before, 1, ("DE",), "Europe/Berlin") == datetime(2026, 3, 30, 8, tzinfo=UTC)


@given(DAYS, st.integers(0, 240))
def test_f44_months_are_counted_from_the_anchor(anchor: date, months: int) -> None:
    later = add_months(anchor, months)
    assert (later.year * 12 + later.month) - (anchor.year * 12 + anchor.month) == months
    assert later.day == anchor.day or (later + timedelta(days=1)).day == 1


def test_f44_the_end_of_january_comes_back_in_march() -> None:
    assert [add_months(date(2026, 1, 31), months) for months in (1, 2)] == [date(2026, 2, 28), date(2026, 3, 31)]
    assert months_after(datetime(2026, 1, 31, 22, 30, tzinfo=UTC), 1, ISTANBUL) == datetime(
        2026, 2, 28, 22, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("born_on", "day"),
    [
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2008, 5, 1), date(2026, 5, 1)),
        (date(2010, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_day_on_which_somebody_is_eighteen(born_on: date, day: date) -> None:
    assert birthday(born_on, 18) == day
