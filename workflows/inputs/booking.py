"""Journey plans, prices, bookings of the travel desk, and what became of an unclear effect."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from workflows.inputs.words import Airport, Input, Money, OfSubjectIn, Short

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class JourneyIn(Input):
    """Where from, where to, which day; and who sits in which booking, where not all can sit in one."""

    origin: Airport
    destination: Airport
    depart_on: date
    parties: Annotated[list[Annotated[list[UUID], Field(min_length=1)]], Field(max_length=20)] | None = None


class PriceIn(Input):
    """Approval of a price, in the currency of the offer and in no other."""

    up_to: Money
    currency: Currency


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
    currency: Currency
    part: Annotated[int, Field(ge=1, le=20)] = 1


class DeskCancellationIn(OfSubjectIn):
    """What the travel desk cancelled; ``refund`` is what the airline says comes back (left out: not said yet)."""

    refund: Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)] | None = None


class RefundIn(OfSubjectIn):
    """Money that came back for a booking, by the reference of its payment."""

    amount: Money
    reference: Short


class ScheduleChangeIn(OfSubjectIn):
    """Whether the airline's new times are taken; if not, the ticket is given back and another one booked."""

    accept: bool


class EffectOutcomeIn(OfSubjectIn):
    """What a person found out about an effect whose outcome is unknown."""

    outcome: Literal["absent", "try_again"]
