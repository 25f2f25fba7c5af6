"""Every exit, withdrawal, ended consent or agreement closes the partner's access at once; the reasons for a recall."""

from datetime import timedelta
from typing import Any

import pytest

from models.handover_state import EXITS, HandoverState
from models.stage import Track
from tests.factories import DAY, NOW, a_booking, a_handover, facts
from workflows import facts as f
from workflows.handover.access import may_read, why_recall

OPEN = ("offered", "asked_back", "accepted", "no_show", "arrived", "received")
FRESH = NOW - timedelta(hours=1)


def a_handover_of(status: str, **over: Any) -> f.Handover:
    """In a state."""
    return a_handover(status=status, waiting_since=FRESH, offered_at=FRESH, **over)


@pytest.mark.parametrize("status", [state.value for state in HandoverState])
def test_handover_is_seen_while_it_is_open_and_in_no_exit(status: str) -> None:
    handover = a_handover_of(status)
    assert may_read(facts(handovers=(handover,)), handover) is (status in OPEN)
    assert not (status in {state.value for state in EXITS} and status in OPEN)


CLOSED: dict[str, dict[str, Any]] = {
    "the person withdrew": {"journey": 2, "withdrawn_at": NOW, "track": Track.UNDECIDED},
    "the case is closed": {"closed": True},
    "the consent ended": {"may_share_with": frozenset()},
    "a consent given again revives nothing": {"voluntariness": f.Voluntariness(unshared=frozenset({"h1"}))},
    "the agreement ended": {"reception": f.Reception(inactive=frozenset({"nadia"}))},
    "the time is over": {"now": NOW + 60 * DAY},
}


@pytest.mark.parametrize("why", list(CLOSED))
def test_s10_handover_closes_at_the_instant_that(why: str) -> None:
    handover = a_handover_of("offered")
    assert may_read(facts(handovers=(handover,)), handover)
    assert not may_read(facts(handovers=(handover,), **CLOSED[why]), handover)


GONE = {"boarding": "boarded", "departed_at": NOW - DAY}
REASONS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("nothing is the matter", "accepted", {}, None),
    ("the person withdrew", "accepted", CLOSED["the person withdrew"], "withdrawn"),
    ("another track", "offered", {"track": Track.IN_PLACE}, "no_longer_needed"),
    ("closed before acceptance, as after a merge", "offered", {"closed": True}, "no_longer_needed"),
    ("consent ended while offered", "offered", CLOSED["the consent ended"], "consent_ended"),
    ("consent ended in transit", "accepted", {**GONE, "may_share_with": frozenset()}, "consent_ended"),
    ("consent ended when received", "received", {**GONE, "may_share_with": frozenset()}, "consent_ended"),
    ("another partner was chosen", "offered", {"partner": "tariq"}, "replaced"),
    ("the partner left, the person is there", "received", {**GONE, **CLOSED["the agreement ended"]}, "partner_left"),
    ("the time is over", "offered", {"now": NOW + 60 * DAY}, "expired"),
    ("closed at the end of the year", "received", {**GONE, "closed": True}, None),
    ("an exit is for good", "declined", {"journey": 2}, None),
    ("a draft is not yet there", "draft", {"journey": 2}, None),
]


@pytest.mark.parametrize(("status", "over", "reason"), [row[1:] for row in REASONS], ids=[row[0] for row in REASONS])
def test_handover_is_recalled_because(status: str, over: dict[str, Any], reason: str | None) -> None:
    handover = a_handover_of(status)
    assert why_recall(facts(handovers=(handover,), **over), handover) == reason


@pytest.mark.parametrize(("days", "reason"), [(13, "new_dates"), (14, None), (15, None)])
def test_f19_handover_covers_the_days_that_were_offered(days: int, reason: str | None) -> None:
    handover = a_handover_of("accepted", arrival_to=(NOW + days * DAY).date())
    known = facts(handovers=(handover,), bookings=(a_booking(departs_at=NOW + 14 * DAY),))
    assert why_recall(known, handover) == reason
