"""A migrated database for each test: a SQLite file, or one of a throw-away PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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


@contextmanager
def fresh(folder: Path, base: str | None) -> Iterator[Database]:
    """A new, migrated, empty database."""
    url = postgres.create_database(base, f"sila_{uuid4().hex}") if base else f"sqlite:///{folder / 'sila.db'}"
    upgrade(url)
    database = Database(url, KEYRING)
    yield database
    database.close()
