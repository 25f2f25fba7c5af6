"""What a house on one machine starts with, so that people who stay have somewhere to sleep."""

from datetime import datetime

from sqlmodel import Session

from workflows.commands.shelter import open_unit

SHELTER_PARTNER, UNIT = "yuva", "H-1"
BEDS = {"women": 4, "family": 3, "men": 2, "child": 1, "any": 1}


def furnish_shelter(session: Session, now: datetime) -> None:
    """One unit of one implementing partner."""
    open_unit(session, UNIT, SHELTER_PARTNER, "an invented street", BEDS, "console", now)
