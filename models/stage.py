"""The map: every stage of a case, what must be true before it, who moves it, and its Prefect flow.

A case is a set of stages that stand beside each other (DESIGN §3). What a gate means is a pure
function of the same name in ``workflows.gates``; nothing here or anywhere is stored as "passed".
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where work on a case can stand."""

    INTAKE = "intake"
    COUNSELLING = "counselling"
    RISK_ASSESSMENT = "risk_assessment"
    HEALTH = "health"
    TRAVEL_DOCUMENTS = "travel_documents"
    EXIT_CLEARANCE = "exit_clearance"
    FLIGHT_BOOKING = "flight_booking"
    PARTNER_HANDOVER = "partner_handover"
    DEPARTURE = "departure"
    REINTEGRATION = "reintegration"
    FOLLOW_UP = "follow_up"
    CLOSURE = "closure"


class Gate(StrEnum):
    """A thing that must be true; evaluated anew at every push and at every irreversible step."""

    INTAKE = "intake"
    COUNSELLED = "counselled"
    SIGNED = "signed"
    DECLARED = "declared"
    RISK = "risk"
    LOOKED_AGAIN = "looked_again"
    NON_REFOULEMENT = "non_refoulement"
    PLACE = "place"
    FIT = "fit"
    DOCUMENTS = "documents"
    EXIT = "exit"
    ACCEPTED = "accepted"
    TICKETED = "ticketed"
    ESCORTED = "escorted"
    ARRIVED = "arrived"
    ALL_SETTLED = "all_settled"


class Role(StrEnum):
    """Who may be asked (domain.md §1.2)."""

    COUNSELLOR = "counsellor"
    PROTECTION_OFFICER = "protection_officer"
    MEDICAL_OFFICER = "medical_officer"
    MOVEMENT_OFFICER = "movement_officer"
    SUPERVISOR = "supervisor"
    OPERATIONS = "operations"
    SHELTER_PARTNER = "shelter_partner"
    RECEIVING_PARTNER = "receiving_partner"
    COUNTRY_OFFICE = "country_office"
    MONITORING = "monitoring"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


# Which stage works on opening a gate, and who is named when that stage asks nobody at the moment.
OPENED_BY: dict[Gate, tuple[Stage, Role]] = {
    Gate.INTAKE: (Stage.INTAKE, Role.COUNSELLOR),
    Gate.COUNSELLED: (Stage.COUNSELLING, Role.COUNSELLOR),
    Gate.SIGNED: (Stage.COUNSELLING, Role.COUNSELLOR),
    Gate.DECLARED: (Stage.COUNSELLING, Role.COUNSELLOR),
    Gate.RISK: (Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER),
    Gate.LOOKED_AGAIN: (Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER),
    Gate.NON_REFOULEMENT: (Stage.CLOSURE, Role.PROTECTION_OFFICER),
    Gate.PLACE: (Stage.CLOSURE, Role.SUPERVISOR),
    Gate.FIT: (Stage.HEALTH, Role.MEDICAL_OFFICER),
    Gate.DOCUMENTS: (Stage.TRAVEL_DOCUMENTS, Role.MOVEMENT_OFFICER),
    Gate.EXIT: (Stage.EXIT_CLEARANCE, Role.MOVEMENT_OFFICER),
    Gate.ESCORTED: (Stage.FLIGHT_BOOKING, Role.MOVEMENT_OFFICER),
    Gate.ACCEPTED: (Stage.PARTNER_HANDOVER, Role.RECEIVING_PARTNER),
    Gate.TICKETED: (Stage.FLIGHT_BOOKING, Role.MOVEMENT_OFFICER),
    Gate.ARRIVED: (Stage.PARTNER_HANDOVER, Role.RECEIVING_PARTNER),
    Gate.ALL_SETTLED: (Stage.CLOSURE, Role.COUNSELLOR),
}


class Track(StrEnum):
    """What the person chose; they may choose again until boarding."""

    UNDECIDED = "undecided"
    RETURN = "return"
    IN_PLACE = "in_place"
    NONE = "none"


@dataclass(frozen=True)
class Row:
    """One line of the map. ``returning`` stages are for those who travel; ``flow`` is None where Prefect has none."""

    stage: Stage
    needs: tuple[Gate, ...]
    mover: Role
    flow: str | None = None
    returning: bool = False


MAP: dict[Stage, Row] = {
    row.stage: row
    for row in (
        Row(Stage.INTAKE, (), Role.COUNSELLOR),
        Row(Stage.COUNSELLING, (Gate.INTAKE,), Role.COUNSELLOR),
        Row(Stage.RISK_ASSESSMENT, (Gate.COUNSELLED,), Role.PROTECTION_OFFICER, "risk-assessment"),
        Row(Stage.HEALTH, (Gate.COUNSELLED,), Role.MEDICAL_OFFICER, "health-clearance", returning=True),
        Row(
            Stage.TRAVEL_DOCUMENTS,
            (Gate.COUNSELLED, Gate.SIGNED, Gate.RISK, Gate.NON_REFOULEMENT, Gate.PLACE),
            Role.MOVEMENT_OFFICER,
            "travel-documents",
            returning=True,
        ),
        Row(
            Stage.EXIT_CLEARANCE,
            (Gate.COUNSELLED, Gate.DOCUMENTS),
            Role.MOVEMENT_OFFICER,
            "exit-clearance",
            returning=True,
        ),
        Row(
            Stage.PARTNER_HANDOVER,
            (Gate.COUNSELLED, Gate.RISK, Gate.NON_REFOULEMENT),
            Role.RECEIVING_PARTNER,
            "partner-handover",
            returning=True,
        ),
        Row(
            Stage.FLIGHT_BOOKING,
            (
                Gate.COUNSELLED,
                Gate.DECLARED,
                Gate.RISK,
                Gate.NON_REFOULEMENT,
                Gate.PLACE,
                Gate.FIT,
                Gate.DOCUMENTS,
                Gate.EXIT,
                Gate.ACCEPTED,
            ),
            Role.MOVEMENT_OFFICER,
            "flight-booking",
            returning=True,
        ),
        Row(
            Stage.DEPARTURE,
            (
                Gate.TICKETED,
                Gate.ESCORTED,
                Gate.COUNSELLED,
                Gate.DECLARED,
                Gate.RISK,
                Gate.LOOKED_AGAIN,
                Gate.NON_REFOULEMENT,
                Gate.PLACE,
                Gate.FIT,
                Gate.DOCUMENTS,
                Gate.EXIT,
                Gate.ACCEPTED,
            ),
            Role.MOVEMENT_OFFICER,
            "departure",
            returning=True,
        ),
        Row(Stage.REINTEGRATION, (Gate.ARRIVED,), Role.COUNSELLOR, "reintegration"),
        Row(Stage.FOLLOW_UP, (Gate.ARRIVED,), Role.COUNSELLOR, "follow-up"),
        Row(Stage.CLOSURE, (Gate.ALL_SETTLED,), Role.COUNSELLOR),
    )
}
