"""So many calls at a time to one outside system, however many workers there are. A turn ends with whoever has it.

With records in PostgreSQL a turn is an advisory lock of a connection, with SQLite the lock on a file beside them:
the system itself gives back what a process that was killed had.
"""

import contextlib
import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from models.database import Database

LOOK_SECONDS = 0.02


class NoTurn(Exception):
    """All turns were taken for as long as one may wait. Nothing was done."""


@contextmanager
def turn(database: Database, system: str, most: int, patience: float) -> Iterator[None]:
    """One of ``most`` turns at a system, while the block lasts. ``patience`` in seconds. Raises NoTurn."""
    place = make_url(database.url)
    number = zlib.crc32(system.encode()) - 2**31
    if place.get_backend_name() == "sqlite":
        with in_folder(Path(f"{place.database}.turns"), number, most, time.monotonic() + patience):
            yield
    else:
        with in_database(database, number, most, time.monotonic() + patience):
            yield


@contextmanager
def in_folder(folder: Path, number: int, most: int, until: float) -> Iterator[None]:
    """A lock on one of so many files."""
    folder.mkdir(mode=0o700, exist_ok=True)
    files = [os.open(folder / f"{number}-{place}", os.O_CREAT | os.O_RDWR, 0o600) for place in range(most)]
    try:
        while not any(map(is_locked, files)):
            wait(until)
        yield
    finally:
        for file in files:
            os.close(file)


def is_locked(file: int) -> bool:
    """Whether it is ours now."""
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@contextmanager
def in_database(database: Database, number: int, most: int, until: float) -> Iterator[None]:
    """One of so many advisory locks of a connection that does nothing else meanwhile."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ask, give_back = text("SELECT pg_try_advisory_lock(:n, :p)"), text("SELECT pg_advisory_unlock_all()")
        while not any(connection.scalar(ask, {"n": number, "p": place}) for place in range(most)):
            wait(until)
        try:
            yield
        finally:
            connection.execute(give_back)


def wait(until: float) -> None:
    """A moment. Raises NoTurn when there is none left."""
    if time.monotonic() > until:
        raise NoTurn
    time.sleep(LOOK_SECONDS)
