"""Limits for staff are working days in office hours; emergencies go by the clock; nothing ever goes back in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stage import Role
from tests.factories import DAY, NOW, facts
from workflows.calendars import is_working_day
from workflows.patience import ask, ask_by, overrides, period
from workflows.standing import say

WHY = say("closure.ready")
FRIDAY_EVENING = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)  # 21:00 in Istanbul


def asked(at: datetime, since: datetime, within: str = "answer") -> tuple[Role, datetime]:
    """Who is asked at an instant, and until when."""
    asking = ask(facts(now=at, asked={("closure", ""): since}), Role.COUNSELLOR, "closure", WHY, within=within)
    return asking.role, asking.until


def test_three_working_days_leave_the_weekend_out() -> None:
    friday = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
    assert asked(friday, friday) == (Role.COUNSELLOR, datetime(2026, 3, 11, 10, 0, tzinfo=UTC))


def test_what_is_asked_in_the_evening_counts_from_the_next_opening() -> None:
    assert asked(FRIDAY_EVENING, FRIDAY_EVENING)[1] == datetime(2026, 3, 12, 6, 0, tzinfo=UTC)  # 09:00 in Istanbul


@pytest.mark.parametrize(
    ("late", "role"), [(-timedelta(seconds=1), Role.COUNSELLOR), (timedelta(), Role.SUPERVISOR), (DAY, Role.SUPERVISOR)]
)
def test_at_the_end_of_the_limit_it_goes_to_the_next_role(late: timedelta, role: Role) -> None:
    until = asked(NOW, NOW)[1]
    assert asked(until + late, NOW)[0] is role


def test_the_feast_and_the_half_day_before_it_are_no_working_days() -> None:
    tuesday = datetime(2026, 10, 27, 10, 0, tzinfo=UTC)  # then 28 October, a half day, and 29 October, the feast
    assert asked(tuesday, tuesday)[1] == datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def test_a_day_that_the_government_takes_away_is_data() -> None:
    known = overrides(facts())
    assert is_working_day(date(2026, 10, 28), ("TR",))
    assert not is_working_day(date(2026, 10, 28), ("TR",), known)


def test_a_day_of_work_can_be_given_too() -> None:
    saturday = date(2026, 3, 7)
    assert is_working_day(saturday, ("TR",), {("TR", saturday): True})
    assert not is_working_day(saturday, ("TR", "DE"), {("TR", saturday): True})


@pytest.mark.parametrize("within", ["urgent", "emergency", "effect"])
def test_emergencies_go_by_the_clock(within: str) -> None:
    at_night = FRIDAY_EVENING + timedelta(hours=5)
    assert asked(at_night, at_night, within)[1] == at_night + facts().rules.time(within)


def test_a_limit_that_something_else_sets_is_kept_then_escalates() -> None:
    known = facts(now=NOW)
    until = NOW + timedelta(hours=72)
    assert ask_by(known, Role.COUNSELLOR, "closure", WHY, until) == ask_by(
        known, Role.COUNSELLOR, "closure", WHY, until
    )
    assert ask_by(known, Role.COUNSELLOR, "closure", WHY, until).until == until
    late = ask_by(facts(now=until), Role.COUNSELLOR, "closure", WHY, until)
    assert (late.role, late.until > until) == (Role.SUPERVISOR, True)


@given(
    st.integers(0, 880 * 24 * 60).map(lambda minutes: NOW - 400 * DAY + timedelta(minutes=minutes)),
    st.timedeltas(timedelta(), timedelta(days=120)),
    st.timedeltas(timedelta(), timedelta(days=5)),
    st.sampled_from(["answer", "urgent", "emergency", "effect"]),
)
def test_s18_a_limit_lies_ahead_and_never_comes_back(
    since: datetime, waited: timedelta, more: timedelta, within: str
) -> None:
    first = period(facts(now=since + waited), within, since)
    later = period(facts(now=since + waited + more), within, since)
    assert first[1] > since + waited
    assert later[0] >= first[0]
    assert later[1] >= first[1]
    if later[1] == first[1]:
        assert later[0] == first[0]
