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
from integrations.airline.infants import age_on, laps
from integrations.airline.names import name_trouble

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
    "age_on",
    "laps",
    "name_trouble",
    "open_airline",
]
