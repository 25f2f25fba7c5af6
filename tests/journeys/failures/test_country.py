"""A place closes overnight: every case towards it is held at once, tickets wait, two people open it again."""

from datetime import timedelta
from typing import Any

import pytest

from api.cli.cast import Life
from models.staff import Staff
from models.stage import Role
from tests.journeys.house import Living
from workflows.commands import Refused, country

ANNE, BORA = (Staff(handle=name, roles=[Role.OPERATIONS.value]) for name in ("anne", "bora"))


def a_life(given: str, family: str, area: str = "Kutaisi", place: str = "GE") -> Life:
    """Somebody who goes home with a passport."""
    return Life("goes home", "completed", place, area, given, family, given)


def orders(alone: Living) -> list[dict[str, Any]]:
    """Everything in the airline's own books."""
    return list(alone.simulators.truth()["airline"]["orders"])


def live(alone: Living) -> list[dict[str, Any]]:
    """Those not cancelled."""
    return [order for order in orders(alone) if order.get("cancelled_at") is None]


def test_failure_country_closes(alone: Living) -> None:
    """War breaks out: nobody is sent there, nothing is cancelled by itself, and every risk is looked at again."""
    booked = alone.begin(a_life("Nino", "Beridze"), 1)
    alone.until(booked, "booking.ticketed")
    early = alone.begin(a_life("Keti", "Abashidze", "Gori"), 2)
    elsewhere = alone.begin(a_life("Jasur", "Tursunov", "Bukhara", "UZ"), 3)
    alone.unanswered |= {"ticket_hold", "risk_review"}
    turned = country.hold(alone.house, "GE", None, "armed_conflict", "foreign ministry, note 7", ANNE)
    assert turned.told == 2
    with alone.house.database.reading() as session:
        touched = {row.ref: row.ticket for row in country.affected(session, "GE")}
    assert touched == {booked: "ticketed", early: None}
    alone.until(booked, "country.ticket_held")
    assert len(live(alone)) == 1, "the ticket is held, not cancelled"
    assert "returns to Georgia are held" in alone.explained(booked)
    assert "armed conflict" in alone.explained(booked)
    assert "silahlı çatışma" in alone.explained(booked, "tr")
    alone.until(early, "country.held")
    assert "country.held" not in alone.codes(elsewhere)
    with pytest.raises(Refused):
        alone.say(booked, "boarding", {"outcome": "boarded"}, Role.MOVEMENT_OFFICER)
    assert not country.lift(alone.house, "GE", None, "cease-fire", ANNE).done
    assert "country.held" in alone.codes(booked)
    assert country.lift(alone.house, "GE", None, "cease-fire, seen by our office", BORA).done
    alone.until(booked, "risk.reported")
    assert "country.held" not in alone.codes(booked)
    alone.unanswered.clear()
    while alone.facts(booked).departed_at is None or alone.facts(early).departed_at is None:
        assert alone.step()
    assert len(live(alone)) == 3
    assert alone.simulators.truth()["airline"]["duplicates"] == []


def test_failure_public_health_closure_ticket_given_back(alone: Living) -> None:
    """A closure that lasts: the movement officer gives the ticket back, the airline has it cancelled, once."""
    ref = alone.begin(a_life("Nino", "Beridze"), 1)
    alone.until(ref, "booking.ticketed")
    alone.unanswered |= {"ticket_hold"}
    country.hold(alone.house, "GE", "Kutaisi", "public_health", "health ministry circular", ANNE)
    alone.until(ref, "country.ticket_held")
    booking = alone.facts(ref).booking
    assert booking is not None
    alone.say(ref, "ticket_hold", {"about": f"{booking.id}.0", "keep": True}, Role.MOVEMENT_OFFICER)
    alone.push()
    assert "country.ticket_held" not in alone.codes(ref)
    alone.to(alone.clock.now() + timedelta(days=3))
    alone.until(ref, "country.ticket_held")
    assert len(live(alone)) == 1
    alone.say(ref, "ticket_hold", {"about": f"{booking.id}.1", "keep": False}, Role.MOVEMENT_OFFICER)
    for _ in range(4):
        alone.push()
    assert [bool(order.get("cancelled_at")) for order in orders(alone)] == [True]
    assert alone.facts(ref).booking is not None
    assert not any(one.is_live for one in alone.facts(ref).bookings)
    assert "country.held" in alone.codes(ref)
