"""What every test may use. Nothing here imports Prefect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database
from tests import databases


@pytest.fixture(scope="session")
def database_server() -> Iterator[str | None]:
    """One server for the whole run."""
    with databases.server() as base:
        yield base


@pytest.fixture
def database(tmp_path: Path, database_server: str | None) -> Iterator[Database]:
    """A migrated, empty database."""
    with databases.fresh(tmp_path, database_server) as database:
        yield database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets the database is tried again; the rest has run on SQLite and would say the same."""
    if databases.ON_POSTGRES:
        meets = [item for item in items if "database_server" in getattr(item, "fixturenames", ())]
        known = set(meets)
        others = [item for item in items if item not in known]
        items[:] = meets
        config.hook.pytest_deselected(items=others)
