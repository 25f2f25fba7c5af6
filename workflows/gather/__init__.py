"""Reads what is true about a case into ``workflows.facts``: the only reading a decision sees."""

from workflows.gather.case import asked, effects, gather
from workflows.gather.clearance import country_input, exit_of, risk
from workflows.gather.journey import booking, bookings, handovers, last_boarding, offers, plan_of_journey
from workflows.gather.people import (
    contact_hours,
    has_consented,
    recipients,
    traveller,
    travellers,
)
from workflows.gather.reader import Reader, T
from workflows.gather.screening import screening
from workflows.gather.support import check_ins, instalments
from workflows.gather.voluntariness import declared_at, session_of

__all__ = [
    "Reader",
    "T",
    "asked",
    "booking",
    "bookings",
    "check_ins",
    "contact_hours",
    "country_input",
    "declared_at",
    "effects",
    "exit_of",
    "gather",
    "handovers",
    "has_consented",
    "instalments",
    "last_boarding",
    "offers",
    "plan_of_journey",
    "recipients",
    "risk",
    "screening",
    "session_of",
    "traveller",
    "travellers",
]
