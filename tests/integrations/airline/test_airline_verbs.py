"""Every verb against the simulated airline, when nothing goes wrong, and what time does to bookings."""

from datetime import UTC, date, timedelta
from decimal import Decimal

import pytest

from integrations.airline import BOOKED_BEFORE, Airline, Money, OrderStatus
from integrations.airline import duffel as module
from integrations.errors import PartnerRefused


def held(airline, wish, people, family="YILMAZ", key="k1"):
    offer = airline.search(wish())[0]
    return airline.hold(offer.id, people(offer, family), key=key)


def test_the_client_is_an_airline(one_airline):
    def takes(_: Airline) -> None: ...

    takes(one_airline)


def test_search_is_sorted_complete_and_repeatable(airline, wish):
    offers = airline.search(wish(ages=(34, 8, 1)))
    again = airline.search(wish(ages=(34, 8, 1)))
    assert [o.price for o in offers] == [o.price for o in again]
    assert [o.price.amount for o in offers] == sorted(o.price.amount for o in offers)
    assert len(offers) == 3
    assert all(len(o.passenger_ids) == 3 for o in offers)
    assert offers[0].can_hold
    assert offers[0].pay_by is not None
    assert not offers[1].can_hold
    assert offers[1].document_required
    assert len(offers[2].segments) == 2


def test_search_without_connections_is_direct(airline, wish):
    assert all(len(o.segments) == 1 for o in airline.search(wish("BER", "EBL", max_connections=0)))


def test_times_are_local_and_utc(airline, wish):
    flight = airline.search(wish("JFK", "IST"))[0].segments[0]
    assert flight.departs_at.tzinfo is UTC
    gap = flight.arrives_at_local - flight.departs_at_local - (flight.arrives_at - flight.departs_at)
    assert gap in (timedelta(hours=7), timedelta(hours=8))
    assert timedelta(hours=8) < flight.arrives_at - flight.departs_at < timedelta(hours=12)


def test_paging_goes_to_the_end(airline, wish, people, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 1)
    assert len(airline.search(wish())) == 3
    first = held(airline, wish, people, "ADAM", "first")
    for number in range(3):
        held(airline, wish, people, f"ADAM{number}", f"other {number}")
    assert airline.find("first") == first


def test_hold_find_pay(airline, wish, people, sim):
    order = held(airline, wish, people)
    assert order.status is OrderStatus.HELD
    assert order.key == "k1"
    assert order.pay_by is not None
    assert airline.find("k1") == order == airline.look_up(order.id)
    assert airline.find("k2") is None
    paid = airline.pay(order.id, order.price, key="p1")
    assert paid.status is OrderStatus.TICKETED
    assert len(paid.tickets) == 1
    assert paid.pay_by is None
    assert airline.pay(order.id, order.price, key="p1") == paid
    assert len(sim.truth()["payments"]) == 1
    assert sim.truth()["duplicates"] == []


def test_buy(airline, wish, people, sim):
    offer = airline.reprice(airline.search(wish())[1].id)
    order = airline.buy(offer.id, people(offer), offer.price, key="b1")
    assert order.status is OrderStatus.TICKETED
    assert [p["order_id"] for p in sim.truth()["payments"]] == [order.id]


def test_buy_at_the_wrong_price(airline, wish, people, sim):
    offer = airline.search(wish())[1]
    with pytest.raises(PartnerRefused) as refusal:
        airline.buy(offer.id, people(offer), Money(amount=Decimal(1), currency="EUR"), key="b1")
    assert refusal.value.code == "payment_amount_does_not_match_order_amount"
    assert sim.truth()["orders"] == []


@pytest.mark.parametrize("which", [0, 1])
def test_cancel_in_two_steps(airline, wish, people, which):
    offer = airline.search(wish())[which]
    verb = airline.buy if which else airline.hold
    order = verb(offer.id, people(offer), *([offer.price] if which else []), key="c")
    quote = airline.quote_cancellation(order.id)
    assert not quote.confirmed
    assert airline.look_up(order.id).status is not OrderStatus.CANCELLED
    done = airline.confirm_cancellation(quote.id)
    assert done.confirmed
    assert (done.refund is not None) is bool(which)
    assert airline.look_up(order.id).status is OrderStatus.CANCELLED
    with pytest.raises(PartnerRefused, match="already_cancelled"):
        airline.confirm_cancellation(quote.id)
    with pytest.raises(PartnerRefused, match="already_cancelled"):
        airline.quote_cancellation(order.id)


