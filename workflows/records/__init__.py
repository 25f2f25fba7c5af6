"""How each kind of fact is written down; ``FACTS`` is the table of them."""

from workflows.records.booking import desk_booking, desk_cancellation, effect_outcome, journey, price, rebook
from workflows.records.clearance import document, exit_, health, keep_document
from workflows.records.common import STAFF, about, generation, person, principal
from workflows.records.counselling import (
    consent,
    data_consent,
    declaration,
    partner_of,
    receiving_partner,
    screening,
    session_held,
    support,
    transfer,
)
from workflows.records.departure import arrival, boarding, reconfirmation, reply
from workflows.records.reintegration import (
    check_in,
    closure,
    evidence,
    instalment_approval,
    payment,
    plan,
    safety_review,
)
from workflows.records.risk_assessment import approval, assessment, best_interests
from workflows.records.table import ANYBODY, FACTS, MOVEMENT, OPERATIONS, PROTECTION, SUPERVISOR

__all__ = [
    "ANYBODY",
    "FACTS",
    "MOVEMENT",
    "OPERATIONS",
    "PROTECTION",
    "STAFF",
    "SUPERVISOR",
    "about",
    "approval",
    "arrival",
    "assessment",
    "best_interests",
    "boarding",
    "check_in",
    "closure",
    "consent",
    "data_consent",
    "declaration",
    "desk_booking",
    "desk_cancellation",
    "document",
    "effect_outcome",
    "evidence",
    "exit_",
    "generation",
    "health",
    "instalment_approval",
    "journey",
    "keep_document",
    "partner_of",
    "payment",
    "person",
    "plan",
    "price",
    "principal",
    "rebook",
    "receiving_partner",
    "reconfirmation",
    "reply",
    "safety_review",
    "screening",
    "session_held",
    "support",
    "transfer",
]
