"""The last yes, the airport, and the arrival: asked, boarded and arrived are different facts."""

from datetime import datetime
from uuid import UUID

from models.base import instant, plain, sealed
from models.case import OfJourney, OfPerson


class Reconfirmation(OfPerson, table=True):
    """The person, asked again within 72 hours of departure, still wants to take this flight and no other."""

    __tablename__ = "reconfirmations"

    still_wants: bool = plain()
    generation: int = plain()
    decision_maker_id: UUID | None = plain(None)


class Boarding(OfJourney, table=True):
    """What happened at the gate: boarded, no_show, denied, offloaded; or later: turned_back. With its cause."""

    __tablename__ = "boardings"

    outcome: str = plain(max_length=20)
    cause: str | None = plain(None, max_length=30)
    departed_at: datetime | None = instant(None)
    generation: int = plain()


class Sighting(OfJourney, table=True):
    """How far the person was seen at the airport: checked_in, passed_exit_control, boarded, departed."""

    __tablename__ = "sightings"

    level: str = plain(max_length=30)
    generation: int = plain()


class TransitIncident(OfPerson, table=True):
    """Refused on the way or at the end of it; where is sealed, because it says where somebody is."""

    __tablename__ = "transit_incidents"

    cause: str = plain(max_length=30)
    whereabouts: str = plain(max_length=20)
    generation: int = plain()
    airport: bytes | None = sealed(3)


class Arrival(OfJourney, table=True):
    """Somebody at the destination saw the person arrive; ``source`` says who told."""

    __tablename__ = "arrivals"

    arrived_at: datetime = instant()
    met: bool = plain()
    source: str = plain(max_length=20)


class Meeting(OfJourney, table=True):
    """Somebody who was to meet the person did: who, and when. To arrive is not yet to be met."""

    __tablename__ = "meetings"

    met_at: datetime = instant()
    met_by: str = plain(max_length=20)
    source: str = plain(max_length=20)


class SafeArrival(OfPerson, table=True):
    """The person was spoken to in the first week. It counts only in private; the answer is sealed."""

    __tablename__ = "safe_arrivals"

    reached: bool = plain()
    reached_at: datetime | None = instant(None)
    in_private: bool = plain(False)
    code_word_checked: bool = plain(False)
    reached_by: str = plain(max_length=20)
    safe: bytes | None = sealed(3)
