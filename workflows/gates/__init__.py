"""What each gate of the map means: a pure function that gives why it is closed, or None when it is open."""

from collections.abc import Callable

from models.stage import Gate
from workflows.facts import Facts
from workflows.gates.closure import all_settled
from workflows.gates.counselling import (
    counselled,
    declared,
    must_be_explained,
    must_be_heard,
    pressed,
    reconfirmed,
    reflects_until,
    rests_until,
    signed,
    unassented,
    undeclared,
)
from workflows.gates.country import place
from workflows.gates.escort import escort_of, escorted, kinds_needed, missing_legs, still_fits
from workflows.gates.exit_clearance import cleared_until, end_of, exit_, start_of, untold
from workflows.gates.flight_booking import seats_all, ticketed
from workflows.gates.health import fit, missing_papers, old_enough_on, overdue_papers, unfit
from workflows.gates.intake import intake
from workflows.gates.partner_handover import accepted, arrived
from workflows.gates.protection import asylum_screened, barring, non_refoulement
from workflows.gates.risk_assessment import (
    WORST,
    children,
    is_decided_for,
    is_too_high,
    is_unacceptable,
    looked_again,
    overtaken,
    relook_opens,
    review_of,
    risk,
)
from workflows.gates.shelter import housed
from workflows.gates.travel_documents import (
    best,
    departs_on,
    documents,
    lacking,
    last_day,
    newest_first,
    seat_of,
    state_of,
    stateless,
    ticket_of,
    trouble,
)
from workflows.standing import Said

GATES: dict[Gate, Callable[[Facts], Said | None]] = {
    Gate.INTAKE: intake,
    Gate.COUNSELLED: counselled,
    Gate.SIGNED: signed,
    Gate.DECLARED: declared,
    Gate.RISK: risk,
    Gate.LOOKED_AGAIN: looked_again,
    Gate.NON_REFOULEMENT: non_refoulement,
    Gate.PLACE: place,
    Gate.FIT: fit,
    Gate.DOCUMENTS: documents,
    Gate.EXIT: exit_,
    Gate.ACCEPTED: accepted,
    Gate.TICKETED: ticketed,
    Gate.ESCORTED: escorted,
    Gate.ARRIVED: arrived,
    Gate.ALL_SETTLED: all_settled,
}

__all__ = [
    "GATES",
    "WORST",
    "asylum_screened",
    "barring",
    "best",
    "children",
    "cleared_until",
    "counselled",
    "departs_on",
    "documents",
    "end_of",
    "escort_of",
    "exit_",
    "fit",
    "housed",
    "is_decided_for",
    "is_too_high",
    "is_unacceptable",
    "kinds_needed",
    "lacking",
    "last_day",
    "looked_again",
    "missing_legs",
    "missing_papers",
    "must_be_explained",
    "must_be_heard",
    "newest_first",
    "non_refoulement",
    "old_enough_on",
    "overdue_papers",
    "overtaken",
    "pressed",
    "reconfirmed",
    "reflects_until",
    "relook_opens",
    "rests_until",
    "review_of",
    "risk",
    "seat_of",
    "seats_all",
    "start_of",
    "state_of",
    "stateless",
    "still_fits",
    "ticket_of",
    "trouble",
    "unassented",
    "undeclared",
    "unfit",
    "untold",
]
