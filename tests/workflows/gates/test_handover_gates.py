"""S10: who may fly only with an acceptance, in time, for these days; and what holds the ticket of everybody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import DAY, NOW, a_booking, a_handover, facts
from workflows import facts as f
from workflows.gates import GATES
from workflows.handover.clock import accept_before, ends_at

VULNERABLE = {"screening": f.Screening(NOW - 40 * DAY, "none", True, False)}
FLIGHT = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def code(**over: Any) -> str | None:
    """Why the gate is closed."""
    reason = GATES["accepted"](facts(**over))  # type: ignore[index]
    return reason.code if reason else None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("offered", "handover.not_accepted"), ("asked_back", "handover.not_accepted"), ("accepted", None),
        ("arrived", None), ("received", None), ("declined", "handover.not_accepted"),
        ("cancelled", "handover.not_accepted"), ("recalled", "handover.not_accepted"), ("expired", "handover.not_accepted"),
        ("no_show", "handover.not_accepted"), ("returned", "handover.not_accepted"), ("draft", "handover.not_accepted"),
    ],
)  # fmt: skip
def test_s10_handover_gate_is_open_for_the_vulnerable_only_after_acceptance(status: str, expected: str | None) -> None:
    assert code(**VULNERABLE, handovers=(a_handover(status=status, waiting_since=NOW),)) == expected


@pytest.mark.parametrize(
    "over", [{"may_share_with": frozenset()}, {"reception": f.Reception(inactive=frozenset({"nadia"}))}]
)
def test_s10_handover_gate_closes_when_the_partner_may_no_longer_receive(over: dict[str, Any]) -> None:
    assert code(**VULNERABLE) is None
    assert code(**VULNERABLE, **over) == "handover.not_accepted"


@pytest.mark.parametrize(("later", "expected"), [(-TICK, None), (timedelta(), None), (TICK, "handover.too_late")])
def test_handover_gate_wants_five_working_days_before_the_flight(later: timedelta, expected: str | None) -> None:
    booking = a_booking(departs_at=FLIGHT)
    limit = accept_before(facts(), FLIGHT)
    over = {"bookings": (booking,), "handovers": (a_handover(accepted_at=limit + later),)}
    assert code(**VULNERABLE, **over) == expected
    assert code(**over) is None  # an ordinary case is not held up by it


def test_handover_gate_asks_for_another_day_before_a_ticket_is_bought() -> None:
    plan = f.JourneyPlan(NOW - DAY, (NOW + 3 * DAY).date())
    assert code(**VULNERABLE, plan_of_journey=plan, handovers=(a_handover(accepted_at=NOW),)) == "handover.too_late"


def test_handover_gate_is_closed_for_a_flight_outside_the_days_accepted() -> None:
    over = {"bookings": (a_booking(),), "handovers": (a_handover(arrival_to=(NOW + 13 * DAY).date()),)}
    assert code(**VULNERABLE, **over) == "handover.other_dates"


def test_handover_silent_to_the_end_holds_the_ticket_of_an_ordinary_case_too() -> None:
    handover = a_handover(status="offered", waiting_since=NOW, identity_sent=False)
    end = ends_at(facts(), handover)
    assert code(handovers=(handover,), now=end - TICK) is None
    assert code(handovers=(handover,), now=end) == "handover.held"
    assert code(handovers=(a_handover(status="expired"),)) == "handover.held"
    assert code(handovers=(a_handover(status="expired"),), partner="tariq") is None


@pytest.mark.parametrize(("is_open", "expected"), [(True, "handover.tampered"), (False, None)])
def test_handover_tampered_package_holds_the_ticket_until_it_is_explained(is_open: bool, expected: str | None) -> None:
    incident = f.PartnerIncident("i1", "tampered", "h1", NOW, is_open)
    for over in ({}, VULNERABLE):
        assert code(**over, reception=f.Reception(incidents=(incident,))) == expected
