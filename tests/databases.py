"""A migrated database for each test: a SQLite file, or one of a throw-away PostgreSQL server."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from models.database import Database
from models.migrate import upgrade
from models.vault import Keyring
from tests import postgres

KEYRING = Keyring({"k1": bytes(range(32))})
ON_POSTGRES = os.environ.get("SILA_TEST_DATABASE") == "postgresql"


@contextmanager
def server() -> Iterator[str | None]:
    """The PostgreSQL server of a test run, or None on SQLite."""
    if not ON_POSTGRES:
        yield None
        return
    with postgres.server() as base:
        yield base


@cache
def migrated() -> Path:
    """A SQLite file that was migrated once, to be copied for each test; it is gone when the run ends."""
    folder = TemporaryDirectory(prefix="sila-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


@cache
def pool(base: str) -> postgres.Pool:
    """Copies of a database on the server that was migrated once."""
    upgrade(postgres.create_database(base, "sila_template"))
    return postgres.Pool(base, "sila_template")


@contextmanager
def fresh(folder: Path, base: str | None) -> Iterator[Database]:
    """A new, migrated, empty database."""
    if base:
        with borrowed(base) as database:
            yield database
        return
    copyfile(migrated(), folder / "sila.db")
    database = Database(f"sqlite:///{folder / 'sila.db'}", KEYRING)
    yield database
    database.close()


@contextmanager
def borrowed(base: str) -> Iterator[Database]:
    """One of the server's databases, empty, until the block ends."""
    known = pool(base)
    name, uses = known.take()
    database = Database(f"{base}/{name}", KEYRING)
    yield database
    database.close()
    known.give_back(name, uses)
