"""Overstay bands at their edges, by the day of travel; told, told again when it gets worse; holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import DAY, NOW, a_child, a_person, facts
from workflows import facts as f
from workflows import gates
from workflows.facts.papers import Papers, PersonPapers, Stay
from workflows.gates.exit_clearance import ban_months, overstay_days

ENDED = date(2025, 9, 1)
WHO = a_person().id


def staying(stay: Stay | None, **over: object) -> f.Facts:
    """The principal's stay."""
    return facts(**{"papers": Papers("GE", {WHO: PersonPapers(stay=stay)}), **over})


@pytest.mark.parametrize(
    ("on", "paid", "unpaid"),
    [
        (date(2025, 9, 1), 0, 0), (date(2025, 9, 2), 0, 3), (date(2025, 11, 29), 0, 3), (date(2025, 11, 30), 1, 6),
        (date(2025, 12, 1), 1, 6), (date(2026, 2, 27), 1, 6), (date(2026, 2, 28), 3, 12), (date(2026, 8, 26), 3, 12),
        (date(2026, 8, 27), 12, 24), (date(2027, 8, 21), 12, 24), (date(2027, 8, 22), 24, 60),
        (date(2028, 8, 15), 24, 60), (date(2028, 8, 16), 60, 60),
    ],
)  # fmt: skip
def test_the_band_follows_from_the_days_and_the_fine(on: date, paid: int, unpaid: int) -> None:
    known = facts()
    assert ban_months(known, Stay(ENDED, fine_paid=True), on) == paid
    assert ban_months(known, Stay(ENDED, fine_paid=False), on) == unpaid


@pytest.mark.parametrize(("on", "days"), [(ENDED - DAY, 0), (ENDED, 0), (ENDED + DAY, 1), (ENDED + 90 * DAY, 90)])
def test_overstay_is_counted_as_of_a_day(on: date, days: int) -> None:
    assert overstay_days(Stay(ENDED, fine_paid=True), on) == days
    assert overstay_days(Stay(None, fine_paid=True), on) == 0


@given(st.integers(0, 2000), st.integers(0, 400), st.booleans())
def test_leaving_later_never_shortens_a_ban(days: int, later: int, paid: bool) -> None:
    known, stay, on = facts(), Stay(ENDED, fine_paid=paid), ENDED + timedelta(days=days)
    assert ban_months(known, stay, on + timedelta(days=later)) >= ban_months(known, stay, on)


def test_paying_never_makes_a_ban_longer() -> None:
    known = facts()
    for days in range(0, 1500, 7):
        on = ENDED + timedelta(days=days)
        assert ban_months(known, Stay(ENDED, fine_paid=True), on) <= ban_months(known, Stay(ENDED, fine_paid=False), on)


TRAVEL = (NOW + 14 * DAY).date()


@pytest.mark.parametrize(
    ("ends_on", "told", "closed"),
    [
        (TRAVEL - timedelta(days=89), None, "exit.ban_not_told"),  # no ban yet, and that too is told
        (TRAVEL - timedelta(days=89), 0, None),
        (TRAVEL - timedelta(days=90), 0, "exit.ban_worse"),
        (TRAVEL - timedelta(days=90), 1, None),
        (TRAVEL - timedelta(days=90), 3, None),
        (TRAVEL, None, None),
        (TRAVEL + DAY, None, None),
        (None, None, None),
    ],
)
def test_a_ban_that_got_worse_than_what_was_told_closes_the_gate(
    ends_on: date | None, told: int | None, closed: str | None
) -> None:
    said = gates.exit_(staying(Stay(ends_on, fine_paid=True, told_months=told)))
    assert (said.code if said else None) == closed


def test_a_later_flight_closes_what_was_open() -> None:
    known = staying(Stay(TRAVEL - timedelta(days=85), fine_paid=True, told_months=0))
    assert gates.exit_(known) is None
    later = replace(known, plan_of_journey=f.JourneyPlan(NOW, TRAVEL + timedelta(days=5)))
    said = gates.exit_(later)
    assert said
    assert dict(said.values) == {"months": 1, "told": 0}


def test_a_child_gets_no_ban() -> None:
    child = a_child()
    papers = Papers("GE", {child.id: PersonPapers(stay=Stay(ENDED, fine_paid=False))})
    assert gates.exit_(facts(people=(a_person(), child), papers=papers)) is None


@pytest.mark.parametrize(
    ("known", "closed"),
    [
        (facts(), None),
        (facts(exit=None), "exit.not_cleared"),
        (facts(exit=f.Exit(True, True, TRAVEL)), None),
        (facts(exit=f.Exit(True, True, TRAVEL - DAY)), "exit.not_cleared"),
        (facts(exit=f.Exit(False, True, TRAVEL)), "exit.not_free"),
        (facts(exit=f.Exit(True, False, TRAVEL)), "exit.not_told"),
        (staying(Stay(None, fine_paid=False), exit=f.Exit(True, False, TRAVEL)), None),
        (facts(papers=Papers("GE", {WHO: PersonPapers(held=True)})), "exit.held"),
    ],
)
def test_leave_to_exit_holds_on_the_travel_day_and_a_court_goes_before_it(known: f.Facts, closed: str | None) -> None:
    said = gates.exit_(known)
    assert (said.code if said else None) == closed


def test_an_open_gate_is_looked_at_again_before_the_next_band() -> None:
    known = staying(Stay(NOW.date() - timedelta(days=80), fine_paid=True, told_months=1))
    assert gates.cleared_until(known) == NOW.replace(hour=0) + 10 * DAY
