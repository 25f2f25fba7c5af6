"""Runs a simulation in parts, one process a core, and adds up what came out."""

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import select

from api.cli.simulate import people_invariants
from api.cli.simulate.invariants import Finding, check_all
from api.cli.simulate.play import Play
from api.cli.simulate.world import simulated
from integrations.in_process import START, Agenda, Faults
from models.base import IDS, Ids
from models.case import Case

PART = 20  # lives in one part; a part has a database of its own
LONGEST = timedelta(days=1000)
YEAR = timedelta(days=365)
USUAL_DAYS = 330  # what a life mostly lasts: to judge how many parts are needed
FAULTS = {"before": 5, "after": 5}  # of a thousand calls
KNOWN = people_invariants


class SeededIds(Ids):
    """Ids that a seed determines, in the order of their making."""

    def __init__(self, seed: str) -> None:
        self._rng, self._numbers = Random(seed), count(1)  # noqa: S311 - nothing is secret in a simulation

    def new_id(self) -> UUID:
        """The next id: a number, then chance."""
        return UUID(int=(next(self._numbers) << 80) | self._rng.getrandbits(64), version=4)

    def choice(self, letters: str) -> str:
        """One letter by this chance."""
        return self._rng.choice(letters)


@dataclass
class Part:
    """What one part gave: days lived, outcomes, counts, invariants, and the times of each case in order."""

    days: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    trouble: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    lives: list[tuple[str, str]] = field(default_factory=list)
    left_open: list[str] = field(default_factory=list)
    cpu_seconds: float = 0.0


def run(years: int, seed: int, workers: int | None = None) -> tuple[Part, float]:
    """So many case-years, or a few more. Gives the sum and the seconds it took."""
    began, total = time.monotonic(), Part()
    at_once = workers or os.cpu_count() or 1
    pool = ProcessPoolExecutor(max_workers=at_once)
    try:
        for part in parts(pool, seed, years, at_once):
            add(total, part)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return total, time.monotonic() - began


def parts(pool: ProcessPoolExecutor, seed: int, years: int, at_once: int) -> Iterator[Part]:
    """Parts in their order until enough was lived. A part that will not be needed is not begun."""
    waiting: list[Future[Part]] = []
    lived, numbers = 0.0, count()
    while lived < years * YEAR.days:
        while len(waiting) < at_once and lived + len(waiting) * PART * USUAL_DAYS < years * YEAR.days:
            waiting.append(pool.submit(live, f"{seed}:{next(numbers)}"))
        waiting = waiting or [pool.submit(live, f"{seed}:{next(numbers)}")]
        part = waiting.pop(0).result()
        lived += part.days
        yield part


def live(seed: str) -> Part:
    """One part: a house, its people, and what holds at the end. Ids and references come from the seed meanwhile."""
    before, IDS[0], began = IDS[0], SeededIds(seed), time.process_time()
    agenda = Agenda(START, Random(f"{seed}:world"))  # noqa: S311
    faults = Faults(Random(f"{seed}:faults"), **FAULTS)  # noqa: S311
    try:
        with simulated(agenda, faults) as made:
            part = lived(Play(made, seed, PART), agenda)
    finally:
        IDS[0] = before
    part.cpu_seconds = time.process_time() - began
    return part


def lived(play: Play, agenda: Agenda) -> Part:
    """Until nothing is left to do; then what came of it."""
    play.run(START + LONGEST)
    part = Part(counts=play.counts, trouble=play.trouble)
    with play.made.house.database.reading() as session:
        for case in session.exec(select(Case)).all():
            enter(part, case, agenda.at)
    part.findings = [*play.findings(), *check_all(play.made)]
    part.lives.sort()
    return part


def enter(part: Part, case: Case, now: datetime) -> None:
    """One case's life."""
    end = case.closed_at or now
    part.days += (end - case.opened_at) / timedelta(days=1)
    part.outcomes[case.outcome or "open"] += 1
    part.lives.append((case.opened_at.isoformat(), f"{case.outcome} {end.isoformat()}"))
    if case.closed_at is None:
        part.left_open.append(case.ref)


def add(total: Part, part: Part) -> None:
    """One part more."""
    total.days += part.days
    total.cpu_seconds += part.cpu_seconds
    for name in ("outcomes", "counts", "trouble"):
        getattr(total, name).update(getattr(part, name))
    total.lives += part.lives
    total.left_open += part.left_open
    known = {finding.name: finding for finding in total.findings}
    for finding in part.findings:
        if finding.name in known:
            known[finding.name].checked += finding.checked
            known[finding.name].broken += finding.broken
        else:
            total.findings.append(Finding(**asdict(finding)))


def fingerprint(part: Part) -> str:
    """The same for the same seed: outcomes and times of every life."""
    said: Any = [part.lives, sorted(part.outcomes.items())]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
