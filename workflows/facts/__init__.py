"""Everything a stage may look at: frozen plain values, read by ``workflows.gather``, holding no name."""

from workflows.facts.case import Facts
from workflows.facts.clearance import CountryInput, Exit, Risk
from workflows.facts.effect import Effect
from workflows.facts.journey import Booking, Handover, JourneyPlan, Offer
from workflows.facts.people import ADULT_AT, Application, Document, Fitness, Screening, Session, Traveller
from workflows.facts.rules import Rules
from workflows.facts.support import CheckIn, Instalment

__all__ = [
    "ADULT_AT",
    "Application",
    "Booking",
    "CheckIn",
    "CountryInput",
    "Document",
    "Effect",
    "Exit",
    "Facts",
    "Fitness",
    "Handover",
    "Instalment",
    "JourneyPlan",
    "Offer",
    "Risk",
    "Rules",
    "Screening",
    "Session",
    "Traveller",
]
