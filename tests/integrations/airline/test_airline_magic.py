"""Every magic route and name of the simulated airline, as the client and the webhooks see it."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.airline import OrderStatus
from integrations.airline import webhooks as hooks
from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable


def hold(airline, wish, people, family, key="k1", route=("MUC", "IST")):
    offer = airline.search(wish(*route))[0]
    return airline.hold(offer.id, people(offer, family), key=key)


def kinds(caught):
    return [json.loads(body)["type"] for body, _ in caught.got]


def test_a_route_without_offers(airline, wish):
    assert airline.search(wish("PVD", "RAI")) == ()


def test_a_search_that_times_out_may_be_repeated(airline, wish):
    with pytest.raises(PartnerUnavailable, match="gateway_timeout_error"):
        airline.search(wish("STN", "LHR"))


def test_an_offer_that_is_gone(airline, wish, people, sim):
    with pytest.raises(PartnerRefused, match="offer_no_longer_available"):
        hold(airline, wish, people, "YILMAZ", route=("LGW", "LHR"))
    assert sim.truth()["orders"] == []


def test_a_fare_that_climbs(airline, wish):
    offer = airline.search(wish("LHR", "STN"))[0]
    assert airline.reprice(offer.id).price.amount == offer.price.amount + 10
    assert airline.reprice(offer.id).price.amount == offer.price.amount + 20


def test_a_route_where_everything_can_be_held(airline, wish):
    assert all(offer.can_hold for offer in airline.search(wish("JFK", "EWR")))


def test_nothing_can_be_held_right_before_departure(airline, wish):
    assert not any(offer.can_hold for offer in airline.search(wish("SYD", "IST", days=0)))


@pytest.mark.parametrize("family", ["LOSTREPLY", "LostReply", "BROKENREPLY"])
def test_a_booking_whose_answer_is_lost_is_found(airline, wish, people, sim, caught, family):
    with pytest.raises(OutcomeUnknown) as lost:
        hold(airline, wish, people, family)
    assert lost.value.code in ("RemoteProtocolError", "internal_server_error")
    found = airline.find("k1")
    assert found is not None
    assert found.status is OrderStatus.HELD
    assert len(sim.truth()["orders"]) == 1
    sim.settle()
    assert kinds(caught) == ["order.created"]


def test_a_purchase_whose_answer_is_lost_is_found(airline, wish, people, sim):
    offer = airline.search(wish())[1]
    with pytest.raises(OutcomeUnknown):
        airline.buy(offer.id, people(offer, "LOSTREPLY"), offer.price, key="b1")
    assert airline.find("b1").status is OrderStatus.TICKETED
    assert len(sim.truth()["payments"]) == 1


def test_a_slow_order_comes_later(airline, wish, people, sim, caught):
    with pytest.raises(OutcomeUnknown) as later:
        hold(airline, wish, people, "SLOWORDER")
    assert later.value.code == "accepted_not_done"
    assert airline.find("k1") is None
    sim.settle()
    order = airline.find("k1")
    assert kinds(caught) == ["order.created"]
    assert hooks.read(caught.got[0][0]).order_id == order.id


def test_an_order_that_fails_later(airline, wish, people, sim, caught):
    offer = airline.search(wish())[0]
    with pytest.raises(OutcomeUnknown, match="accepted_not_done"):
        airline.hold(offer.id, people(offer, "FAILORDER"), key="k1")
    sim.settle()
    notice = hooks.read(caught.got[0][0])
    assert (notice.kind, notice.order_id, notice.offer_id) == ("order.creation_failed", None, offer.id)
    assert airline.find("k1") is None


def test_an_order_not_created_may_be_tried_again(airline, wish, people, sim):
    with pytest.raises(PartnerUnavailable, match="order_not_created"):
        hold(airline, wish, people, "NOTCREATED")
    assert sim.truth()["orders"] == []
    assert hold(airline, wish, people, "NOTCREATED").status is OrderStatus.HELD


def test_a_payment_whose_answer_is_lost(airline, wish, people, sim):
    order = hold(airline, wish, people, "PAYLOST")
    with pytest.raises(OutcomeUnknown):
        airline.pay(order.id, order.price, key="p")
    assert airline.look_up(order.id).status is OrderStatus.TICKETED
    airline.pay(order.id, order.price, key="p")
    assert len(sim.truth()["payments"]) == 1
    assert sim.truth()["duplicates"] == []


def test_a_hold_that_got_dearer(airline, wish, people, sim):
    order = hold(airline, wish, people, "DEARER")
    with pytest.raises(PartnerRefused) as refusal:
        airline.pay(order.id, order.price, key="p")
    assert refusal.value.code == "price_changed"
    assert sim.truth()["payments"] == []
    now = airline.look_up(order.id)
    assert now.price.amount == (order.price.amount * Decimal("1.1")).quantize(Decimal("0.01"))
    assert airline.pay(order.id, now.price, key="p").status is OrderStatus.TICKETED


def test_webhooks_that_come_twice(airline, wish, people, sim, caught):
    hold(airline, wish, people, "TWICE")
    sim.settle()
    assert kinds(caught) == ["order.created"] * 2
    assert len({hooks.read(body).id for body, _ in caught.got}) == 1


def test_no_webhooks(airline, wish, people, sim, caught):
    order = hold(airline, wish, people, "MUTE")
    airline.pay(order.id, order.price, key="p")
    sim.settle()
    assert caught.got == []


def test_every_webhook_is_signed_and_names_the_order(airline, wish, people, sim, caught):
    sim.go_on(timedelta(days=2))
    order = hold(airline, wish, people, "YILMAZ")
    airline.pay(order.id, order.price, key="p")
    sim.change(order.id, "schedule_change")
    sim.settle()
    assert sorted(kinds(caught)) == [
        "order.airline_initiated_change_detected",
        "order.created",
        "payment.created",
    ]
    for body, headers in caught.got:
        notice = hooks.read(body)
        hooks.verify(body, headers, "a webhook secret", now=notice.created_at)
        assert notice.order_id == order.id
        assert not notice.live_mode


def test_a_webhook_nobody_takes_is_sent_again(airline, wish, people, sim, caught):
    caught.refusals = 2
    hold(airline, wish, people, "YILMAZ")
    assert sim.http.get("/_sim/pending").json()["pending"] == 1
    sim.settle()
    assert kinds(caught) == ["order.created"] * 3


def test_reset_forgets(airline, wish, people, sim):
    hold(airline, wish, people, "YILMAZ")
    sim.reset()
    assert sim.truth() == {"orders": [], "payments": [], "cancellations": [], "duplicates": []}


def test_an_airline_that_cancels_one_ticket_of_a_person(airline, wish, people, sim, caught):
    first = hold(airline, wish, people, "AirlineCancels")
    sim.go_on(timedelta(days=2))
    airline.pay(first.id, first.price, key="p")
    departs = first.segments[0].departs_at
    sim.go_on(departs - timedelta(days=3, minutes=1) - (sim.now() - sim.ahead))
    assert airline.look_up(first.id).status is OrderStatus.TICKETED
    second = hold(airline, wish, people, "AirlineCancels", key="k2", route=("MUC", "LHR"))
    airline.pay(second.id, second.price, key="p2")
    for _ in range(2):
        sim.go_on(departs - timedelta(days=2) - (sim.now() - sim.ahead))
        sim.settle()
    assert airline.look_up(first.id).status is OrderStatus.AIRLINE_CANCELLED
    assert airline.look_up(second.id).status is OrderStatus.TICKETED
    assert kinds(caught).count("order.airline_initiated_change_detected") == 1


def test_what_nobody_paid_for_is_not_cancelled(airline, wish, people, sim):
    order = hold(airline, wish, people, "AIRLINECANCELS")
    sim.go_on(timedelta(days=28))
    assert airline.look_up(order.id).status is OrderStatus.LAPSED
