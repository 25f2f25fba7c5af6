"""Withdrawal, near the aircraft and elsewhere: nothing goes on, everything is taken back, the person has a bed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers.counselling import OPTIONS
from api.cli.cast import CONSENT, Life
from models.consent import WithdrawalNote
from models.stage import Role, Track
from tests.journeys.house import Living, staff
from workflows import commands

HOUR = timedelta(hours=1)
OWED = {"bed_and_transport", "counselling_appointment", "withdrawal_note", "offload"}
SESSION: dict[str, Any] = {"options": OPTIONS, "language": "tr"}


def somebody(**over: Any) -> Life:
    """A vulnerable person on the way back, so that a partner knows of them."""
    known: dict[str, Any] = {"vulnerable": True, "tracks": ["return", "none"]}
    return Life("", "withdrew", "TM", "Mary", "Ogulgerek", "Annayeva", "Ogulgerek", **{**known, **over})


def settle(alone: Living) -> None:
    """Until nothing is due and nobody answers any more, without moving the clock."""
    while alone.push() or alone.answer() or alone.simulators.pending():
        pass


def stands(alone: Living, partner: str) -> list[str]:
    """How a partner's handovers stand, at the partner."""
    return [handover["status"] for handover in alone.simulators.truth()[f"partner_{partner}"]["handovers"]]


def test_failure_withdrawal_at_gate(alone: Living) -> None:
    ref = alone.begin(somebody())
    alone.unanswered = {"boarding", *OWED}
    alone.until(ref, "departure.flight")
    alone.unanswered.add("counselling_session")
    booking = alone.facts(ref).booking
    assert booking is not None
    alone.to(booking.departs_at - HOUR)
    settle(alone)
    messages = len(alone.simulators.truth()["sms"]["messages"])

    commands.withdraw(
        alone.house, ref, staff(Role.COUNSELLOR)
    )  # one step, no reason, nobody is asked who else is there

    owed = {"withdrawal.support", "withdrawal.appointment", "withdrawal.note", "withdrawal.offload"}
    assert owed <= alone.codes(ref)
    settle(alone)
    truth = alone.simulators.truth()
    assert truth["airline"]["orders"][0]["cancelled_at"]
    assert [row["order_id"] for row in truth["airline"]["cancellations"]] == [truth["airline"]["orders"][0]["id"]]
    assert stands(alone, "nadia") == ["RECALLED"]
    assert "48 hours" in alone.explained(ref)
    assert "48 saat" in alone.explained(ref, "tr")

    about = alone.facts(ref).withdrawal
    alone.say(ref, "offload", {"about": booking.id}, Role.MOVEMENT_OFFICER)
    alone.say(ref, "bed_and_transport", {}, Role.COUNSELLOR)
    soon = alone.clock.now() + 20 * HOUR
    alone.say(ref, "counselling_appointment", {"about": about, "on": soon}, Role.COUNSELLOR)
    alone.say(ref, "withdrawal_note", {"about": about, "third_party_present": "yes"}, Role.COUNSELLOR)
    assert not owed & alone.codes(ref)
    assert len(alone.facts(ref).voluntariness.open_flags) == 1, "who was there may be why"
    with alone.house.database.reading() as session:
        assert [note.third_party for note in session.exec(select(WithdrawalNote)).all()] == ["yes"]
    settle(alone)
    assert len(alone.simulators.truth()["sms"]["messages"]) == messages, "no message of that journey any more"


