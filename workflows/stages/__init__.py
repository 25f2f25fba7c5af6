"""One file a stage, each with one pure ``decide``; some also say what to take back when it no longer holds."""

from collections.abc import Callable

from models.stage import Stage
from workflows.facts import Facts
from workflows.stages import (
    counselling,
    departure,
    exit_clearance,
    flight_booking,
    follow_up,
    health,
    intake,
    partner_handover,
    reintegration,
    risk_assessment,
    travel_documents,
)
from workflows.standing import Standing

DECIDE: dict[Stage, Callable[[Facts], Standing]] = {
    Stage.INTAKE: intake.decide,
    Stage.COUNSELLING: counselling.decide,
    Stage.RISK_ASSESSMENT: risk_assessment.decide,
    Stage.HEALTH: health.decide,
    Stage.TRAVEL_DOCUMENTS: travel_documents.decide,
    Stage.EXIT_CLEARANCE: exit_clearance.decide,
    Stage.FLIGHT_BOOKING: flight_booking.decide,
    Stage.PARTNER_HANDOVER: partner_handover.decide,
    Stage.DEPARTURE: departure.decide,
    Stage.REINTEGRATION: reintegration.decide,
    Stage.FOLLOW_UP: follow_up.decide,
}
UNDO: dict[Stage, Callable[[Facts], Standing | None]] = {
    Stage.COUNSELLING: counselling.undo,
    Stage.TRAVEL_DOCUMENTS: travel_documents.undo,
    Stage.FLIGHT_BOOKING: flight_booking.undo,
    Stage.PARTNER_HANDOVER: partner_handover.undo,
}
