"""Escorts: needed for whom, ticketed there and home, given back when nobody needs them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.stage import Stage, Track
from tests.factories import DAY, NOW, a_booking, a_person, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.duties.escort import duties
from workflows.facts.travel import Escort, EscortTicket, Travel
from workflows.gates.escort import escorted
from workflows.standing import Blocked

THERE = NOW + 14 * DAY
OUT = f.Leg("ZZ", "1", "IST", "TBS", "TR", "GE", THERE, THERE + DAY / 8, THERE, THERE)
HOME = f.Leg("ZZ", "2", "TBS", "IST", "GE", "TR", THERE + 2 * DAY, THERE + 2 * DAY, THERE, THERE)
BOOKED = a_booking(legs=(OUT,), departs_at=THERE, arrives_at=THERE + DAY / 8)


def a_ticket(leg: int, **over: Any) -> EscortTicket:
    """A live ticket: there with the person, or home."""
    flown = OUT if leg == 1 else HOME
    known = {"id": f"t{leg}", "leg": leg, "live": True, "booking_generation": 1}
    return EscortTicket(**{**known, "departs_at": flown.departs_at, "legs": (flown,), **over})


def an_escort(*tickets: EscortTicket, **over: Any) -> Escort:
    """Somebody free for a month."""
    known = {
        "id": "e1",
        "journey": 1,
        "kind": "medical",
        "free_from": NOW.date(),
        "free_until": (NOW + 30 * DAY).date(),
    }
    return Escort(**{**known, "document_expires_on": date(2030, 1, 1), "tickets": tickets, **over})


def a_patient(*escorts: Escort, **over: Any) -> f.Facts:
    """Somebody who needs a medical escort, with a ticket."""
    fitness = f.Fitness(True, date(2026, 1, 1), date(2026, 12, 31), needs_medical_escort=True)
    known = {"people": (a_person(fitness=fitness),), "bookings": (BOOKED,), "travel": Travel(escorts=escorts)}
    return facts(**{**known, **over})


def asked(known: f.Facts) -> list[tuple[str, str]]:
    """What is to be done, about what."""
    return [(duty.asking.question, duty.asking.subject) for duty in duties(known)]


def code(known: f.Facts) -> str | None:
    """Why the gate is closed."""
    reason = escorted(known)
    return reason.code if reason else None


def test_who_needs_no_escort_leaves_alone() -> None:
    assert code(facts(bookings=(BOOKED,))) is None
    assert asked(facts(bookings=(BOOKED,))) == []


def test_a_child_without_parent_or_guardian_needs_a_social_escort() -> None:
    known = facts(bookings=(BOOKED,))
    alone = replace(known, protection=replace(known.protection, needs_escort=frozenset({"c"})))
    assert (code(alone), asked(alone)) == ("escort.missing", [("escort", "social")])


@pytest.mark.parametrize(
    ("escorts", "why"),
    [
        ((), "escort.missing"),
        ((an_escort(),), "escort.no_ticket"),
        ((an_escort(a_ticket(1)),), "escort.no_ticket"),
        ((an_escort(a_ticket(2)),), "escort.no_ticket"),
        ((an_escort(a_ticket(1), a_ticket(2)),), None),
        ((an_escort(a_ticket(1, live=False), a_ticket(2)),), "escort.no_ticket"),
        ((an_escort(a_ticket(1, legs=(HOME,)), a_ticket(2)),), "escort.no_ticket"),
        ((an_escort(a_ticket(1), a_ticket(2, departs_at=THERE)),), "escort.no_ticket"),
        ((an_escort(a_ticket(1), a_ticket(2), kind="social"),), "escort.missing"),
        ((an_escort(a_ticket(1), a_ticket(2), journey=0),), "escort.missing"),
        ((an_escort(a_ticket(1), a_ticket(2), free_until=THERE.date()),), None),
        ((an_escort(a_ticket(1), a_ticket(2), free_until=THERE.date() - DAY),), "escort.missing"),
        ((an_escort(a_ticket(1), a_ticket(2), document_expires_on=THERE.date() - DAY),), "escort.missing"),
    ],
)
def test_the_gate_opens_with_a_ticket_there_and_one_home(escorts: tuple[Escort, ...], why: str | None) -> None:
    known = a_patient(*escorts)
    assert code(known) == why
    standing = decide_stage(known, Stage.DEPARTURE)
    blocked = {reason.code for reason in standing.by} if isinstance(standing, Blocked) else set()
    assert (why in blocked) is (why is not None)


def test_both_legs_are_booked_once_the_person_has_a_ticket() -> None:
    assert asked(a_patient(an_escort())) == [("escort_ticket", "e1.1"), ("escort_ticket", "e1.2")]
    assert asked(a_patient(an_escort(a_ticket(1)))) == [("escort_ticket", "e1.2")]
    assert asked(a_patient(an_escort(a_ticket(1), a_ticket(2)))) == []
    assert asked(a_patient(an_escort(), bookings=(replace(BOOKED, status="held"),))) == []


def test_another_flight_of_the_person_needs_another_ticket_of_the_escort() -> None:
    later = replace(OUT, departs_at=THERE + timedelta(hours=2))
    moved = a_booking(legs=(later,), departs_at=later.departs_at, arrives_at=later.arrives_at)
    known = a_patient(an_escort(a_ticket(1), a_ticket(2)), bookings=(moved,))
    assert asked(known) == [("escort_cancellation", "t1")], "the old one is given back before a new one is bought"
    given_back = a_patient(an_escort(a_ticket(1, live=False), a_ticket(2)), bookings=(moved,))
    assert asked(given_back) == [("escort_ticket", "e1.1")]


@pytest.mark.parametrize(
    "over", [{"journey": 2, "bookings": ()}, {"track": Track.IN_PLACE}, {"track": Track.UNDECIDED}]
)
def test_both_tickets_are_given_back_when_the_person_stays(over: dict[str, Any]) -> None:
    known = a_patient(an_escort(a_ticket(1), a_ticket(2)), **over)
    assert {subject for question, subject in asked(known) if question == "escort_cancellation"} == {"t1", "t2"}


def test_who_has_left_keeps_their_way_home() -> None:
    gone = {"departed_at": THERE, "boarding": "boarded"}
    assert asked(a_patient(an_escort(a_ticket(1), a_ticket(2)), **gone)) == []
