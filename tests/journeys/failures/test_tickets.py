"""Flights that the airline moves or takes away, and prices that rise, at the ground truth of the airline."""

from datetime import timedelta
from typing import Any

import httpx
from sqlmodel import select

from api.cli.cast import Life
from models.booking import Booking
from models.refund import Account, Posting, balances
from models.stage import Role
from tests.journeys.house import Living

MOVEMENT = Role.MOVEMENT_OFFICER


def a_life(family_name: str = "Rusu", **over: Any) -> Life:
    """Somebody vulnerable who travels to Chisinau, so that a partner has accepted."""
    return Life("flies", "completed", "MD", "Soroca", "Ion", family_name, "Ion Rusu", sex="M", vulnerable=True, **over)


def airline(house: Living) -> dict[str, Any]:
    """What the airline knows."""
    truth: dict[str, Any] = house.simulators.truth()["airline"]
    assert truth["duplicates"] == []
    return truth


def change(house: Living, minutes: int) -> None:
    """The airline moves its only order, with its webhook."""
    (order,) = airline(house)["orders"]
    said = {"order_id": order["id"], "kind": "schedule_change", "minutes": minutes}
    url = f"{house.simulators.urls['airline']}/_sim/airline_change"
    assert httpx.post(url, json=said, trust_env=False).status_code == 200
    while house.simulators.pending():
        pass
    house.push()
    house.push()


def taken(house: Living) -> list[str | None]:
    """What the airline was told about each of its changes."""
    (order,) = airline(house)["orders"]
    return [one["action_taken"] for one in order["airline_initiated_changes"]]


def test_failure_schedule_change(alone: Living) -> None:
    ref = alone.begin(a_life())
    alone.until(ref, "booking.ticketed")
    before = alone.facts(ref).booking
    assert before is not None
    change(alone, 45)
    assert taken(alone) == ["accepted"], "a small change is accepted"
    alone.unanswered |= {"schedule_change", "tell_about_flight"}
    change(alone, 24 * 60)
    assert taken(alone) == ["accepted", None], "a large one is a movement officer's"
    assert "moved the flight by 1440 minutes" in alone.explained(ref)
    assert "1440 dakika" in alone.explained(ref, "tr")
    after = alone.facts(ref).booking
    assert after is not None
    assert alone.facts(ref).travel_day == before.departs_at.date() + timedelta(days=1)
    (asked,) = {duty.asking.subject for duty in alone.open_duties(ref)} & {alone.facts(ref).travel.changes[-1].id}
    alone.say(ref, "schedule_change", {"about": asked, "accept": True}, MOVEMENT)
    alone.unanswered.clear()
    alone.until(ref, "handover.awaiting_arrival")
    assert taken(alone) == ["accepted", "accepted"]
    texts = [message["text"] for message in alone.simulators.truth()["sms"]["messages"]]
    assert any("konuştuğumuz gün" in text.lower() or "the day we spoke of" in text for text in texts)
    packages = alone.simulators.truth()["partner_nadia"]["packages"]
    assert packages[-1]["stage"] == "arrival"


def test_failure_schedule_change_that_nobody_can_take_is_booked_anew(alone: Living) -> None:
    ref = alone.begin(a_life())
    alone.until(ref, "booking.ticketed")
    alone.unanswered |= {"schedule_change"}
    change(alone, 600)
    (moved,) = alone.facts(ref).travel.changes
    alone.say(ref, "schedule_change", {"about": moved.id, "accept": False}, MOVEMENT)
    alone.until(ref, "booking.ticketed")
    live = [order for order in airline(alone)["orders"] if order["cancelled_at"] is None]
    assert len(live) == 1
    assert len(airline(alone)["orders"]) == 2


def test_failure_flight_cancelled(alone: Living) -> None:
    alone.unanswered |= {"rebook", "tell_about_flight"}
    ref = alone.begin(a_life("AirlineCancels"))
    alone.until(ref, "booking.taken")
    assert "tell_about_flight" in {duty.asking.question for duty in alone.open_duties(ref)}
    with alone.house.database.reading() as session:
        (booking,) = session.exec(select(Booking)).all()
        totals = balances(session.exec(select(Posting)).all())
    assert totals[Account.BANK] == totals[Account.AIRLINE_OWES] == 0, "the whole price came back"
    assert booking.refund == booking.price
    alone.unanswered.clear()
    alone.until(ref, "booking.ticketed")
    live = [order for order in airline(alone)["orders"] if order["cancelled_at"] is None]
    assert len(live) == 1


def test_f18_a_price_that_rises_between_hold_and_payment_is_asked_about(alone: Living) -> None:
    alone.unanswered |= {"price_approval"}
    ref = alone.begin(a_life("Dearer"))
    alone.until(ref, "booking.repriced")
    (order,) = airline(alone)["orders"]
    assert airline(alone)["payments"] == []
    assert order["total_amount"] in alone.explained(ref)
    alone.say(ref, "price_approval", {"up_to": order["total_amount"], "currency": "EUR"}, Role.SUPERVISOR)
    alone.until(ref, "booking.ticketed")
    assert [payment["amount"] for payment in airline(alone)["payments"]] == [order["total_amount"]]
