"""A migrated database for each test: a SQLite file, or one of a throw-away PostgreSQL server."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from uuid import uuid4

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
def template(base: str) -> str:
    """The name of a database on the server that was migrated once, to be copied for each test."""
    upgrade(postgres.create_database(base, "sila_template"))
    return "sila_template"


@contextmanager
def fresh(folder: Path, base: str | None) -> Iterator[Database]:
    """A new, migrated, empty database."""
    if base:
        url = postgres.create_database(base, f"sila_{uuid4().hex}", template(base))
    else:
        url = f"sqlite:///{folder / 'sila.db'}"
        copyfile(migrated(), folder / "sila.db")
    database = Database(url, KEYRING)
    yield database
    database.close()
