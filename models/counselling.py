"""Counselling sessions, signs of coercion, waivers, the choice of track, and support arranged."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON

from models.base import instant, plain, sealed, word
from models.case import OfJourney, OfPerson
from models.stage import Track


class CounsellingSession(OfPerson, table=True):
    """One conversation: where and in which language, who was present, what was explained and handed out.

    ``materials`` are known by their hash; ``interpreter_code`` names the interpreter of the house's list.
    """

    __tablename__ = "counselling_sessions"

    held_on: date = plain()
    place: str = plain(max_length=20)
    options: list[str] = plain(sa_type=JSON)
    topics: list[str] = plain(sa_type=JSON)
    materials: list[str] = plain(sa_type=JSON)
    language: str = plain(max_length=3)
    interpreter: bool = plain(False)
    interpreter_code: str | None = plain(None, max_length=60)
    coercion_flags: bytes | None = sealed(3)
    present: bytes | None = sealed(3)
    notes: bytes | None = sealed(3)


class InterpreterConflict(OfPerson, table=True):
    """An interpreter who must not work for this person: of the perpetrator's community, a relative, an employer."""

    __tablename__ = "interpreter_conflicts"

    interpreter_code: str = plain(max_length=60)
    relation: bytes | None = sealed(3)


class ReflectionWaiver(OfPerson, table=True):
    """A victim's own wish not to use the reflection period: said in a session, before a witness, with its text."""

    __tablename__ = "reflection_waivers"

    session_id: UUID = plain()
    text_version: str = plain(max_length=40)
    text_hash: str = plain(max_length=64)
    witness: str = plain(max_length=60)


class CoercionFlag(OfPerson, table=True):
    """A sign that somebody else decides for the person. It stands, in every journey, until it is closed."""

    __tablename__ = "coercion_flags"

    sign: bytes | None = sealed(3)
    detail: bytes | None = sealed(3)


class CoercionClosing(OfPerson, table=True):
    """A protection officer looked into a sign and says why it no longer stands."""

    __tablename__ = "coercion_closings"

    flag_id: UUID = plain(unique=True)
    reason: bytes | None = sealed(3)


class TrackChoice(OfJourney, table=True):
    """What the person chose."""

    __tablename__ = "track_choices"

    track: Track = word(Track)


class Support(OfJourney, table=True):
    """A bed, transport, shelter or an appointment that somebody arranged. ``need`` is what it answers."""

    __tablename__ = "supports"

    need: str = plain(max_length=40)
    subject: str = plain(max_length=60)
    for_when: datetime | None = instant(None)
