"""How fast the counsellor's pages are with very many cases on PostgreSQL and twenty people at work at once.

Run it: ``python -m tests.bench.pages --cases 100000``. It prints p50 and p95 in milliseconds of each page,
pages a second, and the CPU that a page costs the application: a busy machine changes that one least.
"""

import argparse
import base64
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from sqlmodel import Session, col, select

from models.case import Case
from models.clock import wall
from models.database import Database
from models.migrate import upgrade
from models.vault import Keyring
from tests import postgres
from tests.bench.caseload import COUNSELLORS, handle_of, seed, sign_in
from tests.databases import KEYRING

USERS, WORKERS = 20, 2
out = Console(width=120)
WORDS = ("Аминa", "Karimov", "Beridze", "Sara", "Osei")


def refs(session: Session, number: int) -> list[str]:
    """The newest cases of one counsellor."""
    query = select(Case.ref).where(Case.opened_by == handle_of(number), col(Case.owner).is_(None))
    return list(session.exec(query.order_by(col(Case.id).desc()).limit(20)))


def key_of(keyring: Keyring) -> str:
    """A keyring as the settings have it."""
    return f"k1:{base64.b64encode(keyring.masters['k1']).decode()}"


@contextmanager
def serving(url: str, port: int) -> Iterator[tuple[str, int]]:
    """The application as it is run: several processes behind one port. Gives its address and its process."""
    env = {**os.environ, "SILA_DATABASE_URL": url, "SILA_MASTER_KEYS": key_of(KEYRING)}
    run = [sys.executable, "-m", "uvicorn", "api.main:create_app", "--factory", "--port", str(port), "--workers",
           str(WORKERS), "--no-access-log", "--log-level", "warning"]  # fmt: skip
    process = subprocess.Popen(run, env=env)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


class User(threading.Thread):
    """One counsellor who opens page after page."""

    def __init__(self, base: str, cookie: str, cases: list[str], rounds: int, took: dict[str, list[float]]) -> None:
        super().__init__()
        self.http = httpx.Client(base_url=base, cookies={"sila": cookie}, timeout=120, trust_env=False)
        self.cases, self.rounds, self.took = cases, rounds, took

    def run(self) -> None:
        """Home, list, filtered list, search, a case; again and again."""
        for turn in range(self.rounds):
            self.open("home", "/")
            token = re.findall(r'name="csrf" value="([^"]+)"', self.open("list", "/cases"))[0]
            self.open("filtered list", "/cases?stage=health&waits_for=partner")
            self.open("search", "/cases/search", {"csrf": token, "q": WORDS[turn % len(WORDS)]})
            self.open("case", f"/cases/{self.cases[turn % len(self.cases)]}")

    def open(self, name: str, path: str, data: dict[str, str] | None = None) -> str:
        """One page; how long it took is kept."""
        began = time.perf_counter()
        answer = self.http.post(path, data=data) if data else self.http.get(path)
        self.took[name].append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text


def cpu_of(process: int) -> float:
    """Seconds of CPU, user and system, that a process and its children, those that ended too, have used."""
    try:
        parts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:  # it has just ended: its parent has its time
        return 0.0
    own = sum(int(part) for part in parts[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_of(int(child)) for child in children)


def measure(database: Database, url: str, rounds: int) -> tuple[dict[str, list[float]], float, float]:
    """Twenty people at once: milliseconds of each page, seconds in all, and seconds of CPU of the application."""
    took: dict[str, list[float]] = defaultdict(list)
    port = postgres.free_port()
    with serving(url, port) as (base, process):
        wait(base)
        cookies = [sign_in(database, handle_of(number), wall()) for number in range(USERS)]
        with database.reading() as session:
            mine = [refs(session, number) for number in range(USERS)]
        users = [User(base, cookies[number], mine[number], rounds, took) for number in range(USERS)]
        began, used = time.perf_counter(), cpu_of(process)
        for user in users:
            user.start()
        for user in users:
            user.join()
        return took, time.perf_counter() - began, cpu_of(process) - used


def wait(base: str) -> None:
    """Until it answers."""
    for _ in range(300):
        try:
            httpx.get(f"{base}/health/ready", timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the application did not start")


def show(took: dict[str, list[float]], seconds: float, cpu: float) -> None:
    """The table."""
    for name, times in took.items():
        cuts = statistics.quantiles(times, n=20)
        out.print(f"{name:14} p50 {statistics.median(times):7.0f} ms   p95 {cuts[18]:7.0f} ms   {len(times)} pages")
    pages = sum(len(times) for times in took.values())
    out.print(f"{pages / seconds:.0f} pages a second, {cpu / pages * 1000:.1f} ms of CPU of the application a page")


def main() -> None:
    """Seed, analyse, measure, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=int, default=100_000)
    ask.add_argument("--rounds", type=int, default=10)
    said = ask.parse_args()
    with postgres.server() as base:
        url = postgres.create_database(base, "bench")
        upgrade(url)
        database = Database(url, KEYRING)
        began = time.perf_counter()
        seed(database, said.cases)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        out.print(f"{said.cases} cases of {COUNSELLORS} counsellors, seeded in {time.perf_counter() - began:.0f} s")
        show(*measure(database, url, said.rounds))
        database.close()


if __name__ == "__main__":
    main()
