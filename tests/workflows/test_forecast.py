"""Limits that will break are seen days ahead, on the day, and not before anybody need care."""

from datetime import date, timedelta

import pytest

from models.stage import Stage, Track
from tests.factories import DAY, NOW, a_booking, a_handover, a_person, facts
from workflows import facts as f
from workflows.decide import decide
from workflows.facts import Facts
from workflows.forecast import forecast

SOON = f.JourneyPlan(NOW - DAY, (NOW + 14 * DAY).date())
VICTIM = f.Screening(NOW - 40 * DAY, "actual", True, False)


def codes(known: Facts) -> list[str]:
    """What is seen."""
    return [breach.why.code for breach in forecast(known, decide(known))]


def test_nothing_to_see_when_all_is_in_order() -> None:
    assert codes(facts()) == []


@pytest.mark.parametrize(
    ("ends", "seen"),
    [(date(2026, 3, 14), True), (date(2026, 3, 15), False), (date(2026, 3, 16), False)],
)
def test_a_paper_that_ends_before_the_flight(ends: date, seen: bool) -> None:
    person = a_person(documents=(f.Document("passport", ends),))
    known = facts(people=(person,), plan_of_journey=SOON)  # flies on 16 March
    assert ("forecast.document" in codes(known)) is seen


def test_the_risk_assessment_that_ends_first_is_named_with_its_instant() -> None:
    known = facts(risk=f.Risk("r1", NOW - DAY, "low", NOW + 9 * DAY, True), bookings=(a_booking(),))
    breach = next(one for one in forecast(known, decide(known)) if one.why.code == "forecast.risk")
    assert breach.at == NOW + 9 * DAY


def test_a_partner_who_is_not_asked_has_a_last_day() -> None:
    known = facts(screening=VICTIM, handovers=(), plan_of_journey=SOON)
    breach = next(one for one in forecast(known, decide(known)) if one.why.code == "forecast.partner_not_asked")
    assert breach.stage is Stage.PARTNER_HANDOVER
    assert NOW < breach.at < NOW + 9 * DAY


@pytest.mark.parametrize(("days", "seen"), [(14, False), (5, True)])
def test_a_partner_who_usually_answers_too_late(days: int, seen: bool) -> None:
    offered = a_handover(status="offered", waiting_since=NOW)
    plan = f.JourneyPlan(NOW, (NOW + days * DAY).date())
    assert (
        "forecast.partner_late" in codes(facts(screening=VICTIM, handovers=(offered,), plan_of_journey=plan))
    ) is seen


@pytest.mark.parametrize(("days", "seen"), [(10, True), (40, False)])
def test_work_that_usually_takes_longer(days: int, seen: bool) -> None:
    plan = f.JourneyPlan(NOW, (NOW + days * DAY).date())
    known = facts(people=(a_person(documents=()),), plan_of_journey=plan)  # papers 15, exit 4, booking 2 working days
    assert ("forecast.too_late" in codes(known)) is seen


@pytest.mark.parametrize("over", [{"closed": True}, {"departed_at": NOW}, {"track": Track.IN_PLACE}])
def test_nothing_is_foretold_where_nobody_is_to_fly(over: dict[str, object]) -> None:
    assert codes(facts(people=(a_person(documents=()),), plan_of_journey=SOON, **over)) == []


def test_what_is_far_away_is_left_for_later() -> None:
    far = f.JourneyPlan(NOW, (NOW + timedelta(days=60)).date())
    person = a_person(fitness=f.Fitness(True, NOW.date(), (NOW + 50 * DAY).date()))
    assert "forecast.fitness" not in codes(facts(people=(person,), plan_of_journey=far))
