"""The handover stage by itself: every rung, every word, every exit at its edge."""

from datetime import timedelta
from typing import Any

import pytest

from models.stage import Stage
from tests.factories import DAY, NOW, a_booking, a_handover, an_effect, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.handover.clock import answer_by
from workflows.standing import Asking, Doing, Done, Standing, Waiting, reason_of

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
VULNERABLE = {"screening": f.Screening(NOW - 40 * DAY, "none", True, False)}
OFFERED = a_handover(status="offered", waiting_since=NOW, offered_at=NOW, identity_sent=False)
DUE = answer_by(facts(**VULNERABLE), OFFERED)
GONE: dict[str, Any] = {"boarding": "boarded", "departed_at": NOW - DAY}
LANDED = a_booking(departs_at=NOW - 4 * HOUR, arrives_at=NOW)
TOLD = an_effect(action="send_arrival", subject=f"h1.1.{NOW - 4 * HOUR:%Y%m%d%H%M}")


def looked(what: str, days: int) -> tuple[f.Effect, ...]:
    """The partner's books were read on so many days."""
    return tuple(an_effect(action="look_up_handover", subject=f"h1.{what}.{day}") for day in range(1, days + 1))


def stands(**over: Any) -> Standing:
    """Where the stage stands."""
    return decide_stage(facts(**over), Stage.PARTNER_HANDOVER)


@pytest.mark.parametrize(
    ("after", "subject"),
    [(timedelta(), "h1.partner_focal"), (24 * HOUR - TICK, "h1.partner_focal"), (24 * HOUR, "h1.partner_manager")],
)
def test_handover_ladder_reminds_the_focal_point_and_then_the_manager(after: timedelta, subject: str) -> None:
    standing = stands(**VULNERABLE, now=DUE + after, handovers=(OFFERED,), effects=looked("offered", 9))
    assert isinstance(standing, Doing)
    assert (standing.action, standing.subject) == ("remind_partner", subject)


def test_handover_before_its_time_nobody_is_reminded() -> None:
    standing = stands(**VULNERABLE, now=DUE - TICK, handovers=(OFFERED,), effects=looked("offered", 9))
    assert isinstance(standing, Waiting)
    assert standing.until <= DUE


def test_handover_at_the_end_of_the_ladder_is_taken_back_and_a_counsellor_chooses() -> None:
    over = {**VULNERABLE, "now": DUE + 72 * HOUR, "handovers": (OFFERED,)}
    standing = stands(**over)
    assert isinstance(standing, Doing)
    assert standing.action == "recall_handover"
    down = an_effect(action="recall_handover", subject="h1", state="intended", attempts=1, next_try_at=DUE + 99 * HOUR)
    asked = stands(**over, effects=(down,))  # its system is down as well: nobody waits for that
    assert isinstance(asked, Asking)
    assert (asked.question, asked.why.code) == ("receiving_partner", "handover.silent")


EXITS = {
    "declined": "handover.declined", "cancelled": "handover.cancelled", "recalled": "handover.recalled",
    "expired": "handover.silent", "returned": "handover.returned", "not_taken": "handover.not_taken",
}  # fmt: skip


@pytest.mark.parametrize(("status", "code"), EXITS.items())
def test_handover_that_ended_asks_who_else_could_receive(status: str, code: str) -> None:
    ended = a_handover(status=status, ended_at=NOW - HOUR)
    standing = stands(handovers=(ended,), reception=f.Reception(alternates=("tariq", "zora")))
    assert isinstance(standing, Asking)
    assert (standing.question, standing.why.code) == ("receiving_partner", code)
    assert dict(standing.why.values)["alternate"] == "tariq, zora"


@pytest.mark.parametrize(
    ("over", "offers"),
    [
        ({"partner": "tariq", "may_share_with": frozenset({"tariq"})}, True),
        ({"reception": f.Reception(chosen_at=NOW)}, True),
        ({"reception": f.Reception(chosen_at=NOW - 2 * HOUR)}, False),
        ({"voluntariness": f.Voluntariness(unshared=frozenset({"h1"}))}, True),
    ],
    ids=["another partner", "chosen again", "chosen before it ended", "consented again"],
)
def test_handover_that_ended_is_offered_again_only_after_a_new_word(over: dict[str, Any], offers: bool) -> None:
    standing = stands(handovers=(a_handover(status="declined", ended_at=NOW - HOUR),), **over)
    assert isinstance(standing, Doing) is offers
    if isinstance(standing, Doing):
        assert (standing.action, standing.subject) == ("offer_handover", "1.2")


