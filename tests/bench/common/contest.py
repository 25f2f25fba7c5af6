"""Runs one engine at the common case in processes of its own, and says what it took."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from tests.bench.common.task import Truth

ROOT = Path(__file__).parents[3]
PEERS = ROOT / "build" / "bench" / "venv"
LOCK = Path(__file__).parent / "peers" / "requirements.lock"
RESTATE, ITS_LOCK = ROOT / "build" / "bench" / "restate", LOCK.parent / "restate"
KILL_AFTER = 0.4  # of the activities


@dataclass(frozen=True)
class Engine:
    """An engine on a database. ``cases``: how many of every hundred asked for it is given, where it is slow."""

    name: str
    database: str  # sqlite, postgresql or its own
    program: str
    grain: str = ""
    peer: bool = False
    prefect: bool = False
    cases: float = 1.0
    kills: bool = True
    many: bool = True  # whether ten thousand can wait at a time: not where each has a thread


@dataclass
class Result:
    """What one run took: cases a second, CPU ms a case, ms from each signal to the activity after it."""

    rate: float
    cpu: float
    latencies: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Servers:
    """What runs beside the programs: PostgreSQL's address and process, Prefect's server."""

    postgres: str
    postgres_pid: int
    prefect: str
    prefect_pid: int


def installed() -> Path:
    """The peers' Python, in an environment of its own that is made when it is missing or the lock is another one."""
    python, mark = PEERS / "bin" / "python", PEERS / "installed.lock"
    if not mark.exists() or mark.read_text() != LOCK.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEERS)], check=True)
        asks = ["-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", str(LOCK)]
        subprocess.run([str(python), *asks], check=True)
        mark.write_text(LOCK.read_text())
    return python


def restate() -> Path | None:
    """Where Restate's server is, fetched once with npm; None where there is no npm."""
    npm = shutil.which("npm")
    if not (RESTATE / "node_modules").exists() and npm:
        shutil.copytree(ITS_LOCK, RESTATE, dirs_exist_ok=True)
        subprocess.run([npm, "ci", "--silent", "--ignore-scripts"], cwd=RESTATE, check=True, timeout=300)
    return RESTATE if (RESTATE / "node_modules").exists() else None


class Contest:
    """The engines, one after the other, each with a fresh database."""

    def __init__(self, servers: Servers) -> None:
        self.servers, self._made = servers, 0

    def database(self, engine: Engine, folder: Path) -> str:
        """A database that nobody has used."""
        if engine.database != "postgresql":
            return f"sqlite:///{folder / 'cases.db'}"
        self._made += 1
        name, base = f"bench{self._made}", self.servers.postgres
        with psycopg.connect(base.replace("+psycopg", "") + "/postgres", autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
        plain = engine.program.endswith("spiff_case")
        return f"{base.replace('+psycopg', '') if plain else base}/{name}"

    def command(self, engine: Engine, database: str, truth: Path, cases: int, mode: str) -> list[str]:
        """The program and what it is asked for."""
        python = str(installed()) if engine.peer else sys.executable
        watch = [self.servers.postgres_pid] if engine.database == "postgresql" else []
        watch += [self.servers.prefect_pid] if engine.prefect else []
        said = ["--database", database, "--truth", str(truth), "--cases", str(cases), "--mode", mode]
        said += [word for pid in watch for word in ("--watch", str(pid))]
        return [python, "-m", engine.program, *said, *(["--grain", engine.grain] if engine.grain else [])]

    def environment(self, engine: Engine) -> dict[str, str]:
        """What a program finds."""
        known = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PREFECT_LOGGING_LEVEL": "CRITICAL",
            "BENCH_RESTATE": str(RESTATE),
        }
        return {**known, "PREFECT_API_URL": self.servers.prefect} if engine.prefect else known

    def ask(self, engine: Engine, database: str, truth: Path, cases: int, mode: str) -> dict[str, Any]:
        """Run a program to its end."""
        command = self.command(engine, database, truth, cases, mode)
        done = subprocess.run(
            command, env=self.environment(engine), cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=1200
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    def run(self, engine: Engine, cases: int) -> Result:
        """The common case, so many times."""
        with TemporaryDirectory(prefix="bench-") as name:
            folder, cases = Path(name), max(1, int(cases * engine.cases))
            truth = Truth(folder / "truth")
            took = self.ask(engine, self.database(engine, folder), truth.path, cases, "run")
            done = truth.done()
            assert len(done) == 10 * cases == len({row[:2] for row in done}), f"{engine.name}: not each done once"
            began = {f"{case} {activity}": at for case, activity, at in done}
            waits = [1000 * (began[key] - at) for key, at in took["sent"].items()]
            return Result(cases / took["seconds"], 1000 * took["cpu"] / cases, waits)

    def waiting(self, engine: Engine, cases: int) -> float:
        """MiB of the program with so many cases that wait for their first signal."""
        with TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            return float(self.ask(engine, self.database(engine, folder), folder / "truth", cases, "wait")["memory"])

    def killed(self, engine: Engine, cases: int) -> tuple[float, int]:
        """Killed in the middle and begun again: seconds until all was done, and how many activities were done twice."""
        with TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            truth, database = Truth(folder / "truth"), self.database(engine, folder)
            command = self.command(engine, database, truth.path, cases, "run")
            program = subprocess.Popen(command, env=self.environment(engine), cwd=ROOT, stdout=subprocess.DEVNULL)
            last = time.monotonic() + 300
            while len(truth.done()) < KILL_AFTER * 10 * cases and time.monotonic() < last and program.poll() is None:
                time.sleep(0.05)
            program.kill()
            program.wait()
            took = self.ask(engine, database, truth.path, cases, "resume")
            done = Counter(row[:2] for row in truth.done())
            assert len(done) == 10 * cases, f"{engine.name}: {10 * cases - len(done)} activities were never done"
            return float(took["seconds"]), sum(done.values()) - len(done)


def spread(values: Sequence[float]) -> str:
    """The median and from where to where it goes."""
    known = sorted(values)
    middle = known[len(known) // 2]
    return f"{middle:,.1f} ({known[0]:,.1f}–{known[-1]:,.1f})" if len(known) > 1 else f"{middle:,.1f}"
