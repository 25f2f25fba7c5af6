"""What a case costs while ever more others are open: ``python -m tests.bench.growth``. PostgreSQL, one process.

The others are seeded with their people, standings, questions, limits and events, and none of them is due. Each size
has a database of its own on one server; the rounds take the sizes by turns, so that a noisy minute strikes all alike.
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from uuid import uuid4

import psycopg
from sqlmodel import col, select, update

from models.case import Case
from models.clock import SystemClock
from models.database import Database
from models.migrate import upgrade
from models.question import StandingRow
from tests import postgres
from tests.bench import caseload
from tests.bench.common.__main__ import pid_with
from tests.bench.common.contest import spread
from tests.bench.common.proc import cpu_seconds
from tests.bench.common.process import common, open_many
from tests.bench.common.sila import KEYRING, Push, in_bulk, singly
from tests.bench.common.task import ACTIVITIES, Truth
from tests.bench.section import machine, put, table
from workflows.due import due_refs
from workflows.house import House, World, WorldSettings
from workflows.inbox import receive, understand

FLAT = 0.2  # the goal: no size costs more or less than the smallest by more than this
WAYS: dict[str, tuple[Push, int]] = {"in bulk": (in_bulk, 1), "case by case": (singly, 4)}  # of these, one in so many


@dataclass
class Size:
    """One size: its house, and CPU ms a case of each round by how cases were pushed."""

    cases: int
    house: House
    took: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in WAYS})


def seeded(base: str, cases: int) -> Size:
    """A house with so many open cases, none of them due for a year."""
    url = postgres.create_database(base, f"growth_{cases}")
    upgrade(url)
    database = Database(url, KEYRING)
    with patch.object(caseload, "is_open", lambda number, of: True):
        caseload.seed(database, cases)
    house = House(database, SystemClock(), World(WorldSettings(_env_file=None, airline_timeout=1, partner_timeout=1)))
    with database.unit_of_work() as session:
        session.execute(update(Case).values(due_at=house.clock.now() + timedelta(days=365)))
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as link:
        link.execute("VACUUM ANALYZE")
    return Size(cases, house)


def live(house: House, push: Push, refs: Sequence[str]) -> None:
    """The common case for these, from their opening to their end, found as a tick finds them."""
    while True:
        if due := due_refs(house, 1000):
            push(house, due)
        elif not signal(house, refs):
            return


def signal(house: House, refs: Sequence[str]) -> int:
    """A word from outside for each that waits for one. Gives how many do."""
    with house.database.reading() as session:
        query = select(Case.ref, StandingRow.stage).join(StandingRow, col(StandingRow.case_id) == Case.id)
        mine = query.where(col(Case.ref).in_(refs), StandingRow.kind == "Waiting", col(Case.closed_at).is_(None))
        waiting = session.exec(mine).all()
    for ref, stage in waiting:
        understand(house, receive(house, "bench", str(uuid4()), f"{ref} {stage.value}")[0])
    return len(waiting)


def measure(size: Size, name: str, cases: int, pids: Sequence[int]) -> None:
    """One round of one way: CPU of this process and the database."""
    push, share = WAYS[name]
    with TemporaryDirectory() as folder:
        truth = Truth(Path(folder) / "truth")
        with common(truth):
            before = cpu_seconds(pids)
            refs = open_many(size.house, cases // share)
            live(size.house, push, refs)
        size.took[name].append(1000 * (cpu_seconds(pids) - before) / len(refs))
        done = truth.done()
    assert len(done) == len(ACTIVITIES) * len(refs) == len({row[:2] for row in done}), "not each done once"


@contextmanager
def houses(sizes: Sequence[int]) -> Iterator[tuple[list[Size], list[int]]]:
    """All sizes on one server, and the processes whose CPU counts."""
    with postgres.server() as base, ExitStack() as stack:
        found = []
        for cases in sizes:
            began = time.monotonic()
            found.append(seeded(base, cases))
            stack.callback(found[-1].house.database.close)
            print(f"{cases:,} open cases seeded in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
        own = int(Path("/proc/self").readlink().name)
        yield found, [own, pid_with(f"port={base.rpartition(':')[2]}")]


def rows_of(sizes: Sequence[Size]) -> list[list[str]]:
    """A row a size: for each way the ratio to the smallest size, and the figures."""
    rows = []
    for size in sizes:
        row = [f"{size.cases:,}"]
        for name, took in size.took.items():
            row += [f"{statistics.median(took) / statistics.median(sizes[0].took[name]):.2f}", spread(took)]
        rows.append(row)
    return rows


def verdict(sizes: Sequence[Size]) -> str:
    """Whether it is flat."""
    ratios = [
        statistics.median(size.took[name]) / statistics.median(sizes[0].took[name]) for size in sizes for name in WAYS
    ]
    far = max(abs(ratio - 1) for ratio in ratios)
    return f"Goal ± {FLAT:.0%}: {'reached' if far <= FLAT else 'missed'}, {far:.0%} at most."


def main() -> None:
    """Seed, measure by turns, print, and write when asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", type=int, nargs="+")
    ask.add_argument("--cases", type=int, default=100, help="cases of a round")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--quick", action="store_true", help="1,000 and 10,000 only")
    ask.add_argument("--write", action="store_true")
    said = ask.parse_args()
    sizes = said.sizes or ([1000, 10_000] if said.quick else [1000, 10_000, 100_000])
    with houses(sizes) as (found, pids):
        for _ in range(said.rounds + 1):  # the first warms up
            for size in found:
                for name in WAYS:
                    measure(size, name, said.cases, pids)
        for size in found:
            size.took = {name: took[1:] for name, took in size.took.items()}
        head = ["open cases", *(word for name in WAYS for word in (f"{name}: to the smallest", "CPU ms a case"))]
        text = f"{table(head, rows_of(found))}\n\n{verdict(found)} {said.cases} cases a round, {said.rounds} rounds "
        text += f"(median, least–most), PostgreSQL. {machine()}"
    print(text)  # noqa: T201
    if said.write:
        put("Growth", text)


if __name__ == "__main__":
    main()
