"""Any order of events: withdrawal is always possible, stops all that was meant, and nothing revives (S6, L4, F34)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from api.cli.answers import answer_to
from api.cli.cast import CONSENT, Life, case_of
from api.cli.simulate.play import by, open_now
from api.cli.simulate.world import Simulated, simulated
from integrations.in_process import START, Agenda, Faults
from models.case import Case
from models.effect import Effect, EffectState
from models.stage import Role, Stage, Track
from workflows import commands
from workflows.advance import advance
from workflows.decide import decide
from workflows.facts import Facts
from workflows.gather import gather
from workflows.inputs import CaseIn
from workflows.open_case import open_case
from workflows.records import FACTS
from workflows.standing import Doing, Done

TAKES_BACK = {
    "cancel_booking", "recall_handover", "withdraw_application", "look_up_booking", "look_up_handover",
    "look_up_country_input", "look_up_application", "look_up_payment",
}  # fmt: skip
NUMBERS = count(1)
STEPS = st.lists(
    st.sampled_from(["answer", "answer", "answer", "wait", "wait", "jump", "withdraw", "coerce", "take_back", "switch"]),
    min_size=4, max_size=45,
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Iterator[Simulated]:
    """One house for all, with partners in this process; now and then a line fails."""
    agenda = Agenda(START, Random(7))
    with simulated(agenda, Faults(Random(8), before=30, after=20)) as house:
        house.wake = lambda change: void(advance(house.house, change.ref))
        yield house


def void(_: object) -> None:
    """Nothing."""


class Course:
    """One case on its way through chance."""

    def __init__(self, made: Simulated, victim: bool) -> None:
        self.made, self.house = made, made.house
        self.life = Life("", "stays", "UZ", "Samarkand", "Dilnoza", "Karimova", "D", vulnerable=True,
                         screening="actual" if victim else "none", waives_reflection=True,
                         tracks=["return"])  # fmt: skip
        number = next(NUMBERS)
        self.life.born_on += timedelta(days=number)
        said = case_of(self.life, number, made.agenda.at.date())
        self.ref = open_case(self.house, CaseIn.model_validate(json.loads(json.dumps(said))), by(Role.COUNSELLOR))
        self.stopped: dict[int, set[str]] = {}  # by journey: what had not been sent when it ended

    def facts(self) -> Facts:
        """What is true."""
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == self.ref)).one()
            return gather(session, case, self.made.agenda.at)

    def effects(self) -> list[Effect]:
        """The ledger of the case."""
        with self.house.database.reading() as session:
            query = select(Effect).join(Case, col(Case.id) == Effect.case_id).where(Case.ref == self.ref)
            return list(session.exec(query).all())

    def say(self, kind: str, body: dict[str, Any], role: Role) -> None:
        """One fact; what the process does not allow now is no fault."""
        said = FACTS[kind].model.model_validate(json.loads(json.dumps(body)))
        try:
            commands.record(self.house, self.ref, FACTS[kind], said, by(role))
        except commands.Refused:
            return

    def answer(self) -> None:
        """The oldest open question."""
        advance(self.house, self.ref)
        with self.house.database.reading() as session:
            case = session.exec(select(Case).where(Case.ref == self.ref)).one()
            asked = open_now(session, case)
        if asked:
            first = asked[0]
            body = answer_to(self.life, first.kind, first.subject, self.made.agenda.at.date())
            role = first.role if first.role in FACTS[first.kind].roles else FACTS[first.kind].roles[0]
            self.say(first.kind, body, role)
        advance(self.house, self.ref)

    def wait(self) -> None:
        """Something happens outside."""
        self.made.agenda.step()
        advance(self.house, self.ref)

    def jump(self) -> None:
        """Days pass."""
        self.made.agenda.put(self.made.agenda.at + timedelta(days=3), lambda: None)
        while self.made.agenda.step():
            pass
        advance(self.house, self.ref)

    def withdraw(self) -> None:
        """L4: whatever has happened, this raises nothing."""
        journey = self.facts().journey
        commands.withdraw(self.house, self.ref, by(Role.COUNSELLOR))
        if self.facts().journey != journey:
            self.ended(journey)
            assert self.facts().track is Track.UNDECIDED
            assert not any(standing for standing in self.onward())
        advance(self.house, self.ref)

    def ended(self, journey: int) -> None:
        """Remember what of a journey had not been sent."""
        mine = [effect for effect in self.effects() if effect.journey == journey]
        self.stopped[journey] = {str(effect.id) for effect in mine if effect.sent_at is None}
        assert not [effect.action for effect in mine if effect.state is EffectState.INTENDED]

    def onward(self) -> list[str]:
        """What would be done now that is no taking back."""
        standings = decide(self.facts()).values()
        return [
            standing.action
            for standing in standings
            if isinstance(standing, Doing) and standing.action not in TAKES_BACK
        ]

    def coerce(self) -> None:
        """A sign, and nothing goes on from then."""
        self.say("coercion_flag", {"sign": "family_demand"}, Role.COUNSELLOR)

    def take_back(self) -> None:
        """One consent alone."""
        self.say("transfer_consent", {**CONSENT, "recipient": self.life.partner, "given": False}, Role.COUNSELLOR)

    def switch(self) -> None:
        """To the other track."""
        other = "in_place" if self.facts().track is Track.RETURN else "return"
        self.say("track_choice", {"track": other}, Role.COUNSELLOR)

    def checked(self) -> None:
        """S6: nothing of an ended journey was sent afterwards but what takes back."""
        for effect in self.effects():
            old = self.stopped.get(effect.journey, set())
            assert str(effect.id) not in old or effect.sent_at is None, effect.action
            known = effect.journey in self.stopped and effect.action not in TAKES_BACK
            assert not known or effect.state is not EffectState.INTENDED, effect.action


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, victim=st.booleans())
def test_s6_l4_withdrawal_is_always_possible_and_stops_all_that_was_meant(
    made: Simulated, steps: list[str], victim: bool
) -> None:
    course = Course(made, victim)
    for step in [*steps, "withdraw", "jump"]:
        getattr(course, step)()
    course.checked()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=st.integers(min_value=6, max_value=40), waits=st.integers(min_value=0, max_value=6))
def test_f34_choosing_again_revives_nothing(made: Simulated, answers: int, waits: int) -> None:
    course = Course(made, victim=False)
    for number in range(answers):
        course.answer()
        if number % 7 < waits:
            course.wait()
    if course.facts().departed:
        return
    course.withdraw()
    course.say("track_choice", {"track": "return"}, Role.COUNSELLOR)
    facts = course.facts()
    assert facts.principal.declared_at is None
    assert facts.principal.reconfirmed_at is None
    assert facts.session is None
    assert (facts.risk, facts.exit, facts.handover, facts.booking) == (None, None, None, None)
    assert facts.may_share_with == frozenset()
    ahead = (Stage.COUNSELLING, Stage.RISK_ASSESSMENT, Stage.FLIGHT_BOOKING, Stage.PARTNER_HANDOVER, Stage.DEPARTURE)
    assert not [stage for stage, standing in decide(facts).items() if stage in ahead and isinstance(standing, Done)]
