"""Whole lives through everything but Prefect: doors, commands, decisions, ledger, adapters, simulators, webhooks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from api.cli.cast import people
from models.effect import Effect, EffectState
from models.event import verify
from models.handover import Disclosure
from tests import databases
from tests.api.statuses import both_ways
from tests.journeys.house import Living, living
from workflows.messages.texts import TEXTS

STORIES = [life.story for life in people()]


class Told:
    """Looks now and then at one life after the other: its status says the same from notes as decided anew."""

    often = 4

    def __init__(self, living: Living) -> None:
        self.living, self.rounds, self.noted = living, 0, 0

    def __call__(self) -> None:
        """After each round."""
        self.rounds += 1
        refs = list(self.living.lives)
        number, turn = divmod(self.rounds, self.often)
        if turn == 0:
            kept, fresh = both_ways(self.living.house, refs[number % len(refs)])
            assert kept in (None, fresh)
            self.noted += kept is not None


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Living]:
    """Everybody of the demo has lived their year."""
    folder = Path(tmp_path_factory.mktemp("lives"))
    with databases.fresh(folder, database_server) as database, living(database) as everybody:
        for number, life in enumerate(people(), start=1):
            everybody.begin(life, number)
        told = Told(everybody)
        everybody.live(seconds=200, seen=told)
        assert told.noted
        yield everybody


@pytest.mark.parametrize("story", STORIES)
def test_each_life_ends_as_told(lived: Living, story: str) -> None:
    ref, life = next((ref, life) for ref, life in lived.lives.items() if life.story == story)
    assert lived.case(ref).outcome == life.ends


def test_s2_s3_nothing_happened_twice_at_the_ground_truth(lived: Living) -> None:
    truth: dict[str, Any] = lived.simulators.truth()
    sent = truth.pop("sms")["messages"]
    assert {name: part["duplicates"] for name, part in truth.items()} == {name: [] for name in truth}
    with lived.house.database.reading() as session:
        effects = session.exec(select(Effect.state).where(col(Effect.action).in_(TEXTS))).all()
    assert len(sent) == len([state for state in effects if state is EffectState.CONFIRMED])


def test_s5_no_personal_datum_before_acceptance_and_a_row_for_each_package(lived: Living) -> None:
    truth = lived.simulators.truth()
    sealed = set()
    for name in ("partner_nadia", "partner_tariq"):
        assert truth[name]["personal_data_before_acceptance"] == []
        sealed |= {package["package_hash"] for package in truth[name]["packages"]}
    with lived.house.database.reading() as session:
        told = select(Disclosure.sha256).where(col(Disclosure.recipient).in_(["nadia", "tariq"]))
        assert sealed == set(session.exec(told).all())


def test_s5_what_consulate_and_airline_are_told_has_a_row_on_the_persons_word(lived: Living) -> None:
    carries = ("lodge_application", "hold_seats")
    with lived.house.database.reading() as session:
        sent = select(Effect.id).where(col(Effect.action).in_(carries), col(Effect.sent_at).is_not(None))
        rows = session.exec(select(Disclosure).where(col(Disclosure.recipient).in_(["consulate", "airline"]))).all()
        assert set(session.exec(sent).all()) == {row.effect_id for row in rows}
    assert rows
    assert all(row.basis == "declaration" and row.consent_id is not None for row in rows)


def test_s6_the_withdrawn_ticket_is_cancelled_and_the_handover_recalled(lived: Living) -> None:
    with lived.house.database.reading() as session:
        for action in ("cancel_booking", "recall_handover"):
            states = session.exec(select(Effect.state).where(Effect.action == action)).all()
            assert states
            assert set(states) == {EffectState.CONFIRMED}


def test_no_effect_is_left_open(lived: Living) -> None:
    with lived.house.database.reading() as session:
        left = session.exec(select(Effect.action, Effect.state)).all()
    assert {state for _, state in left} <= {
        EffectState.CONFIRMED, EffectState.VOID, EffectState.REJECTED, EffectState.ABSENT,
    }, left  # fmt: skip


def test_s11_the_chain_holds(lived: Living) -> None:
    with lived.house.database.reading() as session:
        count, breaks = verify(session)
    assert count > 100
    assert breaks == []


def test_s19_messages_name_nothing(lived: Living) -> None:
    texts = {message["text"] for message in lived.simulators.truth()["sms"]["messages"]}
    assert texts
    for text in texts:
        assert not any(word in text.lower() for word in ("return", "traffick", "dönüş", "iom", "georgia", "flight"))