def test_handover_flight_outside_the_days_accepted_is_taken_back_and_offered_anew() -> None:
    early = a_handover(arrival_to=(NOW + DAY).date())
    first = stands(handovers=(early,), bookings=(a_booking(),))
    assert isinstance(first, Doing)
    assert first.action == "recall_handover"
    recalled = a_handover(status="recalled", reason="new_dates", ended_at=NOW)
    second = stands(handovers=(recalled,), bookings=(a_booking(),))
    assert isinstance(second, Doing)
    assert (second.action, second.subject) == ("offer_handover", "1.2")


def test_handover_draft_that_may_have_arrived_is_found_out_about_before_anything_else() -> None:
    draft = a_handover(status="draft", identity_sent=False)
    lost = an_effect(action="offer_handover", subject="1.1", state="unknown")
    for journey in (1, 2):
        standing = stands(journey=journey, handovers=(draft,), effects=(lost,))
        assert isinstance(standing, Doing)
        assert standing.effect == ("offer_handover", "1.1", 1)


@pytest.mark.parametrize("state", ["intended", "void", "absent", "rejected"])
def test_s6_handover_draft_that_never_left_is_not_sent_for_an_old_journey(state: str) -> None:
    draft = a_handover(status="draft", identity_sent=False)
    never = an_effect(action="offer_handover", subject="1.1", state=state)
    standing = stands(journey=2, handovers=(draft,), effects=(never,))
    assert isinstance(standing, Doing)
    assert standing.subject == "2.1"


@pytest.mark.parametrize(
    ("hours", "action", "code"),
    [(1, None, "handover.awaiting_arrival"), (24, "open_incident", "handover.arrival_silent")],
)
def test_handover_silence_after_landing_becomes_an_incident(hours: int, action: str | None, code: str) -> None:
    known = {**GONE, "bookings": (LANDED,), "effects": (TOLD, *looked("accepted", 1))}
    standing = stands(now=NOW + hours * HOUR, **known)
    assert getattr(standing, "action", None) == action
    assert reason_of(standing).code == code


def test_handover_no_show_is_an_incident_and_then_a_protection_officers() -> None:
    known = {**GONE, "bookings": (LANDED,), "handovers": (a_handover(status="no_show"),)}
    assert getattr(stands(**known), "action", None) == "open_incident"
    opened = an_effect(action="open_incident", subject="h1.not_met")
    asked = stands(**known, effects=(opened,))
    assert isinstance(asked, Asking)
    assert (asked.role, asked.question) == ("protection_officer", "arrival")


RECEIVED = {**GONE, "arrived_at": NOW, "bookings": (LANDED,), "handovers": (a_handover(status="received"),)}


@pytest.mark.parametrize(
    ("days", "kind", "action"),
    [(0, "Waiting", None), (9, "Doing", "remind_partner"), (12, "Doing", "open_incident")],
)
def test_handover_first_week_is_reminded_of_after_two_days_and_an_incident_after_five(
    days: int, kind: str, action: str | None
) -> None:
    standing = stands(**RECEIVED, now=NOW + days * DAY, effects=looked("after", 20))  # type: ignore[arg-type]
    assert (type(standing).__name__, getattr(standing, "action", None)) == (kind, action)


@pytest.mark.parametrize(
    "over",
    [
        {"handovers": (a_handover(status="received", parts=frozenset({"first_week"})),)},
        {"arrival": f.Arrival(safe_at=NOW)},
        {"check_ins": (f.CheckIn("week_1", True, True),)},
    ],
    ids=["by the partner", "by somebody of ours", "at a check-in"],
)
def test_handover_is_done_when_somebody_has_spoken_with_the_person(over: dict[str, Any]) -> None:
    assert isinstance(stands(**{**RECEIVED, **over}), Done)


def test_handover_partner_that_left_is_replaced_even_after_the_departure() -> None:
    left = f.Reception(inactive=frozenset({"nadia"}))
    assert getattr(stands(**RECEIVED, reception=left), "action", None) == "recall_handover"
    recalled = {**RECEIVED, "handovers": (a_handover(status="recalled"),)}
    asked = stands(**recalled, reception=left)
    assert isinstance(asked, Asking)
    assert asked.why.code == "handover.partner_left"


def test_handover_partner_chosen_after_the_departure_is_asked_for_consent_once() -> None:
    new = {**RECEIVED, "partner": "tariq", "handovers": (a_handover(status="returned", ended_at=NOW),)}
    asked = stands(**new, reception=f.Reception(chosen_at=NOW))
    assert isinstance(asked, Asking)
    assert (asked.question, asked.subject) == ("transfer_consent", "tariq")
    said_no = stands(**new, reception=f.Reception(chosen_at=NOW, refused=frozenset({"tariq"})))
    assert isinstance(said_no, Done)
