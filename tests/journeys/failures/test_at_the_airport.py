"""What goes wrong at the airport and on the way, and what is done about it at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import Life
from models.booking import RoutingLesson
from models.refund import Posting, balances
from models.stage import Role
from tests.journeys.house import Living
from workflows.commands import Refused
from workflows.offers import ranked
from workflows.standing import until_of

MOVEMENT = Role.MOVEMENT_OFFICER


def a_life(**over: Any) -> Life:
    """Somebody who travels to Chisinau."""
    known = {"given_names": "Ion", "family_name": "Rusu", "sex": "M"}
    return Life("flies", "completed", "MD", "Soroca", native_name="Ion Rusu", **{**known, **over})


def to_the_gate(house: Living, life: Life, number: int = 1) -> str:
    """A ticket in hand, and the question what happened at the gate."""
    ref = house.begin(life, number)
    house.unanswered.add("boarding")
    house.until(ref, "departure.boarding")
    return ref


def orders(house: Living) -> list[dict[str, Any]]:
    """Every order that the airline has, the newest first."""
    truth = house.simulators.truth()["airline"]
    assert truth["duplicates"] == []
    known: list[dict[str, Any]] = truth["orders"]
    return known


def live(house: Living) -> int:
    """How many orders somebody could fly on."""
    return len([order for order in orders(house) if order["cancelled_at"] is None])


def ledger_adds_up(house: Living) -> bool:
    """The money of every booking adds up to nothing (S22)."""
    with house.house.database.reading() as session:
        lines = session.exec(select(Posting)).all()
    for booking in {line.booking_id for line in lines}:
        balances(line for line in lines if line.booking_id == booking)
    return bool(lines)


def test_failure_no_show(alone: Living) -> None:
    ref = to_the_gate(alone, a_life())
    alone.unanswered |= {"safe_contact", "tell_partner", "rebook", "reconfirmation"}
    alone.say(ref, "boarding", {"outcome": "no_show", "cause": "abduction_feared"}, MOVEMENT)
    since = alone.clock.now()
    alone.until(ref, "booking.not_flown")
    asked = {duty.asking.question: duty.asking for duty in alone.open_duties(ref)}
    assert asked["safe_contact"].role is Role.PROTECTION_OFFICER
    assert asked["safe_contact"].until - since <= timedelta(hours=2)
    assert "tell_partner" in asked
    assert live(alone) == 0
    assert ledger_adds_up(alone)
    assert alone.case(ref).closed_at is None
    alone.unanswered -= {"safe_contact", "tell_partner", "rebook"}
    alone.until(ref, "booking.will_anew")
    assert live(alone) == 0, "no second ticket before the person was asked anew"
    assert "asked anew" in alone.explained(ref)
    assert "yeniden sorulmalı" in alone.explained(ref, "tr")
    alone.unanswered -= {"reconfirmation"}
    alone.until(ref, "departure.boarding")
    assert (live(alone), len(orders(alone))) == (1, 2)


def test_failure_no_show_is_not_recorded_while_the_gate_is_open(alone: Living) -> None:
    ref = to_the_gate(alone, a_life())
    flight = alone.facts(ref).booking
    assert flight is not None
    alone.clock.at = flight.departs_at - timedelta(minutes=21)
    with pytest.raises(Refused, match="may still come"):
        alone.say(ref, "boarding", {"outcome": "no_show"}, MOVEMENT)
    alone.say(ref, "boarding", {"outcome": "boarded"}, MOVEMENT)
    assert not alone.facts(ref).departed, "boarded is not departed"
    assert "departure.boarded" in alone.codes(ref)
    alone.clock.at = flight.departs_at
    assert "departure.gone" in alone.codes(ref)
    alone.say(ref, "sighting", {"level": "departed"}, MOVEMENT)
    assert alone.facts(ref).departed


def test_failure_denied_boarding(alone: Living) -> None:
    ref = to_the_gate(alone, a_life())
    alone.unanswered |= {"shelter_tonight", "document_review", "tell_partner", "rebook"}
    alone.say(ref, "boarding", {"outcome": "denied", "cause": "name_mismatch"}, MOVEMENT)
    since = alone.clock.now()
    alone.until(ref, "booking.not_flown")
    asked = {duty.asking.question: duty.asking for duty in alone.open_duties(ref)}
    assert {"shelter_tonight", "document_review", "tell_partner"} <= set(asked)
    assert asked["shelter_tonight"].until - since <= timedelta(hours=6)
    assert "the name differs from the document" in alone.explained(ref)
    assert live(alone) == 0
    assert ledger_adds_up(alone)
    alone.unanswered -= {"shelter_tonight", "document_review", "tell_partner", "rebook"}
    alone.until(ref, "departure.boarding")
    assert (live(alone), len(orders(alone))) == (1, 2)


def test_failure_transit_denied(alone: Living) -> None:
    alone.unanswered |= {"desk_booking", "boarding", "arrival"}
    ref = alone.begin(a_life(given_names="Ion Constantin Alexandru"))
    alone.until(ref, "booking.name")
    over_frankfurt(alone, ref)
    alone.until(ref, "departure.boarding")
    flight = alone.facts(ref).booking
    assert flight is not None
    alone.to(flight.departs_at + timedelta(hours=1))
    alone.say(ref, "boarding", {"outcome": "boarded"}, MOVEMENT)
    assert alone.facts(ref).departed
    told = {"airport": "FRA", "cause": "transit_visa"}
    alone.say(ref, "transit_refusal", told | {"whereabouts": "held_there"}, MOVEMENT)
    asked = {duty.asking.question for duty in alone.open_duties(ref)}
    assert {"duty_line", "welfare_contact", "onward_ticket", "tell_partner"} <= asked
    alone.say(ref, "transit_refusal", told | {"whereabouts": "sent_back"}, MOVEMENT)
    assert not alone.facts(ref).departed, "who was sent back has not gone"
    assert {"shelter_tonight", "welfare_contact"} <= {duty.asking.question for duty in alone.open_duties(ref)}
    alone.until(ref, "booking.not_flown")
    with alone.house.database.reading() as session:
        (lesson,) = session.exec(select(RoutingLesson)).all()
    assert (lesson.airport, lesson.nationality, lesson.document) == ("FRA", "MDA", "passport")
    the_next_one_keeps_away(alone)


def over_frankfurt(house: Living, ref: str) -> None:
    """The travel desk books with a change of planes."""
    day = (house.clock.now() + timedelta(days=14)).date()
    flights = [
        {"carrier": "ZZ", "flight_number": "381", "origin": "IST", "destination": "FRA",
         "departs_at": f"{day}T06:00:00+00:00", "arrives_at": f"{day}T09:00:00+00:00"},
        {"carrier": "ZZ", "flight_number": "12", "origin": "FRA", "destination": "RMO",
         "departs_at": f"{day}T11:00:00+00:00", "arrives_at": f"{day}T13:30:00+00:00"},
    ]  # fmt: skip
    said = {"locator": "QX7T2M", "tickets": ["9990001"], "flights": flights, "price": "310", "currency": "EUR"}
    house.say(ref, "desk_booking", said, MOVEMENT)


def the_next_one_keeps_away(house: Living) -> None:
    """Another person of the same nationality is not sent the same way."""
    ref = house.begin(a_life(given_names="Vasile"), number=2)
    house.until(ref, "booking.ticketed")
    changing = [one for one in ranked(house.facts(ref)) if len(one.offer.legs) > 1]
    assert changing
    for one in changing:
        assert "offer.refused_before" in [reason.code for reason in one.against]
    for standing in house.standings(ref).values():
        until = until_of(standing)
        assert until is None or until > house.clock.now()
