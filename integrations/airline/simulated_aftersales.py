"""What happens to a simulated order after it was made: payment, cancellation, the airline's own changes."""

from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal

from integrations.airline.simulated_checks import route_of, same_price, traveller
from integrations.airline.simulated_offers import cents, departure
from integrations.airline.simulated_orders import Magic, magic_of, settle, tell
from integrations.airline.simulated_world import Json, Trouble, World, new_id, refused, stamp

QUOTE_LIVES = timedelta(hours=1)
REFUNDED, REFUNDED_UNFLOWN = Decimal("0.70"), Decimal("0.10")
TAKEN_BEFORE = timedelta(days=3)
SHIFT = 120


def read_order(world: World, order_id: str) -> Json:
    """An order as the airline sees it now; DEARER costs a tenth more once somebody looks before paying."""
    order = world.order(order_id)
    waiting = order["payment_status"]["awaiting_payment"]
    if waiting and magic_of(order["passengers"]) is Magic.DEARER and order_id not in world.made_dearer:
        world.made_dearer.add(order_id)
        order["total_amount"] = cents(Decimal(order["total_amount"]) * Decimal("1.1"))
    return deepcopy(order)


def pay(world: World, wanted: Json) -> tuple[Magic | None, Json]:
    """Pay for a hold. A second payment is refused, and remembered: nobody should have tried. Raises Trouble."""
    order, payment = world.order(wanted["order_id"]), wanted["payment"]
    if order["payment_status"]["paid_at"] is not None:
        refused_one = {"id": new_id("pay"), "order_id": order["id"], "accepted": False, "status": "failed"}
        world.payments.append(refused_one | payment | {"created_at": stamp(world.now())})
        raise refused("already_paid")
    if order["cancelled_at"] is not None:
        raise refused("already_cancelled")
    if not same_price(payment, order):
        raise refused("payment_amount_does_not_match_order_amount")
    paid = settle(world, order, payment)
    tell(world, "payment.created", order, {"id": paid["id"], "order_id": order["id"]})
    return magic_of(order["passengers"]), paid


def quote(world: World, wanted: Json) -> Json:
    """Say what cancelling would give back; nothing for what was never paid. Raises Trouble."""
    order = world.order(wanted["order_id"])
    if order["cancelled_at"] is not None:
        raise refused("already_cancelled")
    paid = not order["payment_status"]["awaiting_payment"]
    back = Decimal(order["total_amount"]) * refunded(order, world.now())
    cancellation: Json = {
        "id": new_id("ore"),
        "order_id": order["id"],
        "live_mode": False,
        "refund_amount": cents(back) if paid else None,
        "refund_currency": order["total_currency"] if paid else None,
        "refund_to": "balance" if paid else "awaiting_payment",
        "created_at": stamp(world.now()),
        "expires_at": stamp(world.now() + QUOTE_LIVES),
        "confirmed_at": None,
    }
    world.cancellations[cancellation["id"]] = cancellation
    return cancellation


def refunded(order: Json, now: datetime) -> Decimal:
    """The part that comes back: all of it when the airline took the flight away, the taxes after departure."""
    if not flies(order):
        return Decimal(1)
    return REFUNDED_UNFLOWN if departure(order["slices"][0]["segments"]) <= now else REFUNDED


def confirm(world: World, cancellation_id: str) -> Json:
    """Cancel. Raises Trouble."""
    cancellation = world.cancellations.get(cancellation_id)
    if cancellation is None:
        raise Trouble(404, "not_found")
    order = world.order(cancellation["order_id"])
    if order["cancelled_at"] is not None:
        raise refused("already_cancelled")
    if datetime.fromisoformat(cancellation["expires_at"]) <= world.now():
        raise refused("order_cancellation_expired")
    cancellation["confirmed_at"] = order["cancelled_at"] = stamp(world.now())
    order["available_actions"] = []
    return cancellation


