"""How a case ends: the closing decision and its second pair of eyes, how long the file is kept, and its erasure."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON

from models.base import instant, plain
from models.case import Belonging, OfJourney


class Closure(OfJourney, table=True):
    """The closing decision: why, and what of the checklist was done."""

    __tablename__ = "closures"

    reason: str = plain(max_length=40)
    checklist: list[str] = plain(default_factory=list, sa_type=JSON)


class ClosureReview(OfJourney, table=True):
    """A second person's word on it."""

    __tablename__ = "closure_reviews"

    closure_id: UUID = plain(foreign_key="closures.id")
    agreed: bool = plain()


class Retention(Belonging, table=True):
    """How long the file of a closed case is kept. The newest row counts."""

    __tablename__ = "retentions"

    kept_as: str = plain(max_length=40)
    erase_on: date = plain(index=True)


class LegalHold(Belonging, table=True):
    """A proceeding needs the file: it is not erased before somebody lifts this."""

    __tablename__ = "legal_holds"

    reason: str = plain(max_length=40)
    lifted_at: datetime | None = instant(None)
    lifted_by: str | None = plain(None, max_length=60)


class Erasure(Belonging, table=True):
    """A person's key was destroyed. Done again after a backup is restored (S21), so it is kept longer than the file."""

    __tablename__ = "erasures"

    person_id: UUID = plain(index=True)
    basis: str = plain(max_length=40)
