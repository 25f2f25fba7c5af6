"""The JSON doors that are measured, who asks at them, and the application that answers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import wall
from models.database import Database
from models.staff import issue_key
from tests import postgres
from tests.bench.caseload import SUPERVISORS, handle_of
from tests.bench.pages import key_of, wait
from tests.databases import KEYRING

READERS = 20


@dataclass(frozen=True)
class Reader:
    """Somebody's key, and references of their own open cases."""

    key: str
    refs: Sequence[str]


Path = Callable[[Reader, Random], str]


@dataclass(frozen=True)
class Door:
    """What is asked for, and how often by a reader who pauses: seconds from one question to the next."""

    path: Path
    pause: float = 0.5
    of_supervisors: bool = False


def of_case(tail: str = "") -> Path:
    """A door of one case, another each time."""
    return lambda reader, rng: f"/api/cases/{rng.choice(reader.refs)}{tail}"


def at(path: str) -> Path:
    """The same door each time."""
    return lambda *_: path


FILTERED = at("/api/cases?is_open=true&stage=health&waits_for=partner")
DOORS = {
    "status": Door(of_case(), 0.2),
    "filtered list": Door(FILTERED, 1),
    "list": Door(at("/api/cases?is_open=true"), 1),
    "filtered list, supervisor": Door(FILTERED, 1, of_supervisors=True),
    "overdue, supervisor": Door(at("/api/deadlines?missed=true"), 1, of_supervisors=True),
    "time line": Door(of_case("/timeline"), 0.5),
    "explanation": Door(of_case("/explanation"), 1),
}


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
