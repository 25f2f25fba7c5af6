"""The simulator's fares: the same for the same pair of airports and day, for any pair and any coming day."""

import math
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise

from integrations.airline.airports import airports, zone_of
from integrations.airline.infants import ADULT_FROM, INFANT_UNDER
from integrations.airline.simulated_world import Json, Trouble, World, new_id, refused, stamp

OFFER_LIVES = timedelta(minutes=20)
HOLD_LIVES = timedelta(days=3)
LAST_PAYMENT = timedelta(hours=6)
BEFORE_DEPARTURE = timedelta(hours=24)
HUBS = ("IST", "FRA", "DOH")
CARRIER = {"iata_code": "ZZ", "name": "Duffel Airways"}


def search(world: World, wanted: Json) -> Json:
    """Answer an offer request and remember its offers. Raises Trouble."""
    slice_ = wanted["slices"][0]
    route = (slice_["origin"], slice_["destination"])
    day = date.fromisoformat(slice_["departure_date"])
    check(route, day, world.now())
    people = [{"id": new_id("pas"), "type": kind_of(person)} | person for person in wanted["passengers"]]
    request_id = new_id("orq")
    fares = [] if route == ("PVD", "RAI") else fares_for(route, day, wanted.get("max_connections", 1))
    maybe = [offer(world.now(), request_id, people, fare) for fare in fares]
    offers = [one for one in maybe if one is not None]
    world.searches[request_id] = [one["id"] for one in offers]
    world.offers.update({one["id"]: one for one in offers})
    return {"id": request_id, "live_mode": False, "passengers": people, "slices": wanted["slices"]}


def kind_of(person: Json) -> str:
    """What somebody flies as, for whom only an age was given: under two, on a lap."""
    age = person.get("age")
    if age is None:
        return str(person["type"])
    return "infant_without_seat" if age < INFANT_UNDER else "child" if age < ADULT_FROM else "adult"


def check(route: tuple[str, str], day: date, now: datetime) -> None:
    if route == ("STN", "LHR"):
        raise Trouble(504, "gateway_timeout_error", "airline_error")
    if route[0] == route[1] or any(airport not in airports() for airport in route) or day < now.date():
        raise refused("validation_invalid")


def fares_for(route: tuple[str, str], day: date, connections: int) -> list[Json]:
    """Up to three fares: a direct one to hold, a dearer one to pay at once, one with a change of planes."""
    seed = int.from_bytes(sha256(f"{route}{day}".encode()).digest()[:4], "big")
    base = Decimal(seed % 9000) / 100 + Decimal(round(distance(*route) / 20)) + 40
    direct = [
        fare(day, route, time(7 + seed % 5, 15), base, seed),
        fare(day, route, time(14 + seed % 4, 40), base * Decimal("1.15"), seed, at_once=route != ("JFK", "EWR")),
    ]
    hub = next(hub for hub in HUBS if hub not in route)
    changing = (route[0], hub, route[1])
    return direct + ([fare(day, changing, time(6, 5), base * Decimal("1.3"), seed)] if connections else [])


def fare(day: date, stops: tuple[str, ...], leaves: time, price: Decimal, seed: int, *, at_once: bool = False) -> Json:
    departs = datetime.combine(day, leaves)
    segments = []
    for number, (start, end) in enumerate(pairwise(stops)):
        arrives = arrival(start, end, departs)
        segments.append(segment(start, end, departs, arrives, str(100 + (seed + leaves.hour * 7 + number) % 800)))
        departs = arrives + timedelta(minutes=110)
    return {"segments": segments, "price": price, "at_once": at_once}


def segment(start: str, end: str, departs: datetime, arrives: datetime, number: str) -> Json:
    return {
        "id": new_id("seg"),
        "marketing_carrier": CARRIER,
        "operating_carrier": CARRIER,
        "marketing_carrier_flight_number": number,
        "origin": {"iata_code": start},
        "destination": {"iata_code": end},
        "departing_at": departs.isoformat(timespec="seconds"),
        "arriving_at": arrives.isoformat(timespec="seconds"),
    }


def arrival(start: str, end: str, departs: datetime) -> datetime:
    """When a plane that leaves at a local time lands, in the other airport's local time."""
    flight = timedelta(minutes=35 + round(distance(start, end) / 13.5))
    landed = departs.replace(tzinfo=zone_of(start)).astimezone(UTC) + flight
    return landed.astimezone(zone_of(end)).replace(tzinfo=None)


def distance(start: str, end: str) -> float:
    """Kilometres over the globe."""
    a, b = airports()[start], airports()[end]
    north, south = math.radians(a["lat"]), math.radians(b["lat"])
    turn = math.radians(a["lon"] - b["lon"])
    cosine = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(turn)
    return 6371 * math.acos(max(-1.0, min(1.0, cosine)))


def departure(segments: list[Json]) -> datetime:
    """When the first plane leaves, in UTC."""
    first = segments[0]
    local = datetime.fromisoformat(first["departing_at"])
    return local.replace(tzinfo=zone_of(first["origin"]["iata_code"])).astimezone(UTC)


def offer(now: datetime, request_id: str, people: list[Json], fare: Json) -> Json | None:
    """An offer for everybody, or None when the plane is about to leave."""
    leaves = departure(fare["segments"])
    if leaves <= now + timedelta(hours=1):
        return None
    at_once = fare["at_once"] or leaves <= now + BEFORE_DEPARTURE
    pay_by = None if at_once else min(now + HOLD_LIVES, leaves - LAST_PAYMENT)
    return {
        "id": new_id("off"),
        "live_mode": False,
        "offer_request_id": request_id,
        "owner": CARRIER,
        "total_amount": cents(sum((share(person, fare["price"]) for person in people), Decimal())),
        "total_currency": "EUR",
        "created_at": stamp(now),
        "expires_at": stamp(now + OFFER_LIVES),
        "payment_requirements": {
            "requires_instant_payment": at_once,
            "payment_required_by": None if pay_by is None else stamp(pay_by),
            "price_guarantee_expires_at": None if pay_by is None else stamp(pay_by),
        },
        "passenger_identity_documents_required": fare["at_once"],
        "supported_passenger_identity_document_types": ["passport"],
        "passengers": people,
        "slices": [{"id": new_id("sli"), "segments": fare["segments"]}],
    }


def share(person: Json, price: Decimal) -> Decimal:
    """What one passenger pays: an infant on a lap a tenth."""
    return price / 10 if person["type"] == "infant_without_seat" else price


def cents(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01")))


def read_offer(world: World, offer_id: str) -> Json:
    """An offer as it is now; LHR to STN gets ten dearer every time. Raises Trouble."""
    found = world.offers.get(offer_id)
    if found is None:
        raise Trouble(404, "not_found")
    if datetime.fromisoformat(found["expires_at"]) <= world.now():
        raise refused("offer_expired")
    ends = found["slices"][0]["segments"]
    if (ends[0]["origin"]["iata_code"], ends[-1]["destination"]["iata_code"]) == ("LHR", "STN"):
        found["total_amount"] = cents(Decimal(found["total_amount"]) + 10)
    return found
