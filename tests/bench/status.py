"""How fast the JSON doors tell of cases when there are very many: status, explanation, time line, lists, overdue.

Run it: ``python -m tests.bench.status --cases 100000``. Twenty readers with keys of their own ask one process of the
application. It prints p50 and p95 in milliseconds, reads a second and the CPU of the application a read. Each case
rests as the product leaves it. The status is also read with nothing kept, so that it is decided anew: the ratio of
the two is of one run. The readers are threads of one process of their own, on the same cores.
"""

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random

from rich.console import Console
from sqlmodel import Session, col, select

from models.case import Case
from models.clock import wall
from models.database import Database
from models.migrate import upgrade
from models.staff import issue_key
from tests import postgres
from tests.bench.caseload import SUPERVISORS, handle_of, seed
from tests.bench.pages import cpu_of, key_of, wait
from tests.databases import KEYRING

READERS = 20
out = Console(width=120)


@dataclass(frozen=True)
class Reader:
    """Somebody's key, and references of their own open cases."""

    key: str
    refs: Sequence[str]


Path = Callable[[Reader, Random], str]


def of_case(tail: str = "") -> Path:
    """A door of one case, another each time."""
    return lambda reader, rng: f"/api/cases/{rng.choice(reader.refs)}{tail}"


DOORS: dict[str, Path] = {
    "status": of_case(),
    "time line": of_case("/timeline"),
    "list": lambda *_: "/api/cases?is_open=true",
    "filtered list": lambda *_: "/api/cases?is_open=true&stage=health&waits_for=partner",
    "explanation": of_case("/explanation"),
}
OF_SUPERVISORS: dict[str, Path] = {
    "list of a supervisor": DOORS["filtered list"], "overdue": lambda *_: "/api/deadlines?missed=true",
}  # fmt: skip


@contextmanager
def serving(url: str) -> Iterator[tuple[int, int]]:
    """One process of the application. Gives its port and its number."""
    port = postgres.free_port()
    env = {**os.environ, "SILA_DATABASE_URL": url, "SILA_MASTER_KEYS": key_of(KEYRING)}
    run = [sys.executable, "-m", "uvicorn", "api.main:create_app", "--factory", "--port", str(port),
           "--no-access-log", "--log-level", "warning"]  # fmt: skip
    process = subprocess.Popen(run, env=env)
    try:
        wait(f"http://127.0.0.1:{port}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def counsellors(database: Database) -> list[Reader]:
    """Some with keys and cases."""
    with database.unit_of_work() as session:
        return [Reader(issue_key(session, handle_of(one), wall()), refs(session, one)) for one in range(READERS)]


def supervisors(database: Database) -> list[Reader]:
    """As many, two of each."""
    names = [f"supervisor-{one % SUPERVISORS}" for one in range(READERS)]
    with database.unit_of_work() as session:
        return [Reader(issue_key(session, name, wall()), ()) for name in names]


def refs(session: Session, number: int, most: int = 200) -> list[str]:
    """Open cases of one counsellor."""
    query = select(Case.ref).where(Case.opened_by == handle_of(number), col(Case.owner).is_(None))
    return list(session.exec(query.where(col(Case.closed_at).is_(None)).order_by(col(Case.id).desc()).limit(most)))


def ask(port: int, reader: Reader, door: Path, until: float, took: list[float]) -> None:
    """One reader at one door until an instant, over one connection."""
    http, rng = HTTPConnection("127.0.0.1", port, timeout=120), Random(reader.key)
    headers = {"Authorization": f"Bearer {reader.key}"}
    while time.perf_counter() < until:
        began = time.perf_counter()
        http.request("GET", path := door(reader, rng), headers=headers)
        answer = http.getresponse()
        answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        took.append((time.perf_counter() - began) * 1000)
    http.close()


def measure(port: int, process: int, people: Sequence[Reader], door: Path, seconds: float) -> tuple[list[float], float]:
    """All readers at one door. Gives the milliseconds of each read, and those of CPU of the application a read."""
    took: list[float] = []
    used, until = cpu_of(process), time.perf_counter() + seconds
    threads = [threading.Thread(target=ask, args=(port, one, door, until, took)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not took:
        raise SystemExit("No reader got an answer: see what the application says above.")
    return took, (cpu_of(process) - used) / len(took) * 1000


def row(name: str, port: int, process: int, people: Sequence[Reader], door: Path, seconds: float) -> float:
    """One line of the table. Gives its reads a second."""
    measure(port, process, people[:2], door, 1)
    took, cpu = measure(port, process, people, door, seconds)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    out.print(f"{name:28} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {len(took) / seconds:6.0f} reads/s  {cpu:6.2f} ms CPU")
    return len(took) / seconds


def table(database: Database, url: str, seconds: float) -> None:
    """Every door; then the status with nothing kept, and one reader alone."""
    people, leads = counsellors(database), supervisors(database)
    with serving(url) as (port, process):
        rates = {name: row(name, port, process, people, door, seconds) for name, door in DOORS.items()}
        for name, door in OF_SUPERVISORS.items():
            row(name, port, process, leads, door, seconds)
        row("status, one reader alone", port, process, people[:1], DOORS["status"], seconds)
        forget(database, people)
        slow = row("status, decided anew", port, process, people, DOORS["status"], seconds)
    out.print(f"status from notes to decided anew: {rates['status'] / slow:.1f} times the reads a second")


def forget(database: Database, people: Sequence[Reader]) -> None:
    """What the readers' cases keep of their status counts no more."""
    asked = [ref for reader in people for ref in reader.refs]
    with database.unit_of_work() as session:
        for case in session.exec(select(Case).where(col(Case.ref).in_(asked))):
            case.noted_ver = None


def main() -> None:
    """Seed, analyse, measure, print."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--cases", type=int, default=100_000)
    said.add_argument("--seconds", type=float, default=8)
    asked = said.parse_args()
    with postgres.server() as base:
        url = postgres.create_database(base, "status")
        upgrade(url)
        database, began = Database(url, KEYRING), time.perf_counter()
        seed(database, asked.cases)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        out.print(f"{asked.cases} cases, seeded in {time.perf_counter() - began:.0f} s")
        table(database, url, asked.seconds)
        database.close()


if __name__ == "__main__":
    main()