def test_failure_interpreter_of_the_perpetrators_community(alone: Living) -> None:
    ref = alone.begin(somebody(screening="actual"))
    alone.unanswered = {"counselling_session"}
    alone.until(ref, "counselling.options_missing")
    interpreted = {**SESSION, "interpreter": True, "interpreter_code": "I-7"}
    alone.say(
        ref, "counselling_session", {**interpreted, "interpreter_conflict": "perpetrator_community"}, Role.COUNSELLOR
    )
    assert "counselling.interpreter_conflict" in alone.codes(ref)
    settle(alone)
    assert alone.facts(ref).track is Track.UNDECIDED, "nothing goes on from what that interpreter interpreted"
    assert alone.facts(ref).session is None
    assert "must not work for this person" in alone.explained(ref)
    alone.say(ref, "counselling_session", {**interpreted, "interpreter_code": "I-8"}, Role.COUNSELLOR)
    assert "counselling.interpreter_conflict" not in alone.codes(ref)
    assert "counselling.reflection" in alone.codes(ref)


def test_s7_at_the_door_of_the_aircraft_pressure_still_closes_the_way(alone: Living) -> None:
    ref = alone.begin(somebody())
    alone.unanswered = {"boarding", "coercion_closing"}
    alone.until(ref, "departure.flight")
    booking = alone.facts(ref).booking
    assert booking is not None
    alone.to(booking.departs_at - HOUR)
    settle(alone)
    assert "departure.boarding" in alone.codes(ref)
    alone.say(ref, "coercion_flag", {"sign": "third_party_present"}, Role.MOVEMENT_OFFICER)
    with pytest.raises(commands.Refused) as refused:
        alone.say(ref, "boarding", {"outcome": "boarded"}, Role.MOVEMENT_OFFICER)
    assert refused.value.code == "not_asked"
    assert not alone.facts(ref).departed
    (flag,) = alone.facts(ref).voluntariness.open_flags
    alone.say(ref, "coercion_closing", {"flag": flag, "reason": "A colleague of ours."}, Role.PROTECTION_OFFICER)
    assert "counselling.coercion" not in alone.codes(ref)


def test_f33_one_recipient_is_taken_back_and_recalled_while_the_journey_goes_on(alone: Living) -> None:
    ref = alone.begin(somebody())
    alone.unanswered = {"transfer_consent", "receiving_partner"}
    alone.until(ref, "handover.no_consent")
    alone.say(ref, "transfer_consent", {**CONSENT, "recipient": "nadia"}, Role.COUNSELLOR)
    alone.until(ref, "handover.accepted")
    settle(alone)
    packages = len(alone.simulators.truth()["partner_nadia"]["packages"])
    alone.say(ref, "transfer_consent", {**CONSENT, "recipient": "nadia", "given": False}, Role.COUNSELLOR)
    settle(alone)
    assert stands(alone, "nadia") == ["RECALLED"]
    assert alone.facts(ref).track is Track.RETURN

    alone.say(ref, "transfer_consent", {**CONSENT, "recipient": "nadia"}, Role.COUNSELLOR)  # F34: a new beginning
    settle(alone)
    assert stands(alone, "nadia")[0] == "RECALLED"
    assert len(stands(alone, "nadia")) == 2, "offered anew"
    before = alone.simulators.truth()["partner_nadia"]["packages"][:packages]
    assert {package["handover"] for package in before} == {
        alone.simulators.truth()["partner_nadia"]["handovers"][0]["reference"]
    }


def test_f33_after_departure_no_partner_is_told_or_paid_through_any_more(alone: Living) -> None:
    ref = alone.begin(somebody())
    alone.unanswered = {"recipient_told", "payment"}
    alone.until(ref, "handover.received")
    commands.withdraw(alone.house, ref, staff(Role.COUNSELLOR))
    told = alone.simulators.truth()["partner_nadia"]
    alone.until(ref, "reintegration.pay_by_hand")
    assert "withdrawal.tell_recipient" in alone.codes(ref)
    after = alone.simulators.truth()["partner_nadia"]
    assert (after["packages"], after["payments"]) == (told["packages"], told["payments"])
    alone.say(ref, "recipient_told", {"about": f"{alone.facts(ref).journey}.nadia"}, Role.COUNSELLOR)
    assert "withdrawal.tell_recipient" not in alone.codes(ref)
