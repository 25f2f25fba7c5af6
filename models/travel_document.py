"""Travel documents, and what was asked of a consulate."""

from datetime import date, datetime

from models.base import instant, plain, sealed
from models.case import OfPerson


class TravelDocument(OfPerson, table=True):
    """A paper a person can travel with. Kinds: passport, laissez_passer."""

    __tablename__ = "travel_documents"

    kind: str = plain(max_length=20)
    country: str = plain(max_length=3)
    expires_on: date = plain()
    single_journey: bool = plain(False)
    number: bytes | None = sealed(2)
    number_index: str = plain(max_length=32, index=True)


class Application(OfPerson, table=True):
    """An application lodged with a consulate, as the consulate last told."""

    __tablename__ = "applications"

    reference: str = plain(max_length=80, index=True)
    status: str = plain(max_length=30)
    looked_at: datetime = instant()
    moved_at: datetime = instant()
    generation: int = plain(1)
