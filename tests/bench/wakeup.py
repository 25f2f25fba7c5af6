"""Measures the wake-up: from a partner's word at its door to the next effect sent. ``python -m tests.bench.wakeup``.

The whole product on SQLite, as ``sila up`` starts it. Words come one at a time; every second one finds the hint lost
(the folder of its sockets is shut for that long), so that both ways stand in the same run. *Sent* is the instant that
the ledger writes down right before the call.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
from rich.console import Console
from rich.table import Table
from sqlmodel import col, func, select

from api.cli.place import Place
from api.cli.running import start
from api.cli.stack import Child, Stack
from integrations.tls import trusted
from models.case import Case
from models.clock import ClockOffset, wall
from models.database import Database
from models.effect import Effect
from models.handover import Handover
from models.hint import folder_of
from models.migrate import upgrade
from models.staff import Staff, issue_key
from models.stage import Role
from models.vault import Keyring
from tests.bench.copies import fill, patterns
from tests.journeys.office import Offering

LONGEST = 60.0
PAUSE = 0.4  # between two words: the house is at rest
WORD = {"kind": "accepted", "focal_point": "fp_7"}


class Seeded(Place):
    """A house in which so many cases wait for their partner's word, at this hour of their lives."""

    def __init__(self, data: Path, waiting: int) -> None:
        super().__init__(data, usual=False)
        self.waiting = waiting

    def open(self) -> Database:
        """Its records."""
        return Database(self.environment()["SILA_DATABASE_URL"], Keyring.parse(self.said["key"]))

    def furnish(self) -> dict[str, str]:
        """The cases, a partner with a key, and the clock of the house."""
        upgrade(self.environment()["SILA_DATABASE_URL"])
        database = self.open()
        one = Offering(database).until("handover.waiting")
        with database.reading() as session:
            known = patterns(session)
        fill(database, known, self.waiting)
        with database.unit_of_work() as session:
            session.add(Staff(handle="nadia", roles=[Role.RECEIVING_PARTNER.value], partner="nadia"))
            session.add(ClockOffset(id=1, seconds=int((one.now - wall()).total_seconds())))
            key = issue_key(session, "nadia", wall())
        database.close()
        return {"nadia": key}

    def enrol(self) -> None:
        """Nobody signs in."""


class Wakeup:
    """Says the word on one case after the other."""

    def __init__(self, place: Seeded, prefect: str) -> None:
        self.prefect = prefect
        self.ways: list[
            list[float]
        ] = []  # of each word with a hint: to its run, claim, beginning, end, and to the effect
        self.database = place.open()
        self.clock = self.database.clock(demo=True)
        self.folder = folder_of(self.database.url)
        self.until_heard()
        self.http = httpx.Client(base_url=place.api_url, timeout=30, trust_env=False, verify=trusted())
        self.http.headers["Authorization"] = f"Bearer {place.keys['nadia']}"
        with self.database.reading() as session:
            rows = session.exec(select(Handover.id, Handover.case_id).where(col(Handover.status) == "offered")).all()
        self.left = list(rows)

    def until_heard(self) -> None:
        """Wait until the worker that has just started listens."""
        assert self.folder is not None
        late = time.monotonic() + LONGEST
        if self.folder.exists():
            self.folder.chmod(0o700)
        while not (self.folder.exists() and any(self.folder.iterdir())):
            assert time.monotonic() < late, "no worker listens"
            time.sleep(0.1)

    def latency(self, hint: bool) -> float:
        """Milliseconds from the word to the effect."""
        assert self.folder is not None
        self.folder.chmod(0o700 if hint else 0o755)
        time.sleep(PAUSE)
        handover, case = self.left.pop()
        began, real, late = self.clock.now(), wall(), time.monotonic() + LONGEST
        answer = self.http.post(f"/api/handovers/{handover}/word", json=WORD, headers={"Idempotency-Key": str(case)})
        answer.raise_for_status()
        while (sent := self.sent(case, began)) is None:
            assert time.monotonic() < late, "no effect came"
            time.sleep(0.05)
        if hint:
            self.ways.append([*self.way(handover, real), (sent - began).total_seconds() * 1000])
        return (sent - began).total_seconds() * 1000

    def way(self, handover: UUID, since: datetime) -> list[float]:
        """Milliseconds from the word to the instants that Prefect wrote down of its run."""
        with self.database.reading() as session:
            ref = session.exec(select(Case.ref).join(Handover).where(Handover.id == handover)).one()
        asked = {"flow_runs": {"name": {"any_": [ref]}}, "sort": "START_TIME_DESC", "limit": 1}
        known, late = {"created": ""}, time.monotonic() + LONGEST
        while "COMPLETED" not in known:  # the effect is sent before Prefect has written down what it is part of
            assert time.monotonic() < late, "its run did not end"
            (run,) = self.http.post(f"{self.prefect}/flow_runs/filter", json=asked).json()
            states = self.http.get(f"{self.prefect}/flow_run_states/", params={"flow_run_id": run["id"]}).json()
            known = {one["type"]: one["timestamp"] for one in states} | {"created": run["created"]}
        stamps = [known[name] for name in ("created", "PENDING", "RUNNING", "COMPLETED")]
        return [(datetime.fromisoformat(stamp) - since).total_seconds() * 1000 for stamp in stamps]

    def sent(self, case: UUID, since: datetime) -> datetime | None:
        """When the first effect after the word was sent."""
        with self.database.reading() as session:
            query = select(func.min(Effect.sent_at)).where(Effect.case_id == case, col(Effect.sent_at) >= since)
            found = session.exec(query).one()
        return found.replace(tzinfo=UTC) if found is not None else None

    def measure(self, number: int) -> tuple[list[float], list[float]]:
        """With the hint, and with it lost; the first ones of both are not counted."""
        taken = [(self.latency(True), self.latency(False)) for _ in range(number + 1)][1:]
        return [one for one, _ in taken], [other for _, other in taken]


