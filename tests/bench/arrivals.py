"""A year of IOM's worldwide caseload on one machine: ``python -m tests.bench.arrivals``.

A slice of it: cases open one after the other at the rate of 72,000 a year of simulated time, and each is lived to its
end through the real service layer: commands, ledger, inbox and every stage, on SQLite, with the partners in the same
process. Their CPU counts as ours, and Prefect's does not: its runs are counted, and its cost a run is measured by
``tests.bench.workers``.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from unittest.mock import patch

from sqlmodel import col, func, select

from api.cli.simulate import play
from models.case import Case
from models.effect import Effect
from models.inbound import Inbound
from tests.bench.common.contest import ROOT, spread
from tests.bench.decisions import played
from tests.bench.section import machine, put, table

A_YEAR, YEAR = 72_000, timedelta(days=365)
LONGEST = 1000.0  # days


@dataclass(frozen=True)
class Slice:
    """What some whole lives took: CPU seconds, and what was done in them."""

    lives: int
    cpu: float
    closed: int
    effects: int
    words: int
    answers: int
    pushes: int


def lived(seed: str, lives: int) -> Slice:
    """So many lives from opening to closure, opened at the year's rate."""
    with patch.object(play, "EVERY", YEAR / A_YEAR), played(seed, lives, LONGEST) as (made, story, cpu):
        with made.house.database.reading() as session:
            closed = select(func.count()).select_from(Case).where(col(Case.closed_at).is_not(None))
            counts = [closed, select(func.count()).select_from(Effect), select(func.count()).select_from(Inbound)]
            known = [int(session.exec(one).one()) for one in counts]
        said = Counter(story.counts)
    return Slice(lives, cpu, *known, said["answers"], said["pushes"])


def slices(rounds: int, lives: int) -> Iterator[Slice]:
    """Each round in a process of its own: other people, nothing kept in memory."""
    for number in range(rounds):
        command = [sys.executable, "-m", "tests.bench.arrivals", "--slice", f"arrivals:{number}", "--lives", str(lives)]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
        yield Slice(**json.loads(done.stdout.splitlines()[-1]))


def rows_of(found: list[Slice]) -> list[list[str]]:
    """What a year asks of this machine, first, and what a life is."""
    cores, second = os.cpu_count() or 1, YEAR.total_seconds()
    minutes = [A_YEAR * one.cpu / one.lives / YEAR.days / 60 for one in found]
    faster = [one.lives * second / A_YEAR / one.cpu for one in found]

    def each(name: str) -> str:
        return spread([getattr(one, name) / one.lives for one in found])

    used = [100 * A_YEAR * one.cpu / one.lives / (second * cores) for one in found]
    return [
        [f"utilisation of {cores} cores by {A_YEAR:,} returns a year, without Prefect, %", spread(used)],
        ["CPU minutes a day of the year, without Prefect", spread(minutes)],
        ["times faster than the year itself, one core", spread(faster)],
        ["CPU s a life, partners with it", each("cpu")],
        ["CPU ms a push, commands and partners with it", spread([1000 * one.cpu / one.pushes for one in found])],
        ["pushes a life; as many runs of Prefect when none are batched", each("pushes")],
        ["pushes an hour of the year", spread([3600 * A_YEAR * one.pushes / one.lives / second for one in found])],
        ["effects of the ledger a life", each("effects")],
        ["words from outside a life", each("words")],
        ["answers of staff a life", each("answers")],
        ["lives that came to their end, %", spread([100 * one.closed / one.lives for one in found])],
    ]  # fmt: skip


def main() -> None:
    """Live, print, and write when asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--lives", type=int)
    ask.add_argument("--rounds", type=int)
    ask.add_argument("--quick", action="store_true", help="two rounds of six lives")
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--slice", default="", help=argparse.SUPPRESS)
    said = ask.parse_args()
    lives, rounds = said.lives or (6 if said.quick else 20), said.rounds or (2 if said.quick else 3)
    if said.slice:
        print(json.dumps(asdict(lived(said.slice, lives))))  # noqa: T201
        return
    text = table(["a year's arrivals", "median (least–most)"], rows_of(list(slices(rounds, lives))))
    hours = lives * YEAR / A_YEAR / timedelta(hours=1)
    text += f"\n\n{lives} arrivals a round, which are {hours:.1f} hours of the year, each lived to its end; {rounds} "
    text += "rounds, SQLite that does not wait for the disk. "
    print(text + machine())  # noqa: T201
    if said.write:
        put("A year's arrivals", text + machine())


if __name__ == "__main__":
    main()
