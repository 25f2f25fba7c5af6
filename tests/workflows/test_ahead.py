"""A push runs ahead of its picture in Prefect: nothing of it waits for Prefect, and what it notes is what was done."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from api.cli.simulate.world import KEYRING, migrated
from models.case import Case
from models.clock import SystemClock
from models.database import Database
from models.effect import Effect, EffectState
from models.stage import Stage
from tests.bench.common.process import common, open_many
from tests.bench.common.task import Truth
from workflows.advance import PAUSE, Push
from workflows.ahead import Ahead
from workflows.head_start import WORK, begins, begun
from workflows.house import House, World, WorldSettings
from workflows.trouble import Trouble

FIRST = [f"{Stage.RISK_ASSESSMENT}_1", f"{Stage.RISK_ASSESSMENT}_2"]


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    """What happened outside."""
    return Truth(tmp_path / "truth")


@pytest.fixture
def house(tmp_path: Path, truth: Truth) -> Iterator[House]:
    """A house of cases that have two things to do at once, and then wait for a partner."""
    path = tmp_path / "sila.db"
    path.write_bytes(migrated())
    database = Database(f"sqlite:///{path}", KEYRING)
    with common(truth):
        yield House(database, SystemClock(), World(WorldSettings(_env_file=None)))
    database.close()


def case_of(house: House) -> Case:
    """The only case."""
    with house.database.reading() as session:
        return session.exec(select(Case)).one()


def shown(work: Ahead) -> list[tuple[str, list[str], str]]:
    """What its picture says."""
    return [
        (chapter.stage.value, [f"{step.action} {work.result(step.action)}" for step in work.steps()], work.stands())
        for chapter in work.chapters()
    ]


def test_the_push_comes_to_rest_though_nobody_looks_and_its_notes_say_what_was_done(house: House) -> None:
    (ref,) = open_many(house, 1)
    work = Ahead(lambda: house, ref)
    work.join()
    assert case_of(house).lease is None
    with house.database.reading() as session:
        done = {effect.action: effect.state for effect in session.exec(select(Effect))}
    assert done == dict.fromkeys(FIRST, EffectState.CONFIRMED)
    assert shown(work) == [(Stage.RISK_ASSESSMENT, [f"{action} confirmed" for action in FIRST], "Awaiting partner")]
    assert work.awaits() == "Awaiting partner"
    assert list(work.chapters()) == [], "who looks again waits for nothing"


def test_the_flow_begins_when_the_first_letter_leaves_not_when_it_is_answered(
    house: House, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ref,) = open_many(house, 1)
    answers, do = threading.Event(), truth.do

    def slow(*said: Any) -> str:
        assert answers.wait(10)
        return do(*said)

    monkeypatch.setattr(truth, "do", slow)
    work = Ahead(lambda: house, ref)
    began = time.monotonic()
    work.get_ahead()
    assert time.monotonic() - began < 5
    with house.database.reading() as session:
        assert [effect.state for effect in session.exec(select(Effect))] == [EffectState.SENT]  # S4
    answers.set()
    assert work.awaits() == "Awaiting partner"


def test_s13_f12_what_a_push_raises_is_counted_and_shown_as_a_code(
    house: House, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ref,) = open_many(house, 1)
    monkeypatch.setattr(Push, "stand", raising)
    work = Ahead(lambda: house, ref)
    assert next(work.chapters()).stage is Stage.RISK_ASSESSMENT
    assert [work.result(step.action) for step in work.steps()] == ["confirmed"]
    with pytest.raises(Trouble, match=r"^risk_assessment: RuntimeError$"):
        work.stands()
    work.stop()
    work.join()
    assert case_of(house).stumbles >= 1


def raising(*_: Any) -> Any:
    raise RuntimeError("Ogulgerek")


def test_a_house_that_does_not_open_is_said_without_what_it_says(house: House) -> None:
    with pytest.raises(Trouble, match=r"^house: RuntimeError$"):
        Ahead(raising, "C-0000000000").awaits()


def test_a_push_that_is_told_to_stop_ends_what_it_does_and_gives_the_case_back(
    house: House, truth: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ref,) = open_many(house, 1)
    works: list[Ahead] = []
    ready, do = threading.Event(), truth.do

    def stopping(*said: Any) -> str:
        assert ready.wait(10)
        works[0].stop()
        return do(*said)

    monkeypatch.setattr(truth, "do", stopping)
    works.append(Ahead(lambda: house, ref))
    ready.set()
    assert works[0].awaits() == "Still moving"
    known = case_of(house)
    assert (known.lease, known.stumbles, len(truth.done())) == (None, 0, 1)
    assert known.due_at is not None
    assert house.clock.now() < known.due_at <= house.clock.now() + PAUSE


def test_work_is_begun_for_the_flows_that_have_some_and_has_ended_with_them(house: House) -> None:
    (ref,) = open_many(house, 1)

    @begins(lambda ref: Ahead(lambda: house, ref))
    def flow(ref: str) -> None: ...

    with begun(flow, {"ref": ref}):
        work = WORK.get()
        assert isinstance(work, Ahead)
    assert work.ended.done()
    assert WORK.get() is None
    with begun(shown, {}):
        assert WORK.get() is None


@pytest.mark.parametrize(("raised", "actions"), [(KeyboardInterrupt, 1), (ValueError, 2)])
def test_a_run_that_is_cancelled_stops_its_work_and_one_that_cannot_be_shown_does_not(
    house: House, truth: Truth, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException], actions: int
) -> None:
    (ref,) = open_many(house, 1)
    under_way, do = threading.Event(), truth.do

    def slow(*said: Any) -> str:
        under_way.set()
        time.sleep(0.2)
        return do(*said)

    monkeypatch.setattr(truth, "do", slow)

    @begins(lambda ref: Ahead(lambda: house, ref))
    def flow(ref: str) -> None: ...

    def end() -> None:
        assert under_way.wait(10)
        raise raised

    with pytest.raises(raised), begun(flow, {"ref": ref}):
        end()
    assert len(truth.done()) == actions
    assert case_of(house).lease is None