def point(taken: Sequence[float], share: float) -> float:
    """A percentile."""
    return sorted(taken)[min(len(taken) - 1, int(share * len(taken)))]


def restart_worker(stack: Stack, poll: float) -> None:
    """The same worker with another interval between its polls."""
    stack.stop("worker")
    for old in (stack.data / "sila.db.hints").glob("*"):
        old.unlink()
    command = [sys.executable, "-m", "api.cli.main", "worker"]
    stack.add(Child("worker", command, {"PREFECT_WORKER_QUERY_SECONDS": str(poll)}))


def steps(ways: Sequence[Sequence[float]]) -> str:
    """Where the time goes, in the middle."""
    names = ("run created", "claimed", "begun in Prefect", "ended", "effect sent")
    middle = [statistics.median(column) for column in zip(*ways, strict=True)]
    return ", ".join(f"{name} after {taken:.0f} ms" for name, taken in zip(names, middle, strict=True))


def shown(rows: Sequence[tuple[int, float, list[float], list[float]]]) -> Table:
    """The ratio first."""
    table = Table(title="From a partner's word to the next effect sent, ms")
    for head in ("waiting cases", "poll s", "p50, lost to hint", "hint p50", "hint p95", "lost p50", "lost p95"):
        table.add_column(head, justify="right")
    for waiting, poll, on, off in rows:
        ratio = statistics.median(off) / statistics.median(on)
        points = [f"{point(taken, share):.0f}" for taken in (on, off) for share in (0.5, 0.95)]
        table.add_row(f"{waiting:,}", f"{poll:g}", f"{ratio:.1f} x", *points)
    return table


def main() -> None:
    """A house for each number of waiting cases; in it both intervals."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--waiting", type=int, nargs="+", default=[100, 10_000])
    ask.add_argument("--poll", type=float, nargs="+", default=[1.0], help="seconds between two polls")
    ask.add_argument("--number", type=int, default=20, help="words of each kind")
    said, rows = ask.parse_args(), []
    for waiting in said.waiting:
        with tempfile.TemporaryDirectory() as folder:
            place = Seeded(Path(folder), waiting)
            with start(place) as stack:
                for poll in said.poll:
                    restart_worker(stack, poll)
                    wakeup = Wakeup(place, stack.api_url)
                    rows.append((waiting, poll, *wakeup.measure(said.number)))
                    Console(width=110).print(f"{waiting:,} waiting: {steps(wakeup.ways[1:])}")
    Console(width=110).print(shown(rows))


if __name__ == "__main__":
    main()
