"""Everything a stage may look at: frozen plain values, read by ``workflows.gather``, holding no name."""

from workflows.facts.case import Facts
from workflows.facts.clearance import CountryInput, Exit, Risk
from workflows.facts.closure import Closing
from workflows.facts.contact import Contact
from workflows.facts.effect import Effect
from workflows.facts.incidents import Incident, Incidents
from workflows.facts.intake import Candidate, Channel, Enquiry, Intake, Trafficking, UrgentNeed, Vulnerability
from workflows.facts.journey import Booking, Handover, JourneyPlan, Leg, Offer
from workflows.facts.message import Delivery, Reply
from workflows.facts.money import Money, SpotCheck
from workflows.facts.papers import Papers
from workflows.facts.people import ADULT_AT, Application, Document, Fitness, Screening, Session, Traveller
from workflows.facts.protection import Claim, CountryLevel, Held, Kept, Look, Protection
from workflows.facts.reception import PartnerIncident, Reception
from workflows.facts.rules import Rules
from workflows.facts.shelter import Shelter
from workflows.facts.support import Arrival, CheckIn, Instalment, Payee
from workflows.facts.travel import Travel
from workflows.facts.voluntariness import Voluntariness

__all__ = [
    "ADULT_AT",
    "Application",
    "Arrival",
    "Booking",
    "Candidate",
    "Channel",
    "CheckIn",
    "Claim",
    "Closing",
    "Contact",
    "CountryInput",
    "CountryLevel",
    "Delivery",
    "Document",
    "Effect",
    "Enquiry",
    "Exit",
    "Facts",
    "Fitness",
    "Handover",
    "Held",
    "Incident",
    "Incidents",
    "Instalment",
    "Intake",
    "JourneyPlan",
    "Kept",
    "Leg",
    "Look",
    "Money",
    "Offer",
    "Papers",
    "PartnerIncident",
    "Payee",
    "Protection",
    "Reception",
    "Reply",
    "Risk",
    "Rules",
    "Screening",
    "Session",
    "Shelter",
    "SpotCheck",
    "Trafficking",
    "Travel",
    "Traveller",
    "UrgentNeed",
    "Voluntariness",
    "Vulnerability",
]
