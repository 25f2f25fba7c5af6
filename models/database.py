"""The database: one unit of work is one transaction, and a writer holds the write lock from its start.

SQLite begins every write with BEGIN IMMEDIATE, in WAL with synchronous=FULL: what was acknowledged
survives a crash, and two writers wait for each other instead of losing an update (S17).
"""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlmodel import Session

from models.cabinet import Cabinet, Watched
from models.clock import Clock, ClockOffset, DemoClock, SystemClock
from models.settings import RecordSettings
from models.vault import Keyring, Vault

BUSY_MILLISECONDS = 30_000
GLANCES, GLANCE_SECONDS = 4, 5  # at once, and how long others wait for their turn


class Database:
    """Opens sessions. A session carries the vault that seals and opens its rows' fields."""

    def __init__(self, url: str, keyring: Keyring, *, pool_size: int = 10) -> None:
        self.url, self.keyring = url, keyring
        self.engine = open_engine(url, pool_size)
        self.glancer = open_glancer(self.engine)
        self.cabinet = Cabinet()
        weakref.finalize(self, dispose, self.engine, self.glancer)  # a command that ends gives its connections back

    @classmethod
    def from_settings(cls, settings: RecordSettings) -> "Database":
        """The database that the settings name."""
        return cls(settings.database_url, Keyring.parse(settings.master_keys.get_secret_value()))

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One writing transaction: all of it or nothing."""
        with Watched(self.engine, expire_on_commit=False) as session, session.begin():
            session.info |= self._furniture(session)
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and takes no lock that a writer would wait for."""
        connection = self.engine.connect().execution_options(sila_reads=True)
        with connection, Session(connection, expire_on_commit=False, autoflush=False) as session:
            session.info |= self._furniture(session)
            yield session

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """A few reads, each as the database is at that moment: on PostgreSQL, where a transaction that only reads

        promises no more, without the two round trips that it costs. Whoever looks must bear that rows change between.
        """
        if self.engine.dialect.name == "sqlite":
            with self.reading() as session:
                yield session
            return
        connection = self.engine.connect().execution_options(sila_reads=True, isolation_level="AUTOCOMMIT")
        with connection, Session(connection, expire_on_commit=False, autoflush=False) as session:
            session.info |= self._furniture(session)
            yield session

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """One read that very many ask: a query that is one statement always, planned once a connection.

        Nobody asks first whether the connection still stands: whoever glances must bear that it fails.
        """
        with self.glancer.connect().execution_options(sila_reads=True) as connection:
            yield connection

    def _furniture(self, session: Session) -> dict[str, Any]:
        return {"vault": Vault(session, self.keyring), "keyring": self.keyring, "cabinet": self.cabinet}

    def clock(self, *, demo: bool) -> Clock:
        """The house clock: real, or the demo's that can be moved."""
        return DemoClock(self.offset_seconds) if demo else SystemClock()

    def offset_seconds(self) -> int:
        """How far the demo clock runs ahead."""
        with self.reading() as session:
            row = session.get(ClockOffset, 1)
            return row.seconds if row else 0

    def close(self) -> None:
        """Give the connections back."""
        dispose(self.engine, self.glancer)


def dispose(*engines: Engine) -> None:
    """Give the connections of some engines back."""
    for engine in engines:
        engine.dispose()


def vault_of(session: Session) -> Vault:
    """The vault of a session that ``Database`` opened."""
    vault: Vault = session.info["vault"]
    return vault


def keyring_of(session: Session) -> Keyring:
    """The keyring of a session that ``Database`` opened."""
    keyring: Keyring = session.info["keyring"]
    return keyring


def open_engine(url: str, pool_size: int = 10) -> Engine:
    """An engine for SQLite or PostgreSQL with the durability this house needs."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
        event.listen(engine, "connect", prepare_postgres)
        return engine
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def open_glancer(engine: Engine) -> Engine:
    """An engine for single reads; on SQLite it is the same. A few connections are enough: each read is short."""
    if engine.dialect.name == "sqlite":
        return engine
    glancer = create_engine(
        engine.url, pool_size=GLANCES, max_overflow=0, pool_timeout=GLANCE_SECONDS, isolation_level="AUTOCOMMIT",
        connect_args={"prepare_threshold": 0},
    )  # fmt: skip
    event.listen(glancer, "connect", prepare_postgres)
    event.listen(glancer, "connect", plan_once)
    return glancer


def prepare_postgres(connection: Any, _record: object) -> None:
    """What is asked here is short and asked by many: no plan is compiled or takes the other cores, none shuns an index.

    Among a million cases a list that is answered in 20 ms took 100 to 400 with what the server does by itself.
    """
    for said in ("jit = off", "max_parallel_workers_per_gather = 0", "random_page_cost = 1.1"):
        connection.execute(f"SET {said}")
    connection.commit()


def plan_once(connection: Any, _record: object) -> None:
    """To plan a glance takes longer than to answer it; whatever is asked for, the plan is the same."""
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.commit()


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Durability and waiting instead of failing. The driver must not begin transactions by itself."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: reading first and locking later is how updates get lost."""
    reads = connection.get_execution_options().get("sila_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
