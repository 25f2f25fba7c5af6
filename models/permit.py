"""The residence permit of a victim of trafficking: a clock of its own, beside whatever the case does."""

from datetime import date

from models.base import plain, sealed
from models.case import OfPerson


class VictimPermit(OfPerson, table=True):
    """One permit or extension (Law 6458 art. 48 and 49); ``kind``: first, extension, or none when none is wanted."""

    __tablename__ = "victim_permits"

    kind: str = plain(max_length=12)
    issued_on: date | None = plain(None)
    valid_until: date | None = plain(None)


class PermitCancellation(OfPerson, table=True):
    """The authority cancels a permit. What came about under coercion is no ground, and must be objected to."""

    __tablename__ = "permit_cancellations"

    on_day: date = plain()
    ground: bytes | None = sealed(3)
    coerced: bytes | None = sealed(3)
