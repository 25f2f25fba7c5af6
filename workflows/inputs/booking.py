"""Journey plans, prices, bookings of the travel desk, and what became of an unclear effect."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from workflows.inputs.words import Airport, Input, Money, OfSubjectIn, Short


class JourneyIn(Input):
    """Where from, where to, which day."""

    origin: Airport
    destination: Airport
    depart_on: date


class PriceIn(Input):
    """Approval of a price, in the currency of the offer."""

    up_to: Money


class FlightIn(Input):
    """One flight of a booking by the travel desk."""

    carrier: Short
    flight_number: Short
    origin: Airport
    destination: Airport
    departs_at: AwareDatetime
    arrives_at: AwareDatetime


class DeskBookingIn(Input):
    """What the travel desk booked."""

    locator: Annotated[str, Field(pattern=r"^[A-Z0-9]{5,8}$")]
    tickets: Annotated[list[Short], Field(min_length=1, max_length=20)]
    flights: Annotated[list[FlightIn], Field(min_length=1, max_length=8)]
    price: Money
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class EffectOutcomeIn(OfSubjectIn):
    """What a person found out about an effect whose outcome is unknown."""

    outcome: Literal["absent", "try_again"]
