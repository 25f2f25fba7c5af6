"""Duffel's JSON (API v2) turned into our values; a field that is missing or retyped raises ValueError.

Duffel adds fields without notice, so unknown fields pass; unknown *words* in the fields we use do not.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime

from integrations.airline.airports import zone_of
from integrations.airline.contract import Cancellation, Money, Offer, Order, OrderStatus, Segment, Utc

KEY = "sila_key"
IS_TICKET = {
    "electronic_ticket": True,
    "electronic_miscellaneous_document_associated": False,
    "electronic_miscellaneous_document_standalone": False,
}


class Wire(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)


class Coded(Wire):
    iata_code: str


class WireSegment(Wire):
    marketing_carrier: Coded
    marketing_carrier_flight_number: str
    origin: Coded
    destination: Coded
    departing_at: NaiveDatetime
    arriving_at: NaiveDatetime


class Slice(Wire):
    segments: list[WireSegment]


class Requirements(Wire):
    requires_instant_payment: bool
    payment_required_by: Utc | None


class Identified(Wire):
    id: str


class WireOffer(Wire):
    id: str
    total_amount: Decimal
    total_currency: str
    expires_at: Utc
    payment_requirements: Requirements
    passenger_identity_documents_required: bool
    passengers: list[Identified]
    slices: list[Slice]


class PaymentStatus(Wire):
    awaiting_payment: bool
    payment_required_by: Utc | None = None


class Document(Wire):
    type: str
    unique_identifier: str


class AirlineChange(Wire):
    id: str = ""
    action_taken: Literal["accepted", "cancelled", "changed"] | None
    added: list[Slice]


class WireOrder(Wire):
    id: str
    booking_reference: str | None
    total_amount: Decimal
    total_currency: str
    metadata: Mapping[str, str] | None = None
    payment_status: PaymentStatus
    cancelled_at: Utc | None = None
    documents: list[Document] = Field(default_factory=list)
    slices: list[Slice]
    airline_initiated_changes: list[AirlineChange] = Field(default_factory=list)


class WireCancellation(Wire):
    id: str
    order_id: str
    refund_amount: Decimal | None
    refund_currency: str | None
    refund_to: str | None = None
    expires_at: Utc
    confirmed_at: Utc | None


def offer_of(body: Any) -> Offer:
    """One offer in our words. Raises ValueError or UnknownAirport."""
    theirs = WireOffer.model_validate(body)
    terms = theirs.payment_requirements
    return Offer(
        id=theirs.id,
        price=Money(amount=theirs.total_amount, currency=theirs.total_currency),
        expires_at=theirs.expires_at,
        segments=segments_of(theirs.slices),
        passenger_ids=tuple(passenger.id for passenger in theirs.passengers),
        can_hold=not terms.requires_instant_payment,
        pay_by=terms.payment_required_by,
        document_required=theirs.passenger_identity_documents_required,
    )


def order_of(body: Any, now: datetime) -> Order:
    """One order in our words; ``now`` decides whether an unpaid hold has lapsed. Raises as ``offer_of``."""
    theirs = WireOrder.model_validate(body)
    tickets = tuple(d.unique_identifier for d in theirs.documents if ticket(d.type))
    return Order(
        id=theirs.id,
        key=(theirs.metadata or {}).get(KEY),
        status=status_of(theirs, tickets, now),
        pnr=theirs.booking_reference,
        price=Money(amount=theirs.total_amount, currency=theirs.total_currency),
        pay_by=theirs.payment_status.payment_required_by if theirs.payment_status.awaiting_payment else None,
        tickets=tickets,
        segments=segments_of(itinerary(theirs)),
    )


def status_of(order: WireOrder, tickets: tuple[str, ...], now: datetime) -> OrderStatus:
    """Duffel has no status word: it follows from what was paid, cancelled and issued."""
    unpaid, pay_by = order.payment_status.awaiting_payment, order.payment_status.payment_required_by
    ended = order.cancelled_at or now
    if unpaid and pay_by is not None and ended >= pay_by:
        return OrderStatus.LAPSED
    if order.cancelled_at is not None:
        return OrderStatus.CANCELLED
    if any(not change.added for change in open_changes(order)):
        return OrderStatus.AIRLINE_CANCELLED
    if unpaid:
        return OrderStatus.HELD
    return OrderStatus.TICKETED if tickets else OrderStatus.PENDING


def open_changes(order: WireOrder) -> list[AirlineChange]:
    """Changes the airline made that nobody has answered yet; one that adds nothing took the flight away."""
    return [change for change in order.airline_initiated_changes if change.action_taken is None]


def moved_by(body: Any) -> tuple[str, ...]:
    """The ids of the open changes that move an order's flights, and do not take them away. Raises ValueError."""
    return tuple(change.id for change in open_changes(WireOrder.model_validate(body)) if change.added)


def itinerary(order: WireOrder) -> list[Slice]:
    """The flights as the airline now means to fly them. Ours are one-way, so a change replaces them all."""
    latest = [change.added for change in open_changes(order) if change.added][-1:]
    return latest[0] if latest else order.slices


def ticket(word: str) -> bool:
    """Whether a document is a ticket (and not a receipt for a bag). Raises ValueError for a new word."""
    if word not in IS_TICKET:
        raise ValueError("an unknown kind of document")
    return IS_TICKET[word]


def cancellation_of(body: Any) -> Cancellation:
    """A cancellation in our words. Raises ValueError."""
    theirs = WireCancellation.model_validate(body)
    amount, currency = theirs.refund_amount, theirs.refund_currency
    return Cancellation(
        id=theirs.id,
        order_id=theirs.order_id,
        refund=None if amount is None or currency is None else Money(amount=amount, currency=currency),
        expires_at=theirs.expires_at,
        confirmed=theirs.confirmed_at is not None,
        to_balance=theirs.refund_to == "balance",
    )


def segments_of(slices: list[Slice]) -> tuple[Segment, ...]:
    """Every flight, with its local times also placed in UTC. Raises UnknownAirport."""
    return tuple(segment_of(theirs) for slice_ in slices for theirs in slice_.segments)


def segment_of(theirs: WireSegment) -> Segment:
    origin, destination = theirs.origin.iata_code, theirs.destination.iata_code
    return Segment(
        carrier=theirs.marketing_carrier.iata_code,
        flight_number=theirs.marketing_carrier_flight_number,
        origin=origin,
        destination=destination,
        departs_at_local=theirs.departing_at,
        arrives_at_local=theirs.arriving_at,
        departs_at=theirs.departing_at.replace(tzinfo=zone_of(origin)).astimezone(UTC),
        arrives_at=theirs.arriving_at.replace(tzinfo=zone_of(destination)).astimezone(UTC),
    )
