"""Booking flights through Duffel. See README.md."""

from integrations.airline.contract import (
    BOOKED_BEFORE,
    Airline,
    Cancellation,
    IdentityDocument,
    Money,
    Offer,
    Order,
    OrderStatus,
    Passenger,
    Segment,
    Wish,
)
from integrations.airline.duffel import DuffelAirline, open_airline

__all__ = [
    "BOOKED_BEFORE",
    "Airline",
    "Cancellation",
    "DuffelAirline",
    "IdentityDocument",
    "Money",
    "Offer",
    "Order",
    "OrderStatus",
    "Passenger",
    "Segment",
    "Wish",
    "open_airline",
]
