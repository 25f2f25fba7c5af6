"""Working days, office hours, month ends and local days: pure arithmetic, for deadlines of two countries at once.

A country whose holidays are not known for a year has ordinary working days then: a deadline that comes a day
early asks sooner, one that never comes asks nobody. What a government decides at short notice, a day off or a day
of work, is given as ``overrides``: a country and a day, and whether offices are open on it.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

SATURDAY_SUNDAY = frozenset({5, 6})
Overrides = Mapping[tuple[str, date], bool]
NONE: Overrides = {}


@dataclass(frozen=True)
class Office:
    """When an office works: in which countries it must be a working day, where it is, its hours, and exceptions."""

    countries: tuple[str, ...]
    zone: str
    opens: time
    closes: time
    overrides: Overrides


@lru_cache(maxsize=512)
def days_off(country: str, year: int) -> tuple[frozenset[date], frozenset[int]]:
    """The public holidays of a country (two letters) in a year, and its weekly days of rest, Monday being 0."""
    if country not in holidays.list_supported_countries(include_aliases=False):
        return frozenset(), SATURDAY_SUNDAY
    known = holidays.country_holidays(country, years=year)
    return frozenset(known), frozenset(known.weekend)


def is_working_day(day: date, countries: Iterable[str], overrides: Overrides = NONE) -> bool:
    """Whether offices are open in all of these countries."""
    for country in countries:
        said = overrides.get((country, day))
        holiday, rest = days_off(country, day.year)
        if said is False or (said is None and (day in holiday or day.weekday() in rest)):
            return False
    return True


def add_working_days(
    start: datetime, days: int, countries: Iterable[str], zone: str, overrides: Overrides = NONE
) -> datetime:
    """The same local time so many working days later (earlier for a negative number), as an instant.

    A day counts when offices are open in every country given.
    """
    at, step, both = start.astimezone(ZoneInfo(zone)), 1 if days >= 0 else -1, tuple(countries)
    left = abs(days)
    day = at.date()
    while left:
        day += timedelta(days=step)
        left -= is_working_day(day, both, overrides)
    return at.replace(year=day.year, month=day.month, day=day.day).astimezone(start.tzinfo)


def opening(instant: datetime, office: Office) -> datetime:
    """The instant itself while the office is open, else its next opening."""
    zone = ZoneInfo(office.zone)
    local = instant.astimezone(zone)
    day, at = local.date(), local.timetz().replace(tzinfo=None)
    if at >= office.closes:
        day, at = day + timedelta(days=1), office.opens
    at = max(at, office.opens)
    while not is_working_day(day, office.countries, office.overrides):
        day, at = day + timedelta(days=1), office.opens
    return datetime.combine(day, at, tzinfo=zone).astimezone(instant.tzinfo)


def after_working_days(start: datetime, days: int, office: Office) -> datetime:
    """The end of a limit in working days: in office hours, counted from when the office could first know."""
    return add_working_days(opening(start, office), days, office.countries, office.zone, office.overrides)


def add_months(anchor: date, months: int) -> date:
    """The same day so many months after the anchor, or the last day of that month (F44: never chained)."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, calendar.monthrange(year, month + 1)[1]))


def months_after(anchor: datetime, months: int, zone: str) -> datetime:
    """The same local time so many months after an instant, as an instant."""
    local = anchor.astimezone(ZoneInfo(zone))
    day = add_months(local.date(), months)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(anchor.tzinfo)


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody reaches an age; one born on 29 February on 1 March of a common year."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return born_on.replace(year=year)


def local_day(instant: datetime, zone: str) -> date:
    """The date of an instant at a place."""
    return instant.astimezone(ZoneInfo(zone)).date()
