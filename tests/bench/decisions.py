"""Measures deciding: ``python -m tests.bench.decisions``. All figures of one run, on cases that a simulation lived.

CPU seconds of this process, so that others on the machine count less; the goals are printed beside what was reached.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlmodel import col, select

from api.cli.simulate.play import Play
from api.cli.simulate.run import FAULTS, YEAR, SeededIds
from api.cli.simulate.world import Simulated, simulated
from integrations.in_process import START, Agenda, Faults
from models.base import IDS
from models.case import Case
from tests.bench.copies import fill, patterns
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gather import gather
from workflows.nightly import Counts, check_page, pages

GOAL_DECIDE_US, GOAL_YEARS_PER_SECOND = 1000.0, 1000 / 60 / 2  # the latter a core, of two
MICRO = 1e6


@dataclass(frozen=True)
class Line:
    """One figure with its goal or baseline, if there is one."""

    what: str
    said: str
    against: str = ""


def main() -> None:
    """Everything in one run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lives", type=int, default=12, help="lives simulated")
    asked.add_argument("--cases", type=int, default=20_000, help="open cases of the night")
    asked.add_argument("--seed", default="7:bench")
    args = asked.parse_args()
    table = Table("measured", "figure", "goal or baseline", title="Deciding")
    for line in (*simulation(args.seed, args.lives), *states(args.seed, args.lives), *night(args)):
        table.add_row(line.what, line.said, line.against)
    Console(width=120).print(table)


@contextmanager
def played(seed: str, lives: int, days: float, *, keep: bool = False) -> Iterator[tuple[Simulated, Play, float]]:
    """A simulation, and the CPU seconds it took."""
    IDS[0] = SeededIds(seed)
    agenda = Agenda(START, Random(f"{seed}:world"))
    with simulated(agenda, Faults(Random(f"{seed}:faults"), **FAULTS)) as made:
        play = Play(made, seed, lives, keep_states=keep)
        began = time.process_time()
        play.run(START + timedelta(days=days))
        yield made, play, time.process_time() - began


def simulation(seed: str, lives: int) -> Iterable[Line]:
    """Case-years through the real service layer."""
    with played(seed, lives, 1000) as (made, play, seconds), made.house.database.reading() as session:
        lived = [(case.closed_at or made.agenda.at) - case.opened_at for case in session.exec(select(Case)).all()]
    years = sum(lived, timedelta()) / YEAR
    speed = years / seconds
    yield Line(f"simulation of {lives} lives", f"{years:.1f} case-years in {seconds:.1f} CPU s: {speed:.2f} a second",
               f"{speed / GOAL_YEARS_PER_SECOND:.0%} of 1000 in 60 s on two cores")  # fmt: skip
    yield Line(
        "a push of a case", f"{seconds / play.counts['pushes'] * 1000:.1f} CPU ms, {play.counts['pushes']} of them"
    )


def states(seed: str, lives: int) -> Iterable[Line]:
    """Deciding over every state that the lives passed through; nothing of one decision is left for the next."""
    with played(seed, lives, 1000, keep=True) as (_, play, _):
        known = play.states
    both = timed(lambda facts: (decide(facts), duties(facts)), known)
    yield micro(f"decide and duties, {len(known)} states", both, f"goal {GOAL_DECIDE_US:.0f} µs")
    yield micro("decide alone", timed(decide, known), "")


def timed(act: Callable[[Facts], Any], known: Iterable[Facts]) -> list[float]:
    """Microseconds of CPU each."""
    gc.collect()
    gc.disable()
    spans = []
    for facts in known:
        fresh = replace(facts)
        began = time.thread_time()
        act(fresh)
        spans.append((time.thread_time() - began) * MICRO)
    gc.enable()
    return spans


def micro(what: str, spans: list[float], against: str) -> Line:
    """Their middle and their slow end."""
    slow = statistics.quantiles(spans, n=20)[-1]
    return Line(what, f"p50 {statistics.median(spans):.0f} µs, p95 {slow:.0f} µs", against)


def night(args: argparse.Namespace) -> Iterable[Line]:
    """Gathering, and the nightly look at every open case, on copies of cases in the middle of their lives."""
    with played(args.seed, args.lives, 45) as (made, _, _):
        with made.house.database.reading() as session:
            found = patterns(session)
        yield from gathering(made)
        rows = fill(made.house.database, found, args.cases)
        counts, seconds, wall = Counts(), time.process_time(), time.monotonic()
        for page in pages(made.house):
            counts += check_page(made.house, page)
        seconds, wall = time.process_time() - seconds, time.monotonic() - wall
        yield Line(f"night over {counts.seen} open cases ({rows} rows)",
                   f"{seconds:.0f} CPU s, {wall:.0f} s: {seconds / counts.seen * 1000:.1f} CPU ms a case",
                   f"{counts.seen / seconds:.0f} cases a CPU second; {counts.woken} woken")  # fmt: skip


def gathering(made: Simulated) -> Iterable[Line]:
    """The facts of a case from the database alone, and with its rows at hand."""
    with made.house.database.reading() as session:
        ids = session.exec(select(Case.id).where(col(Case.closed_at).is_(None))).all()
    spans: dict[str, list[float]] = {"cold": [], "warm": []}
    for case_id in ids * 20:
        made.house.database.cabinet.clear()
        for how in spans:
            with made.house.database.unit_of_work() as session:
                case = session.get_one(Case, case_id)
                began = time.thread_time()
                gather(session, case, made.agenda.at)
                spans[how].append((time.thread_time() - began) * MICRO)
    ratio = statistics.median(spans["cold"]) / statistics.median(spans["warm"])
    yield micro("gather, cold", spans["cold"], "")
    yield micro("gather, warm", spans["warm"], f"{ratio:.1f} times as fast as cold")


if __name__ == "__main__":
    main()
