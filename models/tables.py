"""Imports every table, so that migrations, tests and tools see them all."""

from sqlmodel import SQLModel

from models import (
    booking,
    case,
    clearance,
    clock,
    consent,
    counselling,
    departure,
    effect,
    event,
    handover,
    idempotency,
    inbound,
    person,
    question,
    reintegration,
    risk_assessment,
    staff,
    travel_document,
    vault,
)

METADATA = SQLModel.metadata
MODULES = (
    booking, case, clearance, clock, consent, counselling, departure, effect, event, handover, idempotency,
    inbound, person, question, reintegration, risk_assessment, staff, travel_document, vault,
)  # fmt: skip
