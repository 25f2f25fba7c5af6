"""What the house knows of a place: standing assessments, holds on every return there, and tickets kept meanwhile."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Executable, UniqueConstraint, bindparam, select
from sqlmodel import Session, SQLModel

from models.base import Record, instant, plain
from models.case import OfJourney
from models.reading import frozen

T = TypeVar("T", bound=SQLModel)


class OfPlace(Record):
    """A row about a country, or about an area in it. It names no person."""

    country: str = plain(max_length=2, index=True)
    area: str | None = plain(None, max_length=60)
    at: datetime = instant()
    by: str = plain(max_length=60)
    source: str = plain(max_length=300)

    def covers(self, country: str, area: str) -> bool:
        """Whether a place lies in it."""
        return lies_in(country, area, self.country, self.area)


def lies_in(country: str, area: str, whole: str, part: str | None) -> bool:
    """Whether a place lies in a country, or in an area of it. Each spelling that contains the area's does:

    rather one place too many is held than one too few.
    """
    if country != whole or part is None:
        return country == whole
    mine, theirs = part.casefold(), area.casefold()
    return mine in theirs or theirs in mine


class CountryAssessment(OfPlace, table=True):
    """The standing risk of a place, whoever returns there (domain.md §2.4); the newest one in force counts."""

    __tablename__ = "country_assessments"

    level: str = plain(max_length=10)
    valid_until: date = plain()


class PlaceHold(OfPlace, table=True):
    """Nobody is sent there until two people have lifted it. ``woken_to`` is the last case that was told."""

    __tablename__ = "place_holds"

    reason: str = plain(max_length=40)
    lifted_at: datetime | None = instant(None)
    woken_to: UUID | None = plain(None)
    woken_at: datetime | None = instant(None)


class LiftWord(Record, table=True):
    """One person's word that a hold can end, with their reason; the second one's ends it."""

    __tablename__ = "lift_words"
    __table_args__ = (UniqueConstraint("hold_id", "by"),)

    hold_id: UUID = plain(foreign_key="place_holds.id", index=True)
    at: datetime = instant()
    by: str = plain(max_length=60)
    reason: str = plain(max_length=300)


class TicketHold(OfJourney, table=True):
    """What becomes of a ticket while its flight may not be taken: kept for now, or given back."""

    __tablename__ = "ticket_holds"

    subject: str = plain(max_length=60)
    booking_id: UUID = plain(foreign_key="bookings.id", index=True)
    kept: bool = plain()


def rows_of_place(session: Session, kind: type[T], country: str) -> Sequence[T]:
    """The rows about a country and its areas, oldest first: to be read, never to be changed."""
    if session.autoflush:
        session.flush()
    return tuple(frozen(kind, row) for row in session.connection().execute(query_of(kind), {"country": country}))


@cache
def query_of(kind: Any) -> Executable:
    """All columns of the rows of a country."""
    table = kind.__table__
    return select(table).where(table.c.country == bindparam("country")).order_by(table.c.at, table.c.id)