def airline_change(world: World, order_id: str, kind: str, minutes: int = SHIFT) -> Json:
    """Let the airline move the flights so many minutes on, or take them away. Raises Trouble."""
    order = world.order(order_id)
    if kind not in ("schedule_change", "cancellation"):
        raise refused("validation_inclusion")
    added = [{**slice_, "segments": [later(one, minutes) for one in slice_["segments"]]} for slice_ in order["slices"]]
    change: Json = {
        "id": new_id("aic"),
        "order_id": order_id,
        "action_taken": None,
        "available_actions": ["accept", "cancel"],
        "added": added if kind == "schedule_change" else [],
        "removed": order["slices"],
        "created_at": stamp(world.now()),
    }
    order["airline_initiated_changes"].append(change)
    tell(world, "order.airline_initiated_change_detected", order, {"id": change["id"], "order_id": order_id})
    return change


def take_flights(world: World) -> None:
    """AIRLINECANCELS: the airline cancels the first ticket of that person in the last three days, and no other."""
    for order in filter(flies, reversed(world.all_orders())):
        who, leaves = traveller(order["passengers"][0]), departure(order["slices"][0]["segments"])
        magic = magic_of(order["passengers"]) is Magic.AIRLINECANCELS and who not in world.taken_from
        paid = order["payment_status"]["paid_at"] is not None
        if magic and paid and leaves - TAKEN_BEFORE <= world.now() < leaves:
            world.taken_from.add(who)
            airline_change(world, order["id"], "cancellation")


def accept_change(world: World, change_id: str) -> Json:
    """Take the new flights over; those of a change that was accepted before are taken already. Raises Trouble."""
    orders = [order for order in world.all_orders() if change_id in names_of(order)]
    if not orders:
        raise Trouble(404, "not_found")
    order = orders[0]
    change: Json = next(one for one in order["airline_initiated_changes"] if one["id"] == change_id)
    if not change["added"] or change["action_taken"] not in (None, "accepted"):
        raise refused("validation_invalid")
    if change["action_taken"] is None:
        change["action_taken"], change["available_actions"], order["slices"] = "accepted", [], change["added"]
    return change


def names_of(order: Json) -> set[str]:
    return {change["id"] for change in order["airline_initiated_changes"]}


def later(segment: Json, minutes: int) -> Json:
    shift = timedelta(minutes=minutes)
    moved = {name: datetime.fromisoformat(segment[name]) + shift for name in ("departing_at", "arriving_at")}
    return segment | {name: moment.isoformat(timespec="seconds") for name, moment in moved.items()}


def truth(world: World) -> Json:
    """Everything that really happened, for whoever checks."""
    orders = world.all_orders()
    known: Json = {
        "orders": orders,
        "payments": world.payments,
        "cancellations": list(world.cancellations.values()),
        "duplicates": doubled_seats(orders) + doubled_payments(world.payments),
    }
    return deepcopy(known)


def doubled_seats(orders: list[Json]) -> list[Json]:
    """Groups of live orders that put the same person on the same route on the same day."""
    seats: dict[tuple[tuple[str, str, str], tuple[str, str, str]], list[str]] = {}
    for order in filter(flies, orders):
        for person in order["passengers"]:
            seats.setdefault((traveller(person), route_of(order["slices"])), []).append(order["id"])
    return [{"kind": "same_traveller", "orders": found} for found in seats.values() if len(found) > 1]


def flies(order: Json) -> bool:
    gone = any(not change["added"] for change in order["airline_initiated_changes"])
    return order["cancelled_at"] is None and not gone


def doubled_payments(payments: list[Json]) -> list[Json]:
    """Orders somebody paid, or tried to pay, when they were paid already."""
    paid: dict[str, list[str]] = {}
    for payment in payments:
        paid.setdefault(payment["order_id"], []).append(payment["id"])
    return [{"kind": "paid_twice", "orders": [order], "payments": ids} for order, ids in paid.items() if len(ids) > 1]
