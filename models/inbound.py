"""What came in from outside, stored before it is understood; unique per source and id, for ever (S16)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import Record, instant, plain


class Inbound(Record, table=True):
    """One message as it arrived. ``body`` is sealed under the house's key: nobody knows yet whom it is about."""

    __tablename__ = "inbound"
    __table_args__ = (UniqueConstraint("source", "outside_id"),)

    source: str = plain(max_length=60)
    outside_id: str = plain(max_length=120)
    received_at: datetime = instant()
    body: bytes = Field(sa_type=LargeBinary, sa_column_kwargs={"info": {"field_class": 3}})
    handled_at: datetime | None = instant(None)
    trouble: str | None = plain(None, max_length=60)
    result: str | None = plain(None, max_length=60)

    @property
    def key_owner(self) -> UUID:
        """The house itself: all inbound bodies share the key of the nil person."""
        return HOUSE


HOUSE = UUID(int=0)
