"""The proofs of the process hold, and each of them finds what it is there to find."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.stage import Stage, Track
from tests.factories import DAY, NOW, a_booking, a_channel, a_handover, a_person, facts
from workflows.decide import decide_stage
from workflows.facts import Facts, Intake
from workflows.pathways import CURRENT, load
from workflows.process import checks, personal, states
from workflows.process import sites as reading
from workflows.process.checks import of_the_text
from workflows.process.sites import sites
from workflows.process.states import of_states
from workflows.stages import DECIDE
from workflows.standing import Doing, Party, Waiting, say

WRITES = facts(
    boarding="boarded", departed_at=NOW - 9 * DAY, arrived_at=NOW - 8 * DAY, intake=Intake(channels=(a_channel(),))
)
STATES = (
    WRITES,
    facts(), facts(people=(a_person(documents=()),)), facts(handovers=(a_handover(identity_sent=False),)),
    facts(bookings=(a_booking(),)), facts(track=Track.IN_PLACE), facts(handovers=()), facts(risk=None),
)  # fmt: skip


@pytest.mark.parametrize("proof", list(of_the_text()), ids=lambda proof: proof.claim)
def test_what_is_claimed_of_text_and_rules_holds(proof: checks.Proof) -> None:
    assert proof.looked_at > 20
    assert proof.against == []


@pytest.mark.parametrize("proof", of_states(STATES), ids=lambda proof: proof.claim)
def test_what_is_claimed_of_states_holds(proof: checks.Proof) -> None:
    assert proof.looked_at > 0
    assert proof.against == []


def test_every_stage_has_its_places_in_the_text() -> None:
    assert {site.noun for site in sites()} >= {stage.value for stage in Stage}
    assert {site.limit for site in sites() if site.limit and site.limit != "until"} <= set(load(*CURRENT).times)


def test_a_question_is_read_with_role_reason_and_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ROOM", tmp_path)
    path = tmp_path / "somewhere.py"
    path.write_text(
        'ask(facts, Role.COUNSELLOR, "closure", say("closure.ready"), within="urgent")\nWaiting(Party.DATE, say("a.b"), until)\n'
    )
    asked, waited = reading.in_file(path)
    assert (asked.role, asked.question, asked.reason, asked.limit) == (
        "counsellor",
        "closure",
        "closure.ready",
        "urgent",
    )
    assert waited.limit is None, "a wait without what follows has no end"


def test_a_check_in_that_is_about_to_leave_is_among_the_states_and_does_not_leave_without_a_safe_channel() -> None:
    assert isinstance(decide_stage(WRITES, Stage.FOLLOW_UP), Doing)
    assert not against("without the person's word", WRITES)
    still_there = replace(personal.without_contact(WRITES), intake=WRITES.intake)
    assert isinstance(decide_stage(still_there, Stage.FOLLOW_UP), Doing), "it goes by the channels, not by the hours"


def against(claim: str, *some: Facts) -> list[str]:
    """What speaks against one claim about states."""
    return next(proof.against for proof in of_states(some) if claim in proof.claim)


def test_s5_a_gate_that_is_taken_away_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def heedless(facts: Facts) -> Doing:
        return Doing("send_identity", "h1", say("handover.send_identity"))

    monkeypatch.setitem(DECIDE, Stage.PARTNER_HANDOVER, heedless)
    assert against("personal data", facts(handovers=()))


def test_s6_what_goes_on_after_a_withdrawal_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DECIDE, Stage.INTAKE, lambda facts: Doing("offer_handover", "1.1", say("handover.offer")))
    assert against("withdrawn", facts())


def test_l1_a_wait_that_never_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    past = Waiting(Party.DATE, say("departure.flight"), NOW - DAY, say("then.ask_boarding"))
    monkeypatch.setitem(DECIDE, Stage.HEALTH, lambda facts: past)
    assert against("an owner and an end", facts())


def test_an_action_that_nobody_classed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "IMPERSONAL", {k: v for k, v in personal.IMPERSONAL.items() if k != "pay_ticket"})
    assert "pay_ticket" in checks.disclosures().against


def test_every_word_that_something_stands_on_can_be_taken_back() -> None:
    for tells in personal.PERSONAL.values():
        assert tells.consent in personal.WITHOUT
    assert personal.without_contact(facts()).contact_hours is None
    assert states.TAKES_BACK
