"""What stages may have done outside: one file a stage that acts, and the table of all actions."""

from workflows.actions import (
    by_link,
    flight_booking,
    message,
    partner_handover,
    partner_look,
    reintegration,
    risk_assessment,
    travel_documents,
)
from workflows.ledger import Action

ACTIONS: dict[str, Action] = {
    action.name: by_link.reaching(action)
    for module in (
        flight_booking,
        message,
        partner_handover,
        partner_look,
        reintegration,
        risk_assessment,
        travel_documents,
    )
    for action in module.ACTIONS
}
