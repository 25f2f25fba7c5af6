"""What a house on one machine starts with, so that people who stay have somewhere to sleep."""

from datetime import date, datetime

from sqlmodel import Session

from models.handover import Partner
from workflows.commands.shelter import open_unit
from workflows.partner_link import keep_contact

SHELTER_PARTNER, UNIT = "yuva", "H-1"
BEDS = {"women": 4, "family": 3, "men": 2, "child": 1, "any": 1}


PHONE_PARTNER, PHONE_AREA = "salma", "Basra"


def furnish_phone_partner(session: Session) -> None:
    """A small partner without a system: it works by links on a phone, in Arabic, in one town only."""
    session.add(
        Partner(
            code=PHONE_PARTNER, countries=["IQ"], areas=[PHONE_AREA], agreement_until=date(2029, 12, 31),
            zone="Asia/Baghdad", way="link", name="Salma Aid",
        )
    )  # fmt: skip
    session.flush()
    keep_contact(session, PHONE_PARTNER, "ar", "desk@salma.invalid", "+9647701234567")


def furnish_shelter(session: Session, now: datetime) -> None:
    """One unit of one implementing partner."""
    open_unit(session, UNIT, SHELTER_PARTNER, "an invented street", BEDS, "console", now)
