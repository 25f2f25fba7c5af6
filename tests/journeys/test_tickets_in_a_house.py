"""Tickets in a whole house: what the airline answers, who sits where, whose money it is, and what is refused."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import Child, Life
from models.booking import Booking, Seat
from models.case import Case
from models.database import Database
from models.effect import Effect, EffectState
from models.escort import EscortTicket
from models.refund import Account, Posting, balances
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.house import Living, living, staff
from workflows import commands
from workflows.advance import Push, advance
from workflows.commands import Refused
from workflows.decide import decide
from workflows.lease import new_token
from workflows.offers import flights_of, ranked
from workflows.records import FACTS
from workflows.standing import Doing, reason_of

MOVEMENT = Role.MOVEMENT_OFFICER


@pytest.fixture
def alone(database: Database) -> Any:
    """A whole house, empty."""
    with living(database) as house:
        yield house


def a_life(family_name: str = "Rusu", **over: Any) -> Life:
    """Somebody who travels to Chisinau."""
    known = {"given_names": "Ion", "native_name": "Ion Rusu", "sex": "M"}
    return Life("flies", "completed", "MD", "Soroca", family_name=family_name, **{**known, **over})


def live_orders(house: Living) -> list[dict[str, Any]]:
    """What somebody could fly on, at the airline itself."""
    truth = house.simulators.truth()["airline"]
    assert truth["duplicates"] == []
    return [order for order in truth["orders"] if order["cancelled_at"] is None]


def rows(house: Living, kind: type[Any]) -> list[Any]:
    """Every row of a kind."""
    with house.house.database.reading() as session:
        return list(session.exec(select(kind).order_by(kind.id)))


@pytest.mark.parametrize("answer", ["SlowOrder", "Mute", "Twice", "NotCreated", "PayLost"])
def test_f13_f14_f15_f16_one_order_whatever_the_airline_answers(alone: Living, answer: str) -> None:
    ref = alone.begin(a_life(answer))
    alone.until(ref, "booking.ticketed")
    (order,) = live_orders(alone)
    assert order["payment_status"]["paid_at"] is not None
    holds = [effect for effect in rows(alone, Effect) if effect.action == "hold_seats"]
    assert [effect.state for effect in holds] == [EffectState.CONFIRMED]
    assert len({effect.key for effect in holds}) == 1


def test_s2_s4_runs_at_the_same_time_book_once(alone: Living) -> None:
    ref = alone.begin(a_life())
    before = threading.Barrier(4)

    def run() -> None:
        before.wait()
        advance(alone.house, ref)

    while "booking.ticketed" not in alone.codes(ref):
        threads = [threading.Thread(target=run) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        alone.step()
    (booking,) = rows(alone, Booking)
    assert [order["id"] for order in live_orders(alone)] == [booking.outside_id]
    assert len(alone.simulators.truth()["airline"]["payments"]) == 1


def test_s1_f31_a_gate_that_closes_between_the_decision_and_the_call_stops_the_call(alone: Living) -> None:
    ref = alone.begin(a_life())
    alone.unanswered.add("risk_approval")
    alone.until(ref, "risk.not_approved")
    with alone.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        assert case.closed_at is None
    alone.unanswered.clear()
    while not holds(alone, ref):
        alone.answer()
        if not holds(alone, ref):
            one_step(alone, ref)
    push = Push(alone.house, ref, new_token())
    push.look()
    decided = push.stand(Stage.FLIGHT_BOOKING)
    assert isinstance(decided, Doing)
    assert decided.action == "hold_seats"
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    assert push.perform(Stage.FLIGHT_BOOKING, decided) == "void"
    assert alone.simulators.truth()["airline"]["orders"] == []


def holds(house: Living, ref: str) -> bool:
    """Whether the next thing is to hold seats."""
    standing = house.standings(ref)[Stage.FLIGHT_BOOKING]
    return isinstance(standing, Doing) and standing.action == "hold_seats"


def one_step(house: Living, ref: str) -> None:
    """One action of one stage; or the clock moves on when there is none."""
    push = Push(house.house, ref, new_token())
    standings = push.look() or {}
    doing = [(stage, standing) for stage, standing in standings.items() if isinstance(standing, Doing)]
    for stage, standing in doing[:1]:
        push.perform(stage, standing)
    push.give_back()
    if not doing and not house.answer():
        house.step()


def test_a_family_in_two_bookings_flies_on_the_same_flights(alone: Living) -> None:
    alone.unanswered.add("journey_plan")
    ref = alone.begin(a_life(children=[Child("Maria", "Maria Rusu", 80), Child("Ana", "Ana Rusu", 100)]))
    alone.until(ref, "booking.no_plan")
    principal, *children = [person.id for person in alone.facts(ref).people]
    day = (alone.clock.now() + timedelta(days=14)).date()
    plan = {"origin": "IST", "destination": "RMO", "depart_on": day}
    with pytest.raises(Refused, match="with an adult"):
        alone.say(ref, "journey_plan", plan | {"parties": [[principal], children]}, MOVEMENT)
    with pytest.raises(Refused, match="exactly once"):
        alone.say(ref, "journey_plan", plan | {"parties": [[principal, children[0]]]}, MOVEMENT)


def test_two_adults_in_two_bookings(alone: Living) -> None:
    alone.unanswered.add("journey_plan")
    ref = alone.begin(a_life(children=[Child("Vasile", "Vasile Rusu", 12 * 30)]))
    alone.until(ref, "booking.no_plan")
    people = [[person.id] for person in alone.facts(ref).people]
    day = (alone.clock.now() + timedelta(days=14)).date()
    plan = {"origin": "IST", "destination": "RMO", "depart_on": day, "parties": people}
    alone.say(ref, "journey_plan", plan, MOVEMENT)
    alone.until(ref, "booking.ticketed")
    first, second = alone.facts(ref).bookings
    assert (first.part, second.part) == (1, 2)
    assert flights_of(first) == flights_of(second)
    assert first.people | second.people == {one for party in people for one in party}
    assert len(live_orders(alone)) == 2
    assert [len(order["passengers"]) for order in live_orders(alone)] == [1, 1]
    with pytest.raises(Refused, match="seats already"):
        alone.say(ref, "journey_plan", plan, MOVEMENT)
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    alone.push()
    assert live_orders(alone) == []
    assert not any(seat.live for seat in rows(alone, Seat))


def test_nobody_is_sent_on_the_flight_of_somebody_they_must_never_meet(alone: Living) -> None:
    first, second = alone.begin(a_life(), 1), alone.begin(a_life(given_names="Vasile"), 2)
    alone.until(first, "booking.ticketed")
    alone.until(second, "booking.ticketed")
    one, other = alone.facts(first).booking, alone.facts(second).booking
    assert one is not None
    assert other is not None
    theirs = flights_of(one)
    known = alone.facts(second)
    met = replace(known, travel=replace(known.travel, shunned=theirs))
    assert flights_of(other) == theirs
    assert reason_of(decide(met)[Stage.FLIGHT_BOOKING]).code == "offer.apart"
    assert all(flights_of(ranking.offer) != theirs or ranking.against for ranking in ranked(met))


def test_an_escort_flies_along_and_home_and_both_are_given_back_on_withdrawal(alone: Living) -> None:
    alone.unanswered |= {"health_clearance", "escort", "escort_ticket", "escort_cancellation"}
    ref = alone.begin(a_life())
    alone.until(ref, "health.not_cleared")
    patient(alone, ref)
    alone.until(ref, "escort.missing")
    today = alone.clock.now().date()
    known = {"kind": "medical", "name": "Deniz Yalin", "document_number": "U12345678"}
    free = {"document_expires_on": today + timedelta(days=900), "free_from": today}
    alone.say(ref, "escort", known | free | {"free_until": today + timedelta(days=60)}, MOVEMENT)
    alone.until(ref, "booking.ticketed")
    assert "escort.no_ticket" in alone.codes(ref)
    (escort,) = alone.facts(ref).travel.escorts
    there = {"about": f"{escort.id}.1", "locator": "ESC0RT", "price": "280", "currency": "EUR"}
    home = there | {"about": f"{escort.id}.2"}
    with pytest.raises(Refused, match="the person's own flights"):
        alone.say(ref, "escort_ticket", there | {"flights": [a_flight(today, 20)]}, MOVEMENT)
    with pytest.raises(Refused, match="after the person has landed"):
        alone.say(ref, "escort_ticket", home | {"flights": [a_flight(today, 1)]}, MOVEMENT)
    with pytest.raises(Refused, match="not free"):
        alone.say(ref, "escort_ticket", home | {"flights": [a_flight(today, 80)]}, MOVEMENT)
    alone.say(ref, "escort_ticket", there, MOVEMENT)
    assert "escort.no_ticket" in alone.codes(ref)
    alone.say(ref, "escort_ticket", home | {"flights": [a_flight(today, 20)]}, MOVEMENT)
    assert "escort.no_ticket" not in alone.codes(ref)
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    asked = [duty.asking.subject for duty in alone.open_duties(ref) if duty.asking.question == "escort_cancellation"]
    assert len(asked) == 2
    for ticket in asked:
        alone.say(ref, "escort_cancellation", {"about": ticket}, MOVEMENT)
    assert not any(ticket.live for ticket in rows(alone, EscortTicket))


def patient(house: Living, ref: str) -> None:
    """Fit to travel with a medical escort, as the medical officer says."""
    person, today = house.facts(ref).principal.id, house.clock.now().date()
    fit = {"person": person, "fit": True, "valid_from": today, "valid_until": today + timedelta(days=90)}
    needs = {"medical_escort": True, "escort_confirmed": True}
    house.say(ref, "health_clearance", fit | needs, Role.MEDICAL_OFFICER)


def a_flight(today: date, days: int) -> dict[str, str]:
    """From Chisinau to Istanbul so many days from today."""
    on = today + timedelta(days=days)
    return {
        "carrier": "ZZ", "flight_number": "382", "origin": "RMO", "destination": "IST",
        "departs_at": f"{on}T08:00:00+00:00", "arrives_at": f"{on}T10:00:00+00:00",
    }  # fmt: skip


def test_s22_a_refund_is_recorded_once_never_above_what_is_owed_and_written_off_by_another(alone: Living) -> None:
    alone.unanswered |= {"desk_cancellation", "refund_receipt"}
    ref = alone.begin(a_life(given_names="Ion Constantin Alexandru"))
    alone.until(ref, "booking.ticketed")
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    alone.push()
    (booking,) = alone.facts(ref).bookings
    alone.say(ref, "desk_cancellation", {"about": booking.id, "refund": "200"}, MOVEMENT)
    alone.push()
    assert "booking.owed" in alone.codes(ref)
    paying = {"about": booking.id, "amount": "150", "reference": "BANK-1"}
    with pytest.raises(Refused, match="owes 200"):
        alone.say(ref, "refund_receipt", paying | {"amount": "201"}, Role.OPERATIONS)
    alone.say(ref, "refund_receipt", paying, Role.OPERATIONS)
    with pytest.raises(Refused, match="before"):
        alone.say(ref, "refund_receipt", paying | {"amount": "10"}, Role.OPERATIONS)
    with pytest.raises(Refused, match="Somebody else"):
        alone.say(ref, "refund_write_off", {"about": booking.id}, Role.OPERATIONS)
    alone.say(ref, "refund_write_off", {"about": booking.id}, Role.SUPERVISOR)
    assert "booking.owed" not in alone.codes(ref)
    totals = balances(rows(alone, Posting))
    assert {account: totals[account] for account in (Account.BANK, Account.PENALTY, Account.WRITTEN_OFF)} == {
        Account.BANK: Decimal(-160), Account.PENALTY: Decimal(110), Account.WRITTEN_OFF: Decimal(50),
    }  # fmt: skip


def test_what_happens_at_the_airport_is_recorded_in_its_order(alone: Living) -> None:
    alone.unanswered.add("boarding")
    ref = alone.begin(a_life())
    with pytest.raises(Refused, match="no ticket"):
        alone.say(ref, "sighting", {"level": "checked_in"}, MOVEMENT)
    alone.until(ref, "booking.ticketed")
    with pytest.raises(Refused, match="not open yet"):
        alone.say(ref, "sighting", {"level": "checked_in"}, MOVEMENT)
    alone.until(ref, "departure.boarding")
    flight = alone.facts(ref).booking
    assert flight is not None
    alone.clock.at = flight.departs_at - timedelta(minutes=30)
    with pytest.raises(Refused, match="Nobody saw"):
        alone.say(ref, "sighting", {"level": "departed"}, MOVEMENT)
    for level in ("checked_in", "passed_exit_control", "boarded"):
        alone.say(ref, "sighting", {"level": level}, MOVEMENT)
    with pytest.raises(Refused, match="further on"):
        alone.say(ref, "sighting", {"level": "checked_in"}, MOVEMENT)
    with pytest.raises(Refused, match="when it has left"):
        alone.say(ref, "sighting", {"level": "departed"}, MOVEMENT)
    assert not alone.facts(ref).departed
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    assert not alone.facts(ref).departed, "who has boarded may still get off"


def test_only_the_roles_of_a_fact_may_record_it(alone: Living) -> None:
    ref = alone.begin(a_life())
    fact = FACTS["price_approval"]
    body = fact.model.model_validate({"up_to": 1000, "currency": "EUR"})
    with pytest.raises(commands.NotAllowed):
        commands.record(alone.house, ref, fact, body, Staff(handle="m", roles=[MOVEMENT.value]))
