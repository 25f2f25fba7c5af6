"""Lives of the demo on Prefect's own process worker and on the warm one, in one run: ``python -m tests.bench.demos``.

The same lives, doors, simulators, deployments and code; only the worker differs. Both must end as told.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from api.cli.cast import people
from api.cli.place import Place
from api.cli.play import Play
from api.cli.report import duplicates, runs_completed
from api.cli.running import start

LONGEST = 1800.0


@dataclass(frozen=True)
class Played:
    """What one worker took: seconds, completed runs, CPU seconds of everything, and how the lives ended."""

    seconds: float
    legs: int
    cpu: float
    ends: list[str]


def played(lives: int, *, stock: bool) -> Played:
    """Play them in a folder of their own. Raises AssertionError when something did not end as told."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "sila", usual=False)
        place.make(demo=True)
        with start(place, stock=stock) as stack, Play(place, stack) as show:
            before, began = sum(stack.cpu_seconds().values()), time.monotonic()
            show.open_cases(people()[:lives])
            assert show.to_the_end(began + LONGEST), "the lives took too long"
            seconds, cpu = time.monotonic() - began, sum(stack.cpu_seconds().values()) - before
            assert duplicates(show) == (0, 0)
            return Played(seconds, runs_completed(show), cpu, ends(show))


def ends(show: Play) -> list[str]:
    """How each life ended, which must be as told."""
    cases = [show.http.get(f"/api/cases/{ref}", headers=show.headers("operations")).json() for ref in show.lives]
    found = [str(case["outcome"]) for case in cases]
    assert found == [life.ends for life in show.lives.values()]
    return found


def main() -> None:
    """Play twice and print the ratios."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--lives", type=int, default=1, help="of the fifteen, from the first one on")
    said = ask.parse_args()
    warm, stock = played(said.lives, stock=False), played(said.lives, stock=True)
    assert warm.ends == stock.ends
    for name, one in (("process worker", stock), ("warm worker", warm)):
        rate, each = one.legs / one.seconds, one.cpu / one.legs
        print(f"{name}: {one.seconds:.0f} s, {one.legs} legs, {rate:.2f} legs/s, {each:.2f} CPU s a leg, {one.ends}")  # noqa: T201
    speed, cheaper = stock.seconds / warm.seconds, (stock.cpu / stock.legs) / (warm.cpu / warm.legs)
    print(f"The warm worker is {speed:.1f} x as fast and takes 1/{cheaper:.1f} of the CPU a leg.")  # noqa: T201


if __name__ == "__main__":
    main()
