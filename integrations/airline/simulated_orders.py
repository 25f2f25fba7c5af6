"""How the simulator books: the checks an airline makes, and what it does for the magic family names."""

from enum import StrEnum
from uuid import uuid4

from integrations.airline.simulated_checks import (
    bookable_offer,
    check_metadata,
    check_payment,
    check_people,
    traveller,
)
from integrations.airline.simulated_offers import HOLD_LIVES, LAST_PAYMENT, departure
from integrations.airline.simulated_webhooks import announce
from integrations.airline.simulated_world import Json, Trouble, World, new_id, stamp

SLOW_SECONDS = 0.5


class Magic(StrEnum):
    """Family names that make the airline misbehave."""

    LOSTREPLY = "lostreply"
    SLOWORDER = "sloworder"
    FAILORDER = "failorder"
    TWICE = "twice"
    MUTE = "mute"
    NOTCREATED = "notcreated"
    BROKENREPLY = "brokenreply"
    PAYLOST = "paylost"
    DEARER = "dearer"
    AIRLINECANCELS = "airlinecancels"


def magic_of(passengers: list[Json]) -> Magic | None:
    """The first magic family name among the passengers."""
    words = [str(person["family_name"]).lower() for person in passengers]
    return next((Magic(word) for word in words if word in set(Magic)), None)


def create(world: World, wanted: Json) -> tuple[Magic | None, Json | None]:
    """Book. Returns the magic that applies, and the order unless there is none yet. Raises Trouble."""
    offer = bookable_offer(world, wanted)
    check_people(wanted, offer)
    check_payment(wanted, offer)
    check_metadata(wanted.get("metadata") or {})
    magic = magic_of(wanted["passengers"])
    if magic is Magic.NOTCREATED:
        turn_away_once(world, wanted["passengers"])
    world.attempted.add(offer["id"])
    if magic is Magic.FAILORDER:
        announce(world, "order.creation_failed", {"offer_id": offer["id"]}, key=offer["id"])
        return magic, None
    world.booked_searches.add(offer["offer_request_id"])
    if magic is Magic.SLOWORDER:
        world.errands.add(SLOW_SECONDS, lambda: book_later(world, wanted, offer))
        return magic, None
    return magic, book(world, wanted, offer)


def turn_away_once(world: World, people: list[Json]) -> None:
    who = traveller(people[0])
    if who not in world.turned_away:
        world.turned_away.add(who)
        raise Trouble(502, "order_not_created", "airline_error")


def book_later(world: World, wanted: Json, offer: Json) -> None:
    with world.lock:
        book(world, wanted, offer)


def book(world: World, wanted: Json, offer: Json) -> Json:
    """Make the order. Nothing can go wrong any more."""
    now, held = world.now(), wanted["type"] == "hold"
    pay_by = stamp(min(now + HOLD_LIVES, departure(offer["slices"][0]["segments"]) - LAST_PAYMENT)) if held else None
    order: Json = {
        "id": new_id("ord"),
        "type": wanted["type"],
        "live_mode": False,
        "booking_reference": uuid4().hex[:6].upper(),
        "owner": offer["owner"],
        "total_amount": offer["total_amount"],
        "total_currency": offer["total_currency"],
        "metadata": wanted.get("metadata") or {},
        "payment_status": {
            "awaiting_payment": held,
            "payment_required_by": pay_by,
            "price_guarantee_expires_at": pay_by,
            "paid_at": None,
        },
        "cancelled_at": None,
        "available_actions": ["cancel"],
        "documents": [],
        "passengers": wanted["passengers"],
        "slices": offer["slices"],
        "airline_initiated_changes": [],
        "created_at": stamp(now),
        "synced_at": stamp(now),
    }
    world.orders[order["id"]] = order
    if not held:
        settle(world, order, wanted["payments"][0])
    tell(world, "order.created", order, {"id": order["id"]})
    return order


def settle(world: World, order: Json, payment: Json) -> Json:
    """Take the money and issue the tickets."""
    paid = {"id": new_id("pay"), "order_id": order["id"], "accepted": True, "status": "succeeded"} | payment
    world.payments.append(paid | {"created_at": stamp(world.now())})
    order["payment_status"] |= {"awaiting_payment": False, "payment_required_by": None, "paid_at": stamp(world.now())}
    order["documents"] = [
        {
            "type": "electronic_ticket",
            "unique_identifier": f"999-{next(world.numbers):010d}",
            "passenger_ids": [person["id"]],
        }
        for person in order["passengers"]
    ]
    return paid


def tell(world: World, kind: str, order: Json, about: Json) -> None:
    """Announce what happened to an order, unless somebody on it is mute."""
    magic = magic_of(order["passengers"])
    if magic is not Magic.MUTE:
        announce(world, kind, about, key=str(about["id"]), times=2 if magic is Magic.TWICE else 1)
