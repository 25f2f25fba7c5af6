"""The hint reaches every listener on both databases, says nothing, and many make few polls; lost, the poll is left."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.database import Database
from models.hint import CHANNEL, Listener, folder_of, ring
from tests.databases import KEYRING
from workflows.hint import Soon


class Heard:
    """Counts hints."""

    def __init__(self) -> None:
        self.count, self._new = 0, threading.Condition()

    def __call__(self) -> None:
        with self._new:
            self.count += 1
            self._new.notify_all()

    def reaches(self, count: int, seconds: float = 5.0) -> bool:
        """Whether so many were heard in time."""
        with self._new:
            return self._new.wait_for(lambda: self.count >= count, seconds)


@contextmanager
def listening(database: Database) -> Iterator[Heard]:
    """A listener that listens: the beginning counts as the first hint."""
    heard = Heard()
    listener = Listener(database.url, heard)
    try:
        assert heard.reaches(1)
        yield heard
    finally:
        listener.close()


def sockets(database: Database) -> list[Path]:
    """Where listeners of records in SQLite are."""
    folder = folder_of(database.url)
    assert folder is not None
    return list(folder.iterdir())


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Database:
    """Records in SQLite, whatever the others are in; nobody reads them here."""
    return Database(f"sqlite:///{tmp_path / 'records.db'}", KEYRING)


def test_a_hint_reaches_every_worker(database: Database) -> None:
    with listening(database) as one, listening(database) as other:
        began = time.monotonic()
        ring(database)
        assert one.reaches(2)
        assert other.reaches(2)
        assert time.monotonic() - began < 1.0  # not by looking again and again


def test_with_nobody_there_a_hint_is_lost_in_silence(database: Database) -> None:
    ring(database)


def test_what_says_something_is_no_hint(database: Database) -> None:
    with listening(database) as heard:
        if folder_of(database.url) is None:
            with database.engine.begin() as connection:
                connection.exec_driver_sql(f"NOTIFY {CHANNEL}, 'run this'")
        else:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stranger:
                stranger.sendto(b"run this", str(sockets(database)[0]))
        ring(database)
        assert heard.reaches(2)
        assert heard.count == 2


def test_only_their_owner_reaches_the_sockets(on_sqlite: Database) -> None:
    with listening(on_sqlite):
        (address,) = sockets(on_sqlite)
        assert address.stat().st_mode & 0o777 == 0o600
        assert address.parent.stat().st_mode & 0o777 == 0o700
    assert sockets(on_sqlite) == []


def test_what_lies_in_the_folder_is_passed_over_and_what_died_is_removed(on_sqlite: Database) -> None:
    with listening(on_sqlite) as heard:
        folder = sockets(on_sqlite)[0].parent
        (folder / "notes").write_text("not a socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as died:
            died.bind(str(folder / "dead"))
        ring(on_sqlite)
        assert heard.reaches(2)
        assert not (folder / "dead").exists()
        assert (folder / "notes").exists()


def test_a_folder_that_is_open_to_others_is_not_used(on_sqlite: Database) -> None:
    folder = folder_of(on_sqlite.url)
    assert folder is not None
    folder.mkdir(mode=0o755)
    os.chmod(folder, 0o755)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as strange:
        strange.bind(str(folder / "strange"))
        strange.setblocking(False)
        ring(on_sqlite)
        with pytest.raises(BlockingIOError):
            strange.recv(1)
    heard = Heard()
    listener = Listener(on_sqlite.url, heard)
    assert not heard.reaches(1, seconds=0.2)
    listener.close()


def test_a_burst_makes_one_poll_and_one_behind_it() -> None:
    polls: list[int] = []

    async def burst() -> None:
        free = asyncio.Event()

        async def poll() -> None:
            polls.append(1)
            await free.wait()

        soon = Soon(poll)
        soon.ask()
        await asyncio.sleep(0)
        for _ in range(10_000):
            soon.ask()
        free.set()
        await asyncio.sleep(0.2)

    asyncio.run(burst())
    assert len(polls) == 2


def test_a_poll_that_fails_does_not_end_polling_and_a_worker_that_stops_does() -> None:
    asked: list[int] = []

    async def twice() -> None:
        async def poll() -> None:
            asked.append(1)
            raise OSError

        soon = Soon(poll)
        soon.ask()
        await asyncio.sleep(0.05)
        soon.ask()
        await asyncio.sleep(0.05)
        soon.end()
        soon.ask()
        await asyncio.sleep(0.05)

    asyncio.run(twice())
    assert len(asked) == 2
