"""Somebody outside asks about a person: what they said, sealed, and which cases it may concern."""

from datetime import datetime
from uuid import UUID

from models.base import Record, instant, plain, sealed
from models.case import OfPerson


class Enquiry(Record, table=True):
    """One enquiry. Its sealed fields have a key of their own, because they belong to no case.

    ``looked_at`` is when it was compared with our people: always after it was answered, never before.
    """

    __tablename__ = "enquiries"

    at: datetime = instant()
    by: str = plain(max_length=60)
    channel: str = plain(max_length=20)
    asker: str = plain(max_length=20)
    looked_at: datetime | None = instant(None)
    about: bytes | None = sealed(2)
    caller: bytes | None = sealed(2)
    said: bytes | None = sealed(3)

    @property
    def key_owner(self) -> UUID:
        """Itself."""
        return self.id


class EnquiryNote(OfPerson, table=True):
    """An enquiry may concern a person of this case; ``seen`` once a protection officer has looked at it."""

    __tablename__ = "enquiry_notes"

    enquiry_id: UUID = plain(foreign_key="enquiries.id", index=True)
    seen_at: datetime | None = instant(None)
    seen_by: str | None = plain(None, max_length=60)
    action: bytes | None = sealed(3)
