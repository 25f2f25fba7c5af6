"""Danger that is told late: between approval and ticket, and with a ticket in the hand."""

from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import Life
from models.effect import Effect, EffectState
from models.stage import Role, Stage
from tests.journeys.house import Living
from workflows import gates, ledger
from workflows.commands import Refused
from workflows.decide import decide
from workflows.house import House
from workflows.standing import Blocked, Doing


def a_victim() -> Life:
    """She takes no time to reflect."""
    return Life("is threatened", "completed", "UZ", "Samarkand", "Dilnoza", "Karimova", "Дилноза Каримова",
                screening="actual", waives_reflection=True)  # fmt: skip


def orders(alone: Living) -> list[dict[str, Any]]:
    """Everything in the airline's own books."""
    return list(alone.simulators.truth()["airline"]["orders"])


def test_s1_a_threat_between_approval_and_ticket_stops_the_ticket(alone: Living) -> None:
    alone.unanswered |= {"health_clearance", "risk_review"}
    ref = alone.begin(a_victim())
    alone.until(ref, "risk.cleared")
    alone.say(ref, "threat", {"kind": "threat", "narrative": "A call at night."}, Role.COUNSELLOR)
    alone.unanswered.discard("health_clearance")
    alone.until(ref, "risk.reported")
    for _ in range(30):
        alone.step()
    assert orders(alone) == []
    standing = decide(alone.facts(ref))[Stage.FLIGHT_BOOKING]
    assert isinstance(standing, Blocked)
    assert "risk.reported" in {reason.code for reason in standing.by}


def test_s7_a_threat_with_the_ticket_in_the_hand_stops_the_boarding(alone: Living) -> None:
    ref = alone.begin(a_victim())
    alone.unanswered |= {"boarding"}
    alone.until(ref, "departure.boarding")
    assert gates.looked_again(alone.facts(ref)) is None, "looked at again in the last three days"
    alone.unanswered |= {"risk_review"}
    alone.say(ref, "threat", {"kind": "whereabouts_known", "narrative": "They wait there."}, Role.MOVEMENT_OFFICER)
    with pytest.raises(Refused) as refused:
        alone.say(ref, "boarding", {"outcome": "boarded"}, Role.MOVEMENT_OFFICER)
    assert refused.value.code == "not_asked"
    assert alone.facts(ref).departed_at is None
    about = gates.review_of(alone.facts(ref))
    body = {"about": about, "stands": True, "reason": "The partner meets her on the apron."}
    alone.say(ref, "risk_review", body, Role.PROTECTION_OFFICER)
    alone.say(ref, "boarding", {"outcome": "boarded"}, Role.MOVEMENT_OFFICER)
    assert alone.facts(ref).departed_at is not None


@pytest.mark.parametrize(("when", "held"), [("before", 0), ("after", 1)])
def test_f31_a_threat_in_the_same_instant_as_the_hold_gives_one_order_of_the_two(
    alone: Living, monkeypatch: pytest.MonkeyPatch, when: str, held: int
) -> None:
    """The risk is revoked between the decision and the mark, or right after the call: never a ticket on it."""
    alone.unanswered |= {"risk_review"}
    ref, known = alone.begin(a_victim()), ledger.perform

    def torn(house: House, ref: str, stage: Stage, doing: Doing, *more: Any) -> str:
        def threaten() -> None:
            if doing.action == "hold_seats":
                alone.say(ref, "threat", {"kind": "threat", "narrative": "Now."}, Role.COUNSELLOR)

        if when == "before":
            threaten()
        state = known(house, ref, stage, doing, *more)
        if when == "after":
            threaten()
        return state

    monkeypatch.setattr(ledger, "perform", torn)
    alone.until(ref, "risk.reported")
    for _ in range(10):
        alone.step()
    assert len(orders(alone)) == held
    assert all(not order["documents"] for order in orders(alone)), "no ticket was issued"
    with alone.house.database.reading() as session:
        found = session.exec(select(Effect.action, Effect.state)).all()
    states = {state for action, state in found if action == "hold_seats"}
    assert states == {EffectState.CONFIRMED if held else EffectState.VOID}
    assert not [state for action, state in found if action.startswith("pay") and state is EffectState.CONFIRMED]
