"""A hint that there is something to do: it only makes a worker ask sooner. It carries nothing (S13) and may be lost.

With records in PostgreSQL it is a NOTIFY; with SQLite an empty datagram to each socket in a folder beside the file,
which only its owner can enter.
"""

import contextlib
import logging
import os
import secrets
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from models.database import Database

CHANNEL = "sila_hint"
LOOK_SECONDS = 0.25  # how soon a listener notices that it is to end
AGAIN_SECONDS = 2.0  # before it listens again after a trouble
# A connection that only listens would not notice for hours that the other end is gone.
ALIVE: dict[str, Any] = {
    "connect_timeout": 5, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip

log = logging.getLogger("sila.hint")


def ring(database: Database) -> None:
    """Give the hint to whoever listens. Nothing comes of it when that fails."""
    with contextlib.suppress(Exception):
        if (folder := folder_of(database.url)) is not None:
            ring_all(folder)
        else:
            with database.engine.begin() as connection:
                connection.exec_driver_sql(f"NOTIFY {CHANNEL}")


def folder_of(url: str) -> Path | None:
    """Where the sockets of listeners are; None with PostgreSQL."""
    known = make_url(url)
    if known.get_backend_name() != "sqlite":
        return None
    return Path(f"{known.database}.hints")


def ring_all(folder: Path) -> None:
    """An empty datagram to every listener; what one that died has left is removed."""
    with opened(folder) as door, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
        ours.setblocking(False)
        for name in os.listdir(door):
            known = os.stat(name, dir_fd=door, follow_symlinks=False)
            if not stat.S_ISSOCK(known.st_mode) or known.st_uid != os.geteuid():
                continue
            try:
                ours.sendto(b"", place(folder, door, name))
            except ConnectionRefusedError:
                os.unlink(name, dir_fd=door)
            except BlockingIOError:  # it has more hints than it can hear
                continue


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    """The folder, if it is ours alone. Raises OSError."""
    door = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        known = os.fstat(door)
        if known.st_uid != os.geteuid() or known.st_mode & 0o077:
            raise PermissionError("the folder of hints is open to others")
        yield door
    finally:
        os.close(door)


def place(folder: Path, door: int, name: str) -> str:
    """The address of a socket: a path of one may have about a hundred bytes, and a folder's name may be longer."""
    short = f"/proc/self/fd/{door}"
    return f"{short}/{name}" if os.path.exists(short) else str(folder / name)


class Listener:
    """Calls ``heard`` from a thread of its own at every hint, and once whenever it begins to listen."""

    def __init__(self, url: str, heard: Callable[[], None]) -> None:
        self._url, self._heard, self._ending = url, heard, threading.Event()
        self._thread = threading.Thread(target=self._live, name="hints", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Listen no more; its thread ends soon."""
        self._ending.set()

    def close(self) -> None:
        """Listen no more, and wait for the end of its thread."""
        self.end()
        self._thread.join(4 * LOOK_SECONDS)

    def _live(self) -> None:
        folder = folder_of(self._url)
        while not self._ending.is_set():
            try:
                self._hear_socket(folder) if folder else self._hear_database()
            except (OSError, psycopg.Error) as error:  # without hints the next poll brings what there is
                log.warning("no hints for now: %s", type(error).__name__)
            self._ending.wait(AGAIN_SECONDS)

    def _hear_socket(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        with opened(folder) as door, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
            ours.bind(address := place(folder, door, name))
            os.chmod(address, 0o600)
            ours.settimeout(LOOK_SECONDS)
            self._heard()
            try:
                self._receive(ours)
            finally:
                os.unlink(name, dir_fd=door)

    def _receive(self, ours: socket.socket) -> None:
        while not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                if not ours.recv(1):  # a hint is empty: whatever says something is none
                    self._heard()

    def _hear_database(self) -> None:
        url = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True, **ALIVE) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._heard()
            while not self._ending.is_set():
                for notice in connection.notifies(timeout=LOOK_SECONDS):
                    if not notice.payload:
                        self._heard()
                    if self._ending.is_set():
                        break
