"""What we send to Duffel, in Duffel's JSON."""

from typing import Any

from integrations.airline.contract import Money, Passenger, Wish
from integrations.airline.wire import KEY

ADULT_FROM = 18


def wish_wanted(wish: Wish) -> dict[str, Any]:
    """An offer request. Duffel wants an age only of those who may fly at a child's fare."""
    return {
        "slices": [
            {"origin": wish.origin, "destination": wish.destination, "departure_date": wish.departs_on.isoformat()}
        ],
        "passengers": [{"type": "adult"} if age >= ADULT_FROM else {"age": age} for age in wish.ages],
        "cabin_class": "economy",
        "max_connections": wish.max_connections,
    }


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
