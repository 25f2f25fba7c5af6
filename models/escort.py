"""Who accompanies the person: an escort with a document, a time when they are free, and a ticket there and back."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, text

from models.base import plain, sealed
from models.booking import MONEY
from models.case import OfPerson as OfPrincipal


class Escort(OfPrincipal, table=True):
    """One escort of a journey: operational, medical or social."""

    __tablename__ = "escorts"

    kind: str = plain(max_length=20)
    free_from: date = plain()
    free_until: date = plain()
    document_expires_on: date = plain()
    name: bytes | None = sealed(2)
    document_number: bytes | None = sealed(2)


class EscortTicket(OfPrincipal, table=True):
    """A ticket of an escort: leg 1 goes with the person, leg 2 brings the escort home. One live a leg (S2)."""

    __tablename__ = "escort_tickets"
    __table_args__ = (
        Index(
            "uq_escort_tickets_live", "escort_id", "leg", unique=True,
            sqlite_where=text("live"), postgresql_where=text("live"),
        ),
    )  # fmt: skip

    escort_id: UUID = plain(foreign_key="escorts.id", index=True)
    leg: int = plain()
    generation: int = plain()
    live: bool = plain()
    booking_generation: int = plain()
    price: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    locator: bytes | None = sealed(2)
    flights: bytes | None = sealed(3)
