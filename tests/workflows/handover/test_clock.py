"""The partner's clock: limits by urgency and vulnerability, two calendars, pauses, and the ladder to its end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_booking, a_handover, facts
from workflows import facts as f
from workflows.facts import Facts, Handover
from workflows.handover.clock import (
    accept_before,
    after_working_time,
    answer_by,
    answer_ladder,
    ends_at,
    is_over,
    meet_ladder,
    report_ladder,
    working_time,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
INSTANTS = st.integers(0, 500 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
VICTIM = f.Screening(MONDAY - 40 * DAY, "actual", True, False)


def case(vulnerable: bool = False, country: str = "XX", **over: Any) -> Facts:
    """A case towards a country."""
    more = {"screening": VICTIM} if vulnerable else {}
    return facts(reception=f.Reception(country=country, zone="Europe/Istanbul"), **more, **over)


def offered(at: datetime = MONDAY, **over: Any) -> Handover:
    """An offer."""
    return a_handover(status="offered", waiting_since=at, offered_at=at, identity_sent=False, **over)


@pytest.mark.parametrize(
    ("urgency", "vulnerable", "by"),
    [
        ("emergency", True, MONDAY + 24 * HOUR),
        ("emergency", False, MONDAY + 24 * HOUR),
        ("urgent", True, MONDAY + 72 * HOUR),
        ("normal", True, MONDAY + 72 * HOUR),
        ("normal", False, MONDAY + 7 * DAY),  # five working days: Monday to Monday
    ],
)
def test_handover_answers_are_due_by_urgency_and_vulnerability(urgency: str, vulnerable: bool, by: datetime) -> None:
    assert answer_by(case(vulnerable), offered(urgency=urgency)) == by


def test_handover_working_days_are_those_of_both_countries() -> None:
    before = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)  # Wednesday; in Türkiye the feast of Ramadan begins on Friday
    ours = answer_by(case(), offered(before))
    both = answer_by(case(country="BD"), offered(before))  # whose weekend is Friday and Saturday
    assert ours < both
    assert both.weekday() not in (4, 5, 6)


@pytest.mark.parametrize(
    ("vulnerable", "hours"), [(True, (0, 24, 48, 72)), (False, (0, 48, 96, 144))], ids=["vulnerable", "ordinary"]
)
def test_handover_ladder_is_doubled_for_an_ordinary_case(vulnerable: bool, hours: tuple[int, ...]) -> None:
    known, handover = case(vulnerable), offered()
    due = answer_by(known, handover)
    rungs = answer_ladder(known, handover)
    assert [rung.name for rung in rungs] == ["partner_focal", "partner_manager", "country_office", "alternate"]
    assert [rung.at - due for rung in rungs] == [timedelta(hours=one) for one in hours]


def test_handover_is_over_at_the_end_of_the_ladder_and_not_a_moment_before() -> None:
    known, handover = case(True), offered()
    end = ends_at(known, handover)
    assert end == MONDAY + 72 * HOUR + 72 * HOUR
    assert not is_over(known, handover, end - timedelta(microseconds=1))
    assert is_over(known, handover, end)
    assert not is_over(known, a_handover(status="accepted", waiting_since=MONDAY), end + DAY)


def test_handover_clock_pauses_while_we_owe_an_answer_and_goes_on_with_what_was_left() -> None:
    asked, told = MONDAY + 70 * HOUR, MONDAY + 100 * HOUR
    assert answer_by(case(True), offered(pauses=((asked, told),))) == told + 2 * HOUR
    twice = ((MONDAY + HOUR, MONDAY + 2 * HOUR), (asked, told))
    assert answer_by(case(True), offered(pauses=twice)) == told + 3 * HOUR


def test_handover_clock_stands_while_the_question_is_open() -> None:
    known = case(True, now=MONDAY + 30 * DAY)
    assert answer_by(known, offered(pauses=((MONDAY + 70 * HOUR, None),))) == known.now + 2 * HOUR


def test_handover_working_days_left_go_on_after_the_answer() -> None:
    asked = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)  # Friday: four of five working days are used
    told = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)  # Wednesday
    assert answer_by(case(), offered(pauses=((asked, told),))) == told + DAY


def test_handover_pause_over_a_weekend_costs_nobody_anything() -> None:
    asked, told = datetime(2026, 3, 7, 10, 0, tzinfo=UTC), datetime(2026, 3, 8, 10, 0, tzinfo=UTC)
    assert answer_by(case(), offered(pauses=((asked, told),))) == answer_by(case(), offered())


@given(INSTANTS, st.integers(0, 20 * 24), st.integers(0, 20 * 24))
def test_handover_pauses_only_ever_give_time(at: datetime, after: int, lasts: int) -> None:
    start = at
    asked = start + after * HOUR
    paused = offered(start, pauses=((asked, asked + lasts * HOUR),))
    for known in (case(), case(True)):
        assert answer_by(known, paused) >= answer_by(known, offered(start))


@given(INSTANTS, st.integers(1, 400))
def test_handover_working_time_counts_forth_as_it_counts_back(at: datetime, hours: int) -> None:
    known, start = case(country="IQ"), at
    end = after_working_time(known, start, hours * HOUR)
    assert working_time(known, start, end) == hours * HOUR


def test_handover_must_be_accepted_five_working_days_before_the_flight() -> None:
    flight = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    assert accept_before(case(), flight) == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def test_handover_ladder_after_landing_counts_from_the_landing() -> None:
    landed = a_booking().arrives_at
    assert [(rung.name, rung.at - landed) for rung in meet_ladder(case(), a_booking())] == [
        ("phone", 2 * HOUR), ("duty_officer", 6 * HOUR), ("incident", 24 * HOUR),
    ]  # fmt: skip


def test_handover_first_report_is_due_in_a_week_then_two_and_five_days() -> None:
    assert [(rung.name, rung.at - MONDAY) for rung in report_ladder(case(), MONDAY)] == [
        ("reminder", 9 * DAY), ("escalation", 12 * DAY),
    ]  # fmt: skip
