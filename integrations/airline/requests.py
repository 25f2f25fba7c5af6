"""What we send to Duffel, in Duffel's JSON."""

from typing import Any

from integrations.airline.contract import Money, Passenger, Wish
from integrations.airline.infants import ADULT_FROM, INFANT_UNDER, laps
from integrations.airline.wire import KEY


def wish_wanted(wish: Wish) -> dict[str, Any]:
    """An offer request for one economy seat each, and none for an infant on a lap."""
    on_a_lap = laps(wish.ages)
    return {
        "slices": [
            {"origin": wish.origin, "destination": wish.destination, "departure_date": wish.departs_on.isoformat()}
        ],
        "passengers": [fare_of(age, on_a_lap=place in on_a_lap) for place, age in enumerate(wish.ages)],
        "cabin_class": "economy",
        "max_connections": wish.max_connections,
    }


def fare_of(age: int, *, on_a_lap: bool) -> dict[str, Any]:
    """How somebody flies. Duffel wants an age of those who may fly at a child's fare.

    It takes an age under two for an infant on a lap, so an infant with a seat is called a child.
    """
    if age >= ADULT_FROM:
        return {"type": "adult"}
    if age >= INFANT_UNDER:
        return {"age": age}
    return {"type": "infant_without_seat" if on_a_lap else "child"}


def order_wanted(
    offer_id: str, passengers: tuple[Passenger, ...], key: str, price: Money | None = None
) -> dict[str, Any]:
    """An order: paid at once for ``price``, or only held."""
    infants = {person.infant_of: person.id for person in passengers if person.infant_of is not None}
    wanted: dict[str, Any] = {
        "type": "hold" if price is None else "instant",
        "selected_offers": [offer_id],
        "passengers": [passenger_wanted(person, infants.get(person.id)) for person in passengers],
        "metadata": {KEY: key},
    }
    return wanted if price is None else wanted | {"payments": [balance(price)]}


def passenger_wanted(person: Passenger, infant: str | None) -> dict[str, Any]:
    """A passenger; ``infant`` is the passenger id of the infant on this adult's lap."""
    wanted: dict[str, Any] = {
        "id": person.id,
        "title": person.title,
        "gender": person.gender,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "born_on": person.born_on.isoformat(),
        "email": person.email,
        "phone_number": person.phone,
    }
    if infant is not None:
        wanted["infant_passenger_id"] = infant
    if person.document is not None:
        wanted["identity_documents"] = [
            {
                "type": person.document.kind,
                "unique_identifier": person.document.number,
                "issuing_country_code": person.document.country,
                "expires_on": person.document.expires_on.isoformat(),
            }
        ]
    return wanted


def payment_wanted(order_id: str, price: Money) -> dict[str, Any]:
    """A payment from our balance for a held order."""
    return {"order_id": order_id, "payment": balance(price)}


def balance(price: Money) -> dict[str, str]:
    return {"type": "balance", "amount": format(price.amount, "f"), "currency": price.currency}
