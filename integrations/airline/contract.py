"""Booking a flight, in our own words: what a trip, a fare, a traveller and a booking are.

Partner class (reliability.md §8): **B**, bookings can be found again by our key, and **D**, a hold
costs nothing and only the payment binds. An airline honours no idempotency key, so ``hold``, ``buy``,
``pay`` and ``confirm_cancellation`` are sent once; after ``OutcomeUnknown`` only ``find`` and
``look_up`` tell what happened. Every verb may raise the three errors of ``integrations.errors``.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

from integrations.airline.names import bookable_name

# Refusals that hint at an earlier booking of ours: ``find`` it before a person is asked.
BOOKED_BEFORE = frozenset(
    {"order_creation_already_attempted", "offer_request_already_booked", "duplicate_passenger_name"}
)

Airport = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, AfterValidator(bookable_name), Field(repr=False)]
Age = Annotated[int, Field(ge=0, le=130)]
Utc = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Value(BaseModel):
    """A value that never changes, and whose errors and ``repr`` never show a person."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Money(Value):
    """An amount in major units (euros, not cents) and its ISO 4217 currency."""

    amount: Decimal
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Wish(Value):
    """A one-way trip somebody wants. ``ages`` are in years on the day of travel, one per traveller."""

    origin: Airport
    destination: Airport
    departs_on: date
    ages: tuple[Age, ...] = Field(min_length=1, max_length=9)
    max_connections: int = Field(default=1, ge=0, le=2)


class Segment(Value):
    """One flight from one airport to the next, in the airports' local times and in UTC."""

    carrier: str
    flight_number: str
    origin: str
    destination: str
    departs_at_local: NaiveDatetime
    arrives_at_local: NaiveDatetime
    departs_at: Utc
    arrives_at: Utc


class Offer(Value):
    """A fare somebody may book until ``expires_at`` (UTC); ``passenger_ids`` are in the order of the ages."""

    id: str
    price: Money
    expires_at: Utc
    segments: tuple[Segment, ...]
    passenger_ids: tuple[str, ...]
    can_hold: bool
    pay_by: Utc | None
    document_required: bool


class IdentityDocument(Value):
    """A passport. Airlines' systems take nothing else; a laissez-passer goes to the manual travel desk."""

    kind: Literal["passport"] = "passport"
    number: str = Field(min_length=1, max_length=30, repr=False)
    country: Country
    expires_on: date


class Passenger(Value):
    """A traveller as the airline must know them; ``id`` is one of the offer's passenger ids.

    ``email`` and ``phone`` are the agency's, not the traveller's. An infant on somebody's lap names
    that adult's passenger id in ``infant_of``.
    """

    id: str
    title: Literal["mr", "ms", "mrs", "miss"] = Field(repr=False)
    gender: Literal["m", "f"] = Field(repr=False)
    given_name: Name
    family_name: Name
    born_on: date = Field(repr=False)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", repr=False)
    phone: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$", repr=False)
    document: IdentityDocument | None = Field(default=None, repr=False)
    infant_of: str | None = None


class OrderStatus(StrEnum):
    """Where a booking is."""

    HELD = "held"  # seats are kept, nothing is paid
    TICKETED = "ticketed"  # paid, tickets issued: one may fly
    CANCELLED = "cancelled"
    AIRLINE_CANCELLED = "airline_cancelled"  # the airline took the flight away; what was paid is still to be asked back
    LAPSED = "lapsed"  # the hold ran out before it was paid
    PENDING = "pending"  # accepted or paid; the airline has not finished
    FAILED = "failed"  # the airline gave up after accepting; nothing is booked


class Order(Value):
    """A booking. ``key`` is our token, ``pnr`` the airline's reference, ``pay_by`` (UTC) only while unpaid."""

    id: str
    key: str | None
    status: OrderStatus
    pnr: str | None
    price: Money
    pay_by: Utc | None
    tickets: tuple[str, ...]
    segments: tuple[Segment, ...]


class Cancellation(Value):
    """A cancellation, quoted (until ``expires_at``, UTC) or confirmed. No ``refund``: the airline will say.

    ``to_balance``: what comes back goes to our balance with whoever sells the flights, at once.
    """

    id: str
    order_id: str
    refund: Money | None
    expires_at: Utc
    confirmed: bool
    to_balance: bool = False


class Airline(Protocol):
    """What we ask of whoever sells flights. ``now`` is the caller's clock: it decides whether a hold has lapsed."""

    def search(self, wish: Wish) -> tuple[Offer, ...]:
        """Find fares, cheapest first, at most 200. Changes nothing: repeat freely."""
        ...

    def reprice(self, offer_id: str) -> Offer:
        """Read an offer again, just before booking. Refused when it is gone. Repeat freely."""
        ...

    def hold(self, offer_id: str, passengers: tuple[Passenger, ...], *, key: str, now: datetime) -> Order:
        """Keep seats without paying. ``key`` (opaque, at most 500 characters) is stored with the booking.

        Send once. PartnerUnavailable: nothing was booked, a fresh offer may be tried under the same key.
        PartnerRefused: a person must look; for a code in ``BOOKED_BEFORE``, ``find`` first.
        OutcomeUnknown (code ``accepted_not_done`` when the airline
        took it but is not done): only ``find``.
        """
        ...

    def buy(self, offer_id: str, passengers: tuple[Passenger, ...], price: Money, *, key: str, now: datetime) -> Order:
        """Book and pay at once, for an offer that cannot be held. Errors and repeating: as ``hold``."""
        ...

    def look_up(self, order_id: str, *, now: datetime) -> Order:
        """Read a booking. Repeat freely."""
        ...

    def find(self, key: str, *, now: datetime) -> Order | None:
        """Look for the booking made under ``key``. Repeat freely; a list may lag, so None is not proof.

        Refused with ``two_orders_one_key`` or ``too_many_orders`` when a person must count for us.
        """
        ...

    def pay(self, order_id: str, price: Money, *, key: str, now: datetime) -> Order:
        """Pay for a hold if it still costs exactly ``price``; a booking paid before is only returned.

        Refused with ``price_changed``, ``hold_lapsed`` or ``order_cancelled`` before any money moves.
        Send once; after OutcomeUnknown ``look_up`` until the booking settles.
        """
        ...

    def accept_changes(self, order_id: str, *, now: datetime) -> Order:
        """Accept the times that the airline has moved a booking's flights to; nothing open: it is only returned.

        Send once; after OutcomeUnknown ``look_up``: accepting what is accepted changes nothing.
        """
        ...

    def quote_cancellation(self, order_id: str) -> Cancellation:
        """Ask what cancelling would give back. Binds nobody: repeat freely."""
        ...

    def confirm_cancellation(self, cancellation_id: str) -> Cancellation:
        """Cancel for good, before the quote expires. Send once; after OutcomeUnknown ``look_up`` the order."""
        ...
