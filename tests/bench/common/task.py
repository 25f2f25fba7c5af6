"""The work that every engine is given, and how each says what it took. Only the standard library."""

import argparse
import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.bench.common.proc import cpu_seconds, memory_mib

STAGES = 5
SIGNALS = 3  # one after each of the first stages
ACTIVITIES = tuple(f"{stage}.{number}" for stage in range(1, STAGES + 1) for number in (1, 2))
AT_ONCE = 100  # cases that are open at a time
ROUNDS = 500  # of a hash over a kilobyte: about a millisecond
KILOBYTE = bytes(1024)


class Truth:
    """What was really done, whatever an engine believes: a line for each activity, in a file that outlives a kill."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def do(self, case: str, activity: str) -> str:
        """An activity of about a millisecond. Gives its result."""
        began, digest = time.monotonic(), KILOBYTE
        for _ in range(ROUNDS):
            digest = hashlib.sha256(digest + KILOBYTE).digest()
        with self.path.open("a") as file:
            file.write(f"{case} {activity} {began:.6f}\n")
        return digest.hex()[:16]

    def find(self, case: str, activity: str) -> str | None:
        """What became of an activity, asked by its name; None when it was never done."""
        return "found" if any(row[:2] == (case, activity) for row in self.done()) else None

    def done(self) -> list[tuple[str, str, float]]:
        """Everything that was done: case, activity, when it began (seconds of the machine's monotonic clock)."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [(case, activity, float(began)) for case, activity, began in map(str.split, lines)]


@dataclass
class Asked:
    """What a program is asked for. ``mode``: ``run``, ``wait`` (to the first signal and no further) or ``resume``."""

    database: str
    truth: Truth
    cases: int
    mode: str
    watch: list[int]
    grain: str


@dataclass
class Took:
    """What it took: seconds, CPU seconds of everything, memory, and when each signal was sent."""

    seconds: float
    cpu: float
    memory: float
    cases: int
    sent: dict[str, float] = field(default_factory=dict)


class Watch:
    """From its making to ``took``: this process and those it was told of."""

    def __init__(self, asked: Asked) -> None:
        self.pids = [os.getpid(), *asked.watch]
        self.began, self.cpu = time.monotonic(), cpu_seconds(self.pids)
        self.sent: dict[str, float] = {}

    def signal(self, case: str, number: int) -> None:
        """A signal leaves now: the activity that follows it is the first of the next stage."""
        self.sent[f"{case} {number + 1}.1"] = time.monotonic()

    def took(self, cases: int) -> Took:
        """Until now."""
        seconds, cpu = time.monotonic() - self.began, cpu_seconds(self.pids) - self.cpu
        return Took(seconds, cpu, memory_mib(self.pids), cases, self.sent)


def asked(arguments: Iterable[str] | None = None) -> Asked:
    """Read the command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--database", required=True)
    ask.add_argument("--truth", type=Path, required=True)
    ask.add_argument("--cases", type=int, required=True)
    ask.add_argument("--mode", choices=("run", "wait", "resume"), default="run")
    ask.add_argument("--watch", type=int, action="append", default=[])
    ask.add_argument("--grain", default="")
    said = ask.parse_args(list(arguments) if arguments is not None else None)
    return Asked(said.database, Truth(said.truth), said.cases, said.mode, said.watch, said.grain)


def tell(took: Took) -> None:
    """One line of JSON, the last that is printed."""
    print(json.dumps(asdict(took)), flush=True)  # noqa: T201 - this is what the program is asked for
