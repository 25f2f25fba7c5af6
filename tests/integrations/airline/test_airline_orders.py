"""What a booking depends on besides its verb: the caller's clock, the search it comes from, the pages of a list."""

from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.airline import BOOKED_BEFORE, OrderStatus
from integrations.airline import duffel as module
from integrations.errors import PartnerRefused


def held(airline, wish, people, family="YILMAZ", key="k1"):
    offer = airline.search(wish())[0]
    return airline.hold(offer.id, people(offer, family), key=key)


def test_a_hold_lapses_on_the_callers_clock(one_airline, airline, wish, people, sim):
    order = held(airline, wish, people)
    late = order.pay_by + timedelta(seconds=1)
    assert one_airline.look_up(order.id, now=order.pay_by - timedelta(seconds=1)).status is OrderStatus.HELD
    assert one_airline.look_up(order.id, now=late).status is OrderStatus.LAPSED
    assert one_airline.find("k1", now=late).status is OrderStatus.LAPSED
    with pytest.raises(PartnerRefused, match="hold_lapsed"):
        one_airline.pay(order.id, order.price, key="p", now=late)
    assert sim.truth()["payments"] == []


def test_a_search_is_booked_once(airline, wish, people, sim):
    offers = airline.search(wish("JFK", "EWR"))
    airline.hold(offers[0].id, people(offers[0]), key="h")
    with pytest.raises(PartnerRefused) as refusal:
        airline.hold(offers[1].id, people(offers[1]), key="i")
    assert refusal.value.code == "offer_request_already_booked"
    assert refusal.value.code in BOOKED_BEFORE
    assert len(sim.truth()["orders"]) == 1


def test_what_comes_back(airline, wish, people, sim):
    def refund(order):
        return airline.quote_cancellation(order.id).refund.amount / order.price.amount

    first, second = held(airline, wish, people), held(airline, wish, people, "ADAM", "k2")
    for order in (first, second):
        airline.pay(order.id, order.price, key="p")
    assert round(refund(first), 2) == Decimal("0.7")
    sim.change(second.id, "cancellation")
    assert refund(second) == 1
    sim.go_on(timedelta(days=32))
    assert round(refund(first), 2) == Decimal("0.1")


@pytest.fixture
def paths(one_airline, monkeypatch):
    """What is read, one order a page."""
    asked, read = [], one_airline._http.read
    monkeypatch.setattr(module, "PAGE", 1)
    monkeypatch.setattr(one_airline._http, "read", lambda verb, path: (asked.append(path), read(verb, path))[1])
    return asked


def test_orders_are_listed_with_what_duffel_documents_page_by_page(airline, wish, people, paths):
    order = held(airline, wish, people)
    held(airline, wish, people, "ADAM", "k2")
    paths.clear()
    assert airline.find("k1") == order
    assert paths == ["/air/orders?limit=1", "/air/orders?limit=1&after=p1"]


def test_an_order_that_comes_on_two_pages_is_one(airline, one_airline, wish, people, monkeypatch):
    order, read = held(airline, wish, people), one_airline._http.read
    monkeypatch.setattr(module, "PAGE", 1)
    held(airline, wish, people, "ADAM", "k2")
    wanted = [("EVE", "k3"), ("ZOE", "k4")]

    def busy(verb, path):
        """Somebody books between any two pages of the list."""
        answer = read(verb, path)
        if verb == "find" and wanted:
            family, key = wanted.pop()
            held(airline, wish, people, family, key)
        return answer

    monkeypatch.setattr(one_airline._http, "read", busy)
    assert airline.find("k2").key == "k2"
    assert airline.find("k1") == order
