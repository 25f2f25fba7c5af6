"""Fit to travel, and free to leave."""

from datetime import date

from models.base import plain, sealed
from models.case import OfJourney, OfPerson


class HealthClearance(OfPerson, table=True):
    """A medical officer's word on one person, valid between two dates."""

    __tablename__ = "health_clearances"

    valid_from: date = plain()
    valid_until: date = plain()
    fit: bytes | None = sealed(3)
    notes: bytes | None = sealed(3)


class ExitClearance(OfJourney, table=True):
    """Exit permit, overstay and entry-ban position, and when the person was told; a court may hold them."""

    __tablename__ = "exit_clearances"

    cleared: bool = plain()
    overstay_days: int = plain(0)
    ban_months: int = plain(0)
    told_the_person: bool = plain()
    valid_until: date = plain()
