"""What must be seen to beside the stages, worked out from the facts like everything else: one file a noun.

A file has one pure ``duties(facts)`` that gives every duty there is or will be; see ``workflows.standing.Duty``.
"""

from collections.abc import Callable, Iterable

from workflows.duties import (
    child,
    counselling,
    country,
    departure,
    duplicate,
    enquiry,
    escort,
    exit_clearance,
    flight_booking,
    follow_up,
    health,
    incidents,
    intake,
    messages,
    partner_handover,
    permit,
    protection,
    reintegration,
    risk_assessment,
    shelter,
    travel_documents,
)
from workflows.facts import Facts
from workflows.standing import Duty

NOUNS: tuple[Callable[[Facts], Iterable[Duty]], ...] = (
    child.duties,
    counselling.duties,
    country.duties,
    departure.duties,
    duplicate.duties,
    enquiry.duties,
    exit_clearance.duties,
    escort.duties,
    flight_booking.duties,
    follow_up.duties,
    health.duties,
    incidents.duties,
    intake.duties,
    messages.duties,
    permit.duties,
    partner_handover.duties,
    protection.duties,
    reintegration.duties,
    risk_assessment.duties,
    shelter.duties,
    travel_documents.duties,
)


def duties(facts: Facts) -> tuple[Duty, ...]:
    """All duties of a case; none of a closed one, and of somebody who died only what their death asks for."""
    if facts.closed:
        return ()
    nouns = (incidents.duties,) if facts.incidents.deceased else NOUNS
    return tuple(duty for noun in nouns for duty in noun(facts))
