"""Where a handover can stand, and the only moves there are: what is not in this table changes nothing (S16)."""

from enum import StrEnum


class HandoverState(StrEnum):
    """Where a handover stands. ``no_show`` can still turn into an arrival; the exits are for good."""

    DRAFT = "draft"
    OFFERED = "offered"
    ASKED_BACK = "asked_back"
    ACCEPTED = "accepted"
    NO_SHOW = "no_show"
    ARRIVED = "arrived"
    RECEIVED = "received"
    NOT_TAKEN = "not_taken"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class HandoverEvent(StrEnum):
    """What can happen to it: the partner's words, and ours."""

    OFFERED = "offered"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ARRIVAL_CONFIRMED = "arrival_confirmed"
    NO_SHOW = "no_show"
    RECEIVED = "received"
    NOT_TAKEN = "not_taken"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    RETURNED = "returned"


S, E = HandoverState, HandoverEvent
OPEN = (S.DRAFT, S.OFFERED, S.ASKED_BACK, S.ACCEPTED)
UNDECIDED = (S.OFFERED, S.ASKED_BACK)
TAKEN = (S.ACCEPTED, S.ARRIVED, S.RECEIVED)
EXITS = (S.NOT_TAKEN, S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.RECALLED, S.CANCELLED, S.RETURNED)
WITH_PARTNER = (*UNDECIDED, S.ACCEPTED, S.NO_SHOW, S.ARRIVED, S.RECEIVED)
OURS = {E.RECALLED: S.RECALLED, E.WITHDRAWN: S.WITHDRAWN}

MOVES: dict[tuple[HandoverState, HandoverEvent], HandoverState] = {
    (S.DRAFT, E.OFFERED): S.OFFERED,
    (S.DRAFT, E.NOT_TAKEN): S.NOT_TAKEN,
    (S.OFFERED, E.ASKED_BACK): S.ASKED_BACK,
    (S.ASKED_BACK, E.ANSWERED): S.OFFERED,
    (S.OFFERED, E.EXPIRED): S.EXPIRED,
    **{(state, E.ACCEPTED): S.ACCEPTED for state in UNDECIDED},
    **{(state, E.DECLINED): S.DECLINED for state in UNDECIDED},
    (S.ACCEPTED, E.CANCELLED): S.CANCELLED,
    (S.ACCEPTED, E.NO_SHOW): S.NO_SHOW,
    (S.ACCEPTED, E.ARRIVAL_CONFIRMED): S.ARRIVED,
    (S.NO_SHOW, E.ARRIVAL_CONFIRMED): S.ARRIVED,
    (S.RECEIVED, E.ARRIVAL_CONFIRMED): S.RECEIVED,  # the receipt overtook the arrival
    (S.ACCEPTED, E.RECEIVED): S.RECEIVED,
    (S.ARRIVED, E.RECEIVED): S.RECEIVED,
    **{(state, E.RETURNED): S.RETURNED for state in TAKEN},
    **{(state, event): after for state in WITH_PARTNER for event, after in OURS.items()},
}


def after(state: str, event: str) -> HandoverState | None:
    """Where an event leads from a state; None when it changes nothing: too late, twice, or out of order."""
    if event not in set(HandoverEvent) or state not in set(HandoverState):
        return None
    return MOVES.get((HandoverState(state), HandoverEvent(event)))
