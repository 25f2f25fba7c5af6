"""Very many waiting cases that are all woken at once: ``python -m tests.bench.woken``. No Prefect: see BENCHMARKS.md.

The cases stand at intake in the real process. First they come to rest; then all are made due, as when the hold on a
country is lifted, and pushed in batches by one process, with cold memory; a share of them is pushed one by one as well.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlmodel import update

from api.cli.simulate.world import KEYRING, migrated
from models.case import Case
from models.clock import SystemClock
from models.database import Database
from tests.bench.common.process import open_many
from workflows.advance import advance
from workflows.bulk import batches, push_many
from workflows.house import House, World, WorldSettings
from workflows.nightly import check_page

SHARE = 10  # of the cases, one in so many is pushed by itself for comparison


def timed(house: House, refs: Sequence[str], work: Callable[[], object]) -> tuple[float, float]:
    """Wake the cases, forget what is known of them, and do the work. Gives ms of time and of CPU a case."""
    with house.database.unit_of_work() as session:
        session.execute(update(Case).values(due_at=house.clock.now()))
    house.database.cabinet.clear()
    began, cpu = time.monotonic(), time.process_time()
    work()
    return 1000 * (time.monotonic() - began) / len(refs), 1000 * (time.process_time() - cpu) / len(refs)


def singly(house: House, refs: Sequence[str]) -> None:
    """One by one."""
    for ref in refs:
        advance(house, ref)


def measure(house: House, number: int) -> None:
    """Print a line for each way."""
    refs = [ref for some in range(0, number, 500) for ref in open_many(house, min(500, number - some))]
    push_many(house, refs)
    few = refs[::SHARE]
    ways: dict[str, tuple[Sequence[str], Callable[[], object]]] = {
        "one by one": (few, lambda: singly(house, few)),
        "in batches": (refs, lambda: push_many(house, refs)),
        "at night, changing nothing": (refs, lambda: [check_page(house, some) for some in batches(refs, 200)]),
    }
    for name, (some, work) in ways.items():
        wall, cpu = timed(house, some, work)
        print(f"{name}: {wall:.1f} ms a case, {cpu:.1f} ms of CPU; {number:,} take {wall * number / 1000:.0f} s")  # noqa: T201


def main() -> None:
    """On SQLite, or on the database that is named."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=int, default=10_000)
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sila.db"
        path.write_bytes(migrated())
        database = Database(f"sqlite:///{path}", KEYRING)
        measure(House(database, SystemClock(), World(WorldSettings(_env_file=None))), said.cases)
        database.close()


if __name__ == "__main__":
    main()
