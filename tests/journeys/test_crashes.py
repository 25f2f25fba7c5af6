"""F1-F7, S23: one life is killed at points all over its way, around commits and calls; its books end clean.

The points are counted in a first life; then the same life is lived again for each of a sample of them. What the
partners have seen is compared, not what we believe.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from api.cli.simulate import people_invariants, play
from api.cli.simulate.invariants import check_all
from api.cli.simulate.play import Play
from api.cli.simulate.run import SeededIds
from api.cli.simulate.world import Simulated, simulated
from integrations.in_process import START, Agenda, Faults, InProcessHttp
from models.base import IDS
from models.case import Case
from models.clock import wall
from workflows.bulk import Bulk

SAMPLE = 12
KNOWN = people_invariants


class Killed(BaseException):
    """The process is gone: nothing may catch this on its way."""


class Points:
    """Counts the points, and kills at one of them, once."""

    def __init__(self, kill_at: int | None = None) -> None:
        self.kill_at, self.passed, self.killed = kill_at, 0, False

    def pass_one(self, *_: Any) -> None:
        """One more point."""
        self.passed += 1
        if self.passed == self.kill_at:
            self.killed = True
            raise Killed


@pytest.fixture(autouse=True)
def _ids_come_back() -> Iterator[None]:
    before = IDS[0]
    yield
    IDS[0] = before


@contextmanager
def watched(made: Simulated, points: Points, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A point before each commit, and before and after each call."""
    event.listen(made.house.database.engine, "commit", points.pass_one)
    ask = InProcessHttp._ask

    def asked(self: InProcessHttp, method: str, path: str, **request: Any) -> Any:
        points.pass_one()
        answer = ask(self, method, path, **request)
        points.pass_one()
        return answer

    patch.setattr(InProcessHttp, "_ask", asked)
    yield
    patch.undo()


def live(
    kill_at: int | None, patch: pytest.MonkeyPatch, *, recoveries: int = 1, bulk: bool = False
) -> tuple[Points, list[str], Any]:
    """One life from intake to closing, pushed alone or in batches of one. Gives the points, what is broken, and what

    the partners have seen.
    """
    points, IDS[0] = Points(kill_at), SeededIds("crash")
    if bulk:
        patch.setattr(play, "advance", lambda house, ref: Bulk(house).run([ref]))
    agenda = Agenda(START, Random("crash"))
    with simulated(agenda, Faults(Random("none"))) as made, watched(made, points, patch):
        runs(Play(made, "crash:7", 1), agenda, recoveries)
        with made.house.database.reading() as session:
            outcome = session.exec(select(Case.outcome)).all()
        broken = [f"{finding.name}: {one}" for finding in check_all(made) for one in finding.broken]
        return points, broken, (outcome, seen(made))


def runs(played: Play, agenda: Agenda, recoveries: int) -> None:
    """Until nothing is left; after a kill another process goes on with what was under way, as often as is asked."""
    while True:
        try:
            played.run(START + timedelta(days=900))
            return
        except Killed:
            for _ in range(recoveries):
                recover(played)
            played.cases -= len(played.living)  # who had come has come


def recover(played: Play) -> None:
    """A new process: nothing in memory, the lease of the dead one has lapsed, the clock brings the case back."""
    database = played.made.house.database
    database.cabinet.clear()
    with database.unit_of_work() as session:
        session.execute(
            update(Case).values(lease_until=wall() - timedelta(hours=1)).where(col(Case.lease).is_not(None))
        )
        refs = session.exec(select(Case.ref)).all()
    for ref in refs:
        played.adopt(ref)


def seen(made: Simulated) -> dict[str, Any]:
    """What was bought and paid, by the partners' own books."""
    airline = made.truths.airline
    paid = [one.status for office in made.truths.partners.values() for one in office.seen.payments.values()]
    orders = [one["documents"] != [] for one in airline.orders.values() if one["cancelled_at"] is None]
    return {"tickets": orders, "paid": sorted(paid)}


@pytest.fixture(scope="module")
def whole() -> dict[bool, tuple[int, Any]]:
    """The life that nobody kills, alone and in bulk: how many points it passes, and what the partners have seen."""
    lives = {}
    for bulk in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            points, broken, truth = live(None, patch, bulk=bulk)
        assert broken == []
        lives[bulk] = points.passed, truth
    return lives


@pytest.mark.parametrize("part", range(SAMPLE))
def test_s23_s2_s3_killed_anywhere_a_life_ends_the_same(
    whole: dict[bool, tuple[int, Any]], part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = part % 2 == 1
    passed, truth = whole[bulk]
    kill_at = 2 + part * (passed - 2) // SAMPLE
    points, broken, seen_now = live(kill_at, monkeypatch, recoveries=1 + part % 3, bulk=bulk)
    assert points.killed
    assert broken == []
    assert seen_now == truth