def test_a_cancelled_hold_cannot_be_paid(airline, wish, people):
    order = held(airline, wish, people)
    airline.confirm_cancellation(airline.quote_cancellation(order.id).id)
    with pytest.raises(PartnerRefused, match="order_cancelled"):
        airline.pay(order.id, order.price, key="p")


def test_a_hold_lapses(airline, wish, people, sim):
    order = held(airline, wish, people)
    sim.go_on(timedelta(days=3, minutes=1))
    assert airline.look_up(order.id).status is OrderStatus.LAPSED
    with pytest.raises(PartnerRefused, match="hold_lapsed"):
        airline.pay(order.id, order.price, key="p")
    assert sim.truth()["payments"] == []


def test_an_offer_and_a_quote_expire(airline, wish, people, sim):
    offer = airline.search(wish())[0]
    other = airline.search(wish())[1]
    order = airline.buy(other.id, people(other), other.price, key="c")
    quote = airline.quote_cancellation(order.id)
    sim.go_on(timedelta(minutes=61))
    for verb in (lambda: airline.reprice(offer.id), lambda: airline.hold(offer.id, people(offer), key="h")):
        with pytest.raises(PartnerRefused, match="offer_expired"):
            verb()
    with pytest.raises(PartnerRefused, match="order_cancellation_expired"):
        airline.confirm_cancellation(quote.id)


def test_an_offer_is_booked_once(airline, wish, people):
    offer = airline.search(wish())[0]
    airline.hold(offer.id, people(offer), key="h")
    with pytest.raises(PartnerRefused) as refusal:
        airline.hold(offer.id, people(offer), key="h")
    assert refusal.value.code in BOOKED_BEFORE


def test_two_orders_under_one_key_need_a_person_and_show_as_duplicates(airline, wish, people, sim):
    held(airline, wish, people)
    held(airline, wish, people)
    with pytest.raises(PartnerRefused, match="two_orders_one_key"):
        airline.find("k1")
    assert [group["kind"] for group in sim.truth()["duplicates"]] == ["same_traveller"]


def test_a_second_payment_shows_as_a_duplicate(airline, wish, people, sim):
    order = held(airline, wish, people)
    airline.pay(order.id, order.price, key="p")
    headers = {"Authorization": "Bearer duffel_test_token", "Duffel-Version": "v2"}
    payment = {"type": "balance", "amount": str(order.price.amount), "currency": "EUR"}
    answer = sim.http.post("/air/payments", json={"data": {"order_id": order.id, "payment": payment}}, headers=headers)
    assert answer.json()["errors"][0]["code"] == "already_paid"
    assert [group["kind"] for group in sim.truth()["duplicates"]] == ["paid_twice"]


def test_a_schedule_change_moves_the_flights(airline, wish, people, sim):
    order = held(airline, wish, people)
    sim.change(order.id, "schedule_change")
    moved = airline.look_up(order.id)
    assert moved.segments[0].departs_at - order.segments[0].departs_at == timedelta(hours=2)
    assert moved.status is OrderStatus.HELD


def test_the_airlines_new_times_are_accepted_once(airline, wish, people, sim):
    order = held(airline, wish, people)
    sim.change(order.id, "schedule_change")
    moved = airline.accept_changes(order.id)
    assert moved.segments[0].departs_at - order.segments[0].departs_at == timedelta(hours=2)
    assert airline.accept_changes(order.id) == moved
    (change,) = sim.truth()["orders"][0]["airline_initiated_changes"]
    assert change["action_taken"] == "accepted"


def test_a_flight_taken_away_is_never_accepted(airline, wish, people, sim):
    order = held(airline, wish, people)
    sim.change(order.id, "cancellation")
    assert airline.accept_changes(order.id).status is OrderStatus.AIRLINE_CANCELLED
    assert sim.truth()["orders"][0]["airline_initiated_changes"][0]["action_taken"] is None


def test_the_airline_cancels(airline, wish, people, sim):
    order = held(airline, wish, people)
    sim.change(order.id, "cancellation")
    assert airline.look_up(order.id).status is OrderStatus.AIRLINE_CANCELLED


def test_an_infant_travels_on_an_adults_lap(airline, wish, people, sim):
    offer = airline.search(wish(ages=(34, 1)))[0]
    adult, baby = people(offer)
    baby = baby.model_copy(update={"infant_of": adult.id, "born_on": date(2026, 1, 1)})
    airline.hold(offer.id, (adult, baby), key="h")
    booked = sim.truth()["orders"][0]["passengers"]
    assert booked[0]["infant_passenger_id"] == baby.id
    assert "infant_passenger_id" not in booked[1]
