"""Children: the decision on their best interests, disputed ages, and what coming of age asks for."""

from datetime import datetime

from sqlalchemy import JSON

from models.base import instant, plain, sealed
from models.case import OfPerson


class BestInterests(OfPerson, table=True):
    """The decision of a panel that return is best for this child, with all its parts (S9, domain.md §2.5)."""

    __tablename__ = "best_interests"

    in_favour: bool = plain()
    guardian_consents: bool = plain()
    carer_confirmed: bool = plain()
    chair: str = plain("", max_length=60)
    panel: list[str] = plain(default_factory=list, sa_type=JSON)
    valid_until: datetime | None = instant(None)
    parent_complicit: bytes | None = sealed(3)
    parts: bytes | None = sealed(3)


class AgeClaim(OfPerson, table=True):
    """What a document, the person, or an assessment says of an age. No row replaces another: all are kept."""

    __tablename__ = "age_claims"

    age_source: str = plain(max_length=20)
    born_on: bytes | None = sealed(2)
    narrative: bytes | None = sealed(3)


class AgeDecision(OfPerson, table=True):
    """A named body decided from which birth date on an age counts; it may be decided again."""

    __tablename__ = "age_decisions"

    body: str = plain(max_length=60)
    decision_hash: str = plain(max_length=64)
    born_on: bytes | None = sealed(2)


class ComingOfAge(OfPerson, table=True):
    """Something about a person who comes of age was seen to: an alert, or what goes on afterwards."""

    __tablename__ = "comings_of_age"

    subject: str = plain(max_length=60)
    protection_goes_on: bool | None = plain(None)
    notes: bytes | None = sealed(3)
