"""Many machines: one of each is killed in turn under load, ticks come in pairs, and nothing is lost or done twice."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from api.cli.cast import Life
from api.cli.play import Play
from api.cli.report import duplicates
from api.cli.stack import Stack
from models.event import verify
from models.queries.cases import by_ref
from tests.journeys.topology import cluster, player
from workflows.gather import gather

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        shutil.which("redis-server") is None and "CI" not in os.environ, reason="redis-server is not installed"
    ),
]
LIVES = [
    Life("goes home", "completed", "GE", "Kutaisi", "Nino", "Beridze", "Nino"),
    Life("goes home", "completed", "UZ", "Bukhara", "Jasur", "Tursunov", "Jasur", partner="tariq"),
]
VICTIMS = ("worker-1", "prefect-1", "api-1", "services", "redis")
LONGEST = 240.0  # seconds, on a machine that has other things to do too


class Beset(Play):
    """Lives in whose midst processes are killed; what was asked of one that died is asked again."""

    def to_departure(self, stack: Stack, victims: list[str]) -> None:
        """Until everybody has left. At each move of the clock something is killed, and there are two ticks more."""
        last = time.monotonic() + LONGEST
        while victims or not all(map(self.has_departed, self.lives)):
            assert time.monotonic() < last, f"the lives take too long; still to be killed: {victims}"
            with suppress(httpx.TransportError):
                before = self.clock.now()
                assert self.step(), "everything has ended"
                if self.clock.now().date() != before.date():
                    self.nudger.tick(str(uuid4()))
                    self.nudger.tick(str(uuid4()))
                    if victims:
                        stack.kill(victims.pop(0))

    def has_departed(self, ref: str) -> bool:
        """Whether somebody has left."""
        with self.database.reading() as session:
            case = by_ref(session, ref)
            assert case is not None
            return gather(session, case, self.clock.now()).departed


def test_one_of_each_is_killed_and_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    with cluster(tmp_path) as made, player(made, Beset) as show:
        show.open_cases(LIVES)
        show.to_departure(made.stack, list(VICTIMS))
        truth = show.world.truth()
        assert [order["cancelled_at"] for order in truth["airline"]["orders"]] == [None] * len(LIVES)
        assert duplicates(show) == (0, 0)
        with show.database.reading() as session:
            assert verify(session)[1] == []
