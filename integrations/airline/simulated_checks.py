"""What the simulated airline checks before it books."""

import re
from datetime import date, datetime
from decimal import Decimal

from integrations.airline.infants import INFANT_UNDER, age_on
from integrations.airline.names import bookable_name
from integrations.airline.simulated_world import Json, Trouble, World, refused

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
TITLES, GENDERS = frozenset({"mr", "ms", "mrs", "miss"}), frozenset({"m", "f"})


def bookable_offer(world: World, wanted: Json) -> Json:
    """The offer somebody wants to book. Raises Trouble when it is gone or was tried before."""
    chosen = wanted["selected_offers"]
    if len(chosen) != 1 or wanted.get("type") not in ("hold", "instant"):
        raise refused("validation_invalid")
    offer = world.offers.get(chosen[0])
    if offer is None:
        raise Trouble(404, "not_found")
    if offer["id"] in world.attempted:
        raise refused("order_creation_already_attempted")
    if offer["offer_request_id"] in world.booked_searches:
        raise refused("offer_request_already_booked")
    if datetime.fromisoformat(offer["expires_at"]) <= world.now():
        raise refused("offer_expired")
    if route_of(offer["slices"])[:2] == ("LGW", "LHR"):
        raise refused("offer_no_longer_available")
    return offer


def check_people(wanted: Json, offer: Json) -> None:
    """The passengers are the offer's, different people, and complete. Raises Trouble."""
    people = wanted["passengers"]
    if sorted(person["id"] for person in people) != sorted(person["id"] for person in offer["passengers"]):
        raise refused("validation_invalid")
    if len({traveller(person) for person in people}) != len(people):
        raise refused("duplicate_passenger_name")
    for person in people:
        check_person(person, document=offer["passenger_identity_documents_required"])
    check_infants(people, offer)


def check_person(person: Json, *, document: bool) -> None:
    try:
        bookable_name(person["given_name"])
        bookable_name(person["family_name"])
        date.fromisoformat(person["born_on"])
    except ValueError:
        raise refused("validation_format") from None
    if person["title"] not in TITLES or person["gender"] not in GENDERS or "@" not in person["email"]:
        raise refused("validation_inclusion")
    if not PHONE.fullmatch(person["phone_number"]):
        raise refused("validation_format")
    if document and not person.get("identity_documents"):
        raise refused("validation_required")


def check_infants(people: list[Json], offer: Json) -> None:
    """Every infant is young enough, and alone on the lap of an adult, who names it. Raises Trouble."""
    infants = [person["id"] for person in offer["passengers"] if person.get("type") == "infant_without_seat"]
    adults = [person["id"] for person in offer["passengers"] if person.get("type") == "adult"]
    held = {person["id"]: person["infant_passenger_id"] for person in people if person.get("infant_passenger_id")}
    if sorted(held.values()) != sorted(infants) or not set(held) <= set(adults):
        raise refused("validation_required", "/data/passengers/infant_passenger_id")
    day = date.fromisoformat(route_of(offer["slices"])[2])
    for person in people:
        if person["id"] in infants and age_on(date.fromisoformat(person["born_on"]), day) >= INFANT_UNDER:
            raise refused("validation_invalid", "/data/passengers/born_on")


def check_payment(wanted: Json, offer: Json) -> None:
    """A hold pays nothing, an instant order pays exactly its price. Raises Trouble."""
    payments = wanted.get("payments") or []
    if wanted["type"] == "hold":
        if payments or offer["payment_requirements"]["requires_instant_payment"]:
            raise refused("validation_invalid")
        return
    if len(payments) != 1 or not same_price(payments[0], offer):
        raise refused("payment_amount_does_not_match_order_amount")


def check_metadata(metadata: Json) -> None:
    """Duffel's limits for what one may note down with an order. Raises Trouble."""
    if len(metadata) > 50 or any(len(key) > 40 or len(str(value)) > 500 for key, value in metadata.items()):
        raise refused("validation_length")


def same_price(payment: Json, priced: Json) -> bool:
    """Whether a payment is exactly what it should pay for."""
    asked = Decimal(priced["total_amount"]), priced["total_currency"]
    return (Decimal(payment["amount"]), payment["currency"]) == asked


def traveller(person: Json) -> tuple[str, str, str]:
    """Who somebody is, for counting seats."""
    return person["family_name"].lower(), person["given_name"].lower(), person["born_on"]


def route_of(slices: list[Json]) -> tuple[str, str, str]:
    """From where, to where, on which day."""
    first, last = slices[0]["segments"][0], slices[-1]["segments"][-1]
    return first["origin"]["iata_code"], last["destination"]["iata_code"], first["departing_at"][:10]
