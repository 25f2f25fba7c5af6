"""How fast the JSON doors tell of cases when there are very many: status, explanation, time line, lists, overdue.

Run it: ``python -m tests.bench.status --cases 10000 100000 1000000``; a million takes some minutes to seed and 12 GB.
Twenty readers with keys of their own ask one process of the application: without a pause, which says how much one
process gives, and some times a second each, which says how long they wait. ``--sqlite`` measures a SQLite file of the
same rows too. Each case rests as the product leaves it; the status is also read with nothing kept, so that it is
decided anew. All readers are one thread (``tests.bench.readers``) on the same cores.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as File
from random import Random

from rich.console import Console
from sqlalchemy import make_url
from sqlmodel import col, select

from models.case import Case
from models.database import Database
from models.migrate import upgrade
from tests import postgres
from tests.bench.caseload import seed
from tests.bench.doors import DOORS, Path, Reader, counsellors, serving, supervisors
from tests.bench.moved import move
from tests.bench.pages import cpu_of
from tests.bench.readers import Readers
from tests.databases import KEYRING

out = Console(width=120)
WARM_READS, WARM_SECONDS = 100, 6  # of a second in which nothing is put together any more; of patience
HEAD = ("door", "twenty readers", "p50 / p95 ms", "reads/s", "CPU ms a read: application", "database", "readers")


@dataclass(frozen=True)
class Bench:
    """One process of the application before a database; the database's own process where it has one."""

    port: int
    process: int
    server: int | None
    seconds: float

    def asked(self, people: Sequence[Reader], path: Path, pause: float, seconds: float) -> list[float]:
        """Milliseconds of each read."""
        rng = Random(len(people))

        def ask(one: int) -> bytes:
            reader = people[one]
            return f"GET {path(reader, rng)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {reader.key}\r\n\r\n".encode()

        return Readers(self.port, ask, len(people), pause).read(seconds)

    def warm(self, people: Sequence[Reader], path: Path) -> None:
        """First one reader, so that what is put together once is not put together by twenty at a time; then all, until

        each connection to the database has had the queries often enough to keep their plans.
        """
        self.asked(people[:1], path, 0.0, 2)
        until = time.perf_counter() + WARM_SECONDS
        while len(people) > 1 and time.perf_counter() < until and len(self.asked(people, path, 0.0, 1)) < WARM_READS:
            pass

    def used(self) -> tuple[float, float, float]:
        """Seconds of CPU of the application, of the database and of the readers."""
        return cpu_of(self.process), cpu_of(self.server) if self.server else 0.0, time.process_time()

    def row(self, name: str, people: Sequence[Reader], path: Path, pause: float = 0.0) -> float:
        """One line of the table. Gives its reads a second."""
        before, began = self.used(), time.perf_counter()
        took = self.asked(people, path, pause, self.seconds)
        took_all = time.perf_counter() - began
        if not took:
            raise SystemExit("No reader got an answer: see what the application says above.")
        cpu = [(now - then) / len(took) * 1000 for now, then in zip(self.used(), before, strict=True)]
        p50, p95 = (sorted(took)[int(len(took) * share)] for share in (0.5, 0.95))
        how = f"{1 / pause:.0f} a second each" if pause else "no pause"
        line = (name, how, f"{p50:.1f} / {p95:.1f}", f"{len(took) / took_all:.0f}", *(f"{one:.2f}" for one in cpu))
        print("| " + " | ".join(line) + " |", flush=True)  # noqa: T201
        return len(took) / took_all


def table(database: Database, seconds: float) -> None:
    """Every door, with pauses and without; then one reader alone, and the status with nothing kept."""
    people, leads = counsellors(database), supervisors(database)
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD), flush=True)  # noqa: T201
    with serving(str(database.url)) as (port, process):
        bench = Bench(port, process, server_of(database.url), seconds)
        rates = {}
        for name, door in DOORS.items():
            who = leads if door.of_supervisors else people
            bench.warm(who, door.path)
            bench.row(name, who, door.path, door.pause)
            rates[name] = bench.row(name, who, door.path)
        bench.row("status, one reader alone", people[:1], DOORS["status"].path)
        forget(database, people)
        bench.warm(people, DOORS["status"].path)
        slow = bench.row("status, decided anew", people, DOORS["status"].path)
    out.print(f"status from notes to decided anew: {rates['status'] / slow:.1f} times the reads a second")


def forget(database: Database, people: Sequence[Reader]) -> None:
    """What the readers' cases keep of their status counts no more."""
    asked = [ref for reader in people for ref in reader.refs]
    with database.unit_of_work() as session:
        for case in session.exec(select(Case).where(col(Case.ref).in_(asked))):
            case.noted_ver = None


def server_of(url: str) -> int | None:
    """The process of a PostgreSQL server of ours, by its port."""
    said = f"port={make_url(url).port}".encode()
    found = (one for one in File("/proc").glob("[0-9]*/cmdline") if said in one.read_bytes().split(b"\0"))
    return next((int(one.parent.name) for one in found), None)


def of(base: str, cases: int) -> Database:
    """A database on a server with so many cases."""
    url = postgres.create_database(base, f"cases_{cases}")
    upgrade(url)
    database, began = Database(url, KEYRING), time.perf_counter()
    seed(database, cases)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        held = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    out.print(f"\n{cases} cases: {held / 1e9:.1f} GB, seeded in {time.perf_counter() - began:.0f} s")
    return database


def in_a_file(source: Database, seconds: float) -> None:
    """The same rows in SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        database = Database(move(source, File(folder) / "cases.db"), KEYRING)
        held = sum(one.stat().st_size for one in File(folder).iterdir())
        out.print(f"\nin SQLite: {held / 1e9:.1f} GB, moved in {time.perf_counter() - began:.0f} s")
        table(database, seconds)
        database.close()


def main() -> None:
    """Seed, analyse, measure, print."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--cases", type=int, nargs="+", default=[100_000])
    said.add_argument("--seconds", type=float, default=5)
    said.add_argument("--sqlite", action="store_true")
    asked = said.parse_args()
    with postgres.server(bulk=True) as base:
        for cases in asked.cases:
            database = of(base, cases)
            table(database, asked.seconds)
            if asked.sqlite:
                in_a_file(database, asked.seconds)
            database.close()


if __name__ == "__main__":
    main()
