"""Screening, counselling sessions, the choice of track, and support arranged."""

from sqlalchemy import JSON

from models.base import plain, sealed, word
from models.case import OfJourney, OfPerson
from models.stage import Track


class Screening(OfPerson, table=True):
    """Whether the person may be a victim of trafficking, what makes them vulnerable, an open asylum claim."""

    __tablename__ = "screenings"

    result: bytes | None = sealed(3)
    vulnerable: bool = plain()
    asylum_pending: bool = plain(False)


class CounsellingSession(OfPerson, table=True):
    """One conversation: which options were explained, who was present, what pointed at coercion."""

    __tablename__ = "counselling_sessions"

    options: list[str] = plain(sa_type=JSON)
    coercion_flags: bytes | None = sealed(3)
    reflection_waived: bool = plain(False)
    language: str = plain(max_length=3)
    interpreter: bool = plain(False)


class TrackChoice(OfJourney, table=True):
    """What the person chose."""

    __tablename__ = "track_choices"

    track: Track = word(Track)


class Support(OfJourney, table=True):
    """A bed, transport or shelter that somebody arranged. ``need`` is what it answers."""

    __tablename__ = "supports"

    need: str = plain(max_length=40)
    subject: str = plain(max_length=60)
