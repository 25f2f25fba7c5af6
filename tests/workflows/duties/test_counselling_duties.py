"""What is owed to somebody who withdrew, at its edges."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import DAY, NOW, a_booking, a_handover, facts
from workflows import facts as f
from workflows.duties import counselling

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
NAME = f"withdrawal:{NOW:%Y%m%dT%H%M%S}"


def asked(**over: Any) -> set[str]:
    """The questions beside counselling."""
    return {duty.asking.question for duty in counselling.duties(facts(**over))}


def test_nothing_is_owed_to_somebody_who_did_not_withdraw() -> None:
    assert asked() == set()


def test_an_appointment_within_48_hours_and_a_note_within_a_day() -> None:
    limits = {duty.asking.question: duty.asking.until - NOW for duty in counselling.duties(facts(withdrawn_at=NOW))}
    assert limits == {"counselling_appointment": 48 * HOUR, "withdrawal_note": 24 * HOUR}


def test_each_ends_with_its_own_answer_and_not_with_that_of_an_earlier_withdrawal() -> None:
    earlier = f"withdrawal:{NOW - DAY:%Y%m%dT%H%M%S}"
    assert asked(withdrawn_at=NOW, supports=frozenset({("appointment", earlier)})) == {
        "counselling_appointment", "withdrawal_note",
    }  # fmt: skip
    assert asked(withdrawn_at=NOW, supports=frozenset({("appointment", NAME)})) == {"withdrawal_note"}
    assert asked(withdrawn_at=NOW, voluntariness=f.Voluntariness(noted=frozenset({NAME}))) == {
        "counselling_appointment"
    }


@pytest.mark.parametrize(
    ("left", "near"),
    [
        (24 * HOUR + SECOND, False), (24 * HOUR, True), (HOUR, True), (-2 * HOUR, True), (-2 * HOUR - SECOND, False),
    ],
)  # fmt: skip
def test_the_airport_is_told_when_the_flight_is_near(left: timedelta, near: bool) -> None:
    booking = a_booking(status="cancelled", departs_at=NOW + left, arrives_at=NOW + left + HOUR)
    assert ("offload" in asked(journey=2, withdrawn_at=NOW, bookings=(booking,))) is near


def test_not_for_a_seat_that_was_never_paid_nor_twice() -> None:
    near = {"departs_at": NOW + HOUR, "arrives_at": NOW + 2 * HOUR}
    assert "offload" not in asked(journey=2, withdrawn_at=NOW, bookings=(a_booking(status="lapsed", **near),))
    done = frozenset({("offload", "b1")})
    assert "offload" not in asked(journey=2, withdrawn_at=NOW, bookings=(a_booking(**near),), supports=done)


def test_f33_after_departure_the_partner_is_told_that_sharing_has_ended() -> None:
    gone: dict[str, Any] = {"departed_at": NOW - DAY, "handovers": (a_handover(status="received"),)}
    ended = f.Voluntariness(sharing_ended=frozenset({"nadia"}))
    assert asked(**gone) == set()
    assert asked(**gone, voluntariness=ended) == {"recipient_told"}
    assert asked(**gone, voluntariness=ended, supports=frozenset({("recipient_told", "1.nadia")})) == set()
    assert asked(departed_at=NOW - DAY, voluntariness=ended, handovers=()) == set(), "who has nothing is told nothing"
