"""Shelters run by implementing partners: units, beds, stays, what happens there, needs unmet, and direct assistance."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import SQLModel

from models.base import Record, instant, plain, sealed
from models.booking import MONEY
from models.case import OfPerson


class ShelterUnit(SQLModel, table=True):
    """A house or flat, known by its code only; ``partner`` is the implementing partner that runs it."""

    __tablename__ = "shelter_units"

    code: str = plain(primary_key=True, max_length=16)
    partner: str = plain(max_length=40)
    open: bool = plain(True)


class ShelterAddress(Record, table=True):
    """Where a unit is. Sealed under a key of its own and read by ``workflows.commands.shelter.read_address`` alone."""

    __tablename__ = "shelter_addresses"

    unit_code: str = plain(foreign_key="shelter_units.code", max_length=16, unique=True)
    address: bytes | None = sealed(3)

    @property
    def key_owner(self) -> UUID:
        """Itself: an address is nobody's personal datum, and everybody's safety."""
        return self.id


class ShelterBed(Record, table=True):
    """A bed. ``occupied_by`` is the stay that has it: taken by one conditional write, so that nobody has it twice."""

    __tablename__ = "shelter_beds"
    __table_args__ = (UniqueConstraint("unit_code", "label"),)

    unit_code: str = plain(foreign_key="shelter_units.code", max_length=16, index=True)
    label: str = plain(max_length=20)
    kind: str = plain(max_length=20)
    in_use: bool = plain(True)
    occupied_by: UUID | None = plain(None)


class Stay(OfPerson, table=True):
    """Somebody's admission. ``client_id`` is made where it was written down, so that it is kept once (offline)."""

    __tablename__ = "stays"

    client_id: str = plain(max_length=60, unique=True)
    unit_code: str = plain(max_length=16, index=True)
    bed_id: UUID | None = plain(None)
    admitted_at: datetime = instant()


class StayEnd(OfPerson, table=True):
    """Somebody left: when they wanted to, with no reason asked."""

    __tablename__ = "stay_ends"

    client_id: str = plain(max_length=60, unique=True)
    stay_id: UUID = plain(unique=True)
    left_at: datetime = instant()
    reason: bytes | None = sealed(3)


class ShelterEntry(OfPerson, table=True):
    """A line of the house's book about one stay: an incident, a visitor, a daily note."""

    __tablename__ = "shelter_entries"

    client_id: str = plain(max_length=60, unique=True)
    stay_id: UUID = plain(index=True)
    kind: str = plain(max_length=20)
    serious: bool = plain(False)
    happened_at: datetime = instant()
    text: bytes | None = sealed(3)


class ShelterField(OfPerson, table=True):
    """One word on one field of a stay's sheet. ``replaces`` is the word that its writer had before them.

    Two words that replace the same one are in conflict; ``keeps`` names the word that stood when this one came late.
    """

    __tablename__ = "shelter_fields"

    client_id: str = plain(max_length=60, unique=True)
    stay_id: UUID = plain(index=True)
    field: str = plain(max_length=40)
    written_at: datetime = instant()
    replaces: UUID | None = plain(None)
    contests: UUID | None = plain(None)
    value: bytes | None = sealed(3)


class ShelterDecision(OfPerson, table=True):
    """Which of two words in conflict stands, by somebody who may say so."""

    __tablename__ = "shelter_decisions"

    contested_id: UUID = plain(unique=True)
    stands: UUID = plain()


class UnmetNeed(OfPerson, table=True):
    """Something that was needed and could not be given, and why: capacity, exclusion, money."""

    __tablename__ = "unmet_needs"

    need: str = plain(max_length=20)
    reason: str = plain(max_length=30)
    exclusions: list[str] = plain(sa_type=JSON)
    noticed_at: datetime = instant()
    detail: bytes | None = sealed(3)


class DirectAssistance(OfPerson, table=True):
    """What a person was given from a funding line. It records a gift; it pays nobody."""

    __tablename__ = "direct_assistance"

    client_id: str = plain(max_length=60, unique=True)
    line: str = plain(max_length=20)
    amount: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    given_on: date = plain()
    proof_hash: str | None = plain(None, max_length=64)
