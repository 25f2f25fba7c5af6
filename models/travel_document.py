"""Travel documents, who holds them, what was asked of a consulate, and what was said about somebody's papers."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.base import instant, plain, sealed
from models.case import OfPerson


class Holder(StrEnum):
    """In whose hands a document is. The last two keep it from its owner, which points at exploitation."""

    PERSON = "person"
    HOUSE = "house"
    SHELTER = "shelter"
    CONSULATE = "consulate"
    AUTHORITY = "authority"
    AIRPORT_STAFF = "airport_staff"
    EMPLOYER = "employer"
    TRAFFICKER = "trafficker"


class TravelDocument(OfPerson, table=True):
    """A paper a person can travel with; the table ``document_kinds`` says what each kind is good for.

    Names are as the document prints them: they are what a ticket carries (fault F48).
    """

    __tablename__ = "travel_documents"

    kind: str = plain(max_length=30)
    country: str = plain(max_length=3)
    issued_on: date | None = plain(None)
    expires_on: date = plain()
    single_journey: bool = plain(False)
    number: bytes | None = sealed(2)
    number_index: str = plain(max_length=32, index=True)
    given_names: bytes | None = sealed(2)
    family_name: bytes | None = sealed(2)
    zone: bytes | None = sealed(2)


class Custody(OfPerson, table=True):
    """A document changed hands: the newest row says who holds it, the rows together who ever did.

    Without a document: one that the person has, and that somebody keeps from them.
    """

    __tablename__ = "custodies"

    document_id: UUID | None = plain(None)
    holder: bytes | None = sealed(3)


class Application(OfPerson, table=True):
    """An application lodged with a consulate, as the consulate last told."""

    __tablename__ = "applications"

    reference: str = plain(max_length=80, index=True)
    status: str = plain(max_length=30)
    refusal_code: str | None = plain(None, max_length=60)
    looked_at: datetime = instant()
    moved_at: datetime = instant()
    generation: int = plain(1)


class PaperWord(OfPerson, table=True):
    """A word about a person's papers, never changed: ``kind`` is the fact's, ``subject`` what it is about.

    What was said is sealed, since it may tell of a nationality, a court or an exploiter.
    """

    __tablename__ = "paper_words"

    kind: str = plain(max_length=40)
    subject: str = plain("", max_length=60)
    said: bytes | None = sealed(3)
