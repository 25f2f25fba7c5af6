"""Beside the handover: who must do what, from when on, and what ends it."""

from datetime import timedelta
from typing import Any

import pytest

from models.stage import Role
from tests.factories import DAY, NOW, a_booking, a_handover, facts
from workflows import facts as f
from workflows.duties import partner_handover
from workflows.handover.clock import answer_by
from workflows.standing import Duty

HOUR = timedelta(hours=1)
VULNERABLE = {"screening": f.Screening(NOW - 40 * DAY, "none", True, False)}
LANDED = a_booking(departs_at=NOW - 5 * HOUR, arrives_at=NOW)
GONE: dict[str, Any] = {"boarding": "boarded", "departed_at": NOW - 5 * HOUR, "bookings": (LANDED,)}


def duties(**over: Any) -> dict[tuple[str, str], Duty]:
    """By question and subject."""
    return {(one.asking.question, one.asking.subject): one for one in partner_handover.duties(facts(**over))}


def test_handover_calls_open_with_the_rungs_of_the_ladder() -> None:
    handover = a_handover(status="offered", waiting_since=NOW)
    known = facts(**VULNERABLE, handovers=(handover,))
    due, open_ = answer_by(known, handover), duties(**VULNERABLE, handovers=(handover,))
    manager, office = open_["partner_call", "h1.partner_manager"], open_["partner_call", "h1.country_office"]
    assert (manager.asking.role, manager.opens_at - due) == (Role.COUNSELLOR, 24 * HOUR)
    assert (office.asking.role, office.opens_at - due) == (Role.COUNTRY_OFFICE, 48 * HOUR)


@pytest.mark.parametrize("status", ["asked_back", "accepted", "declined", "expired"])
def test_handover_that_was_answered_needs_no_call(status: str) -> None:
    assert duties(handovers=(a_handover(status=status, identity_sent=False),)) == {}


def test_handover_call_that_was_made_is_not_asked_for_again() -> None:
    made = f.Reception(called=frozenset({"h1.partner_manager"}))
    open_ = duties(reception=made, handovers=(a_handover(status="offered", waiting_since=NOW),))
    assert list(open_) == [("partner_call", "h1.country_office")]


def test_handover_after_landing_somebody_phones_then_the_duty_officer_sees_to_it() -> None:
    open_ = duties(**GONE)
    phone, officer = open_["partner_call", "h1.phone"], open_["partner_call", "h1.duty_officer"]
    assert (phone.asking.role, phone.opens_at) == (Role.COUNSELLOR, NOW + 2 * HOUR)
    assert (officer.asking.role, officer.opens_at) == (Role.COUNTRY_OFFICE, NOW + 6 * HOUR)
    assert duties(**GONE, arrived_at=NOW + HOUR).keys() == {("partner_call", "h1.first_week")}


def test_handover_of_nobody_after_landing_is_a_protection_officers() -> None:
    [one] = duties(**GONE, handovers=(a_handover(status="declined", identity_sent=False),)).values()
    assert (one.asking.role, one.asking.question, one.opens_at) == (Role.PROTECTION_OFFICER, "arrival", NOW + 2 * HOUR)


def test_handover_first_week_without_a_word_goes_to_the_office_over_there() -> None:
    there = {**GONE, "arrived_at": NOW, "handovers": (a_handover(status="received"),)}
    [one] = duties(**there).values()
    assert (one.asking.role, one.opens_at) == (Role.COUNTRY_OFFICE, NOW + 12 * DAY)
    reported = a_handover(status="received", parts=frozenset({"first_week"}))
    assert duties(**{**there, "handovers": (reported,)}) == {}
    assert duties(**there, arrival=f.Arrival(safe_at=NOW)) == {}


def test_handover_incident_is_asked_about_until_it_is_closed() -> None:
    incidents = tuple(f.PartnerIncident(name, "tampered", "h1", NOW, name == "open") for name in ("open", "closed"))
    [one] = duties(reception=f.Reception(incidents=incidents)).values()
    assert (one.asking.role, one.asking.subject) == (Role.PROTECTION_OFFICER, "open")
    assert one.holds_closure


@pytest.mark.parametrize("status", ["recalled", "cancelled", "withdrawn", "returned"])
def test_handover_partner_that_knew_who_comes_certifies_that_nothing_is_left(status: str) -> None:
    gone = (a_handover(status=status, journey=1),)
    [one] = duties(handovers=gone, journey=2).values()
    assert (one.asking.role, one.asking.question, one.asking.subject) == (Role.OPERATIONS, "data_certificate", "h1")
    assert duties(handovers=gone, journey=2, reception=f.Reception(certified=frozenset({"h1"}))) == {}
    assert duties(handovers=(a_handover(status=status, identity_sent=False),), journey=2) == {}


def test_handover_accepted_too_late_for_the_flight_moves_the_plan() -> None:
    plan = f.JourneyPlan(NOW, (NOW + 2 * DAY).date())
    [one] = duties(**VULNERABLE, plan_of_journey=plan, handovers=(a_handover(accepted_at=NOW),)).values()
    assert (one.asking.role, one.asking.question) == (Role.MOVEMENT_OFFICER, "journey_plan")


def test_handover_return_is_ours_to_accept() -> None:
    back = a_handover(id="h2", status="offered", back=True, waiting_since=NOW, identity_sent=False)
    [one] = duties(handovers=(a_handover(), back)).values()
    assert (one.asking.question, one.asking.subject) == ("handover_return", "h2")
