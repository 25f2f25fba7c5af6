"""One house and one life for each failure of the table in domain.md, section 6."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.journeys.house import Living, living


@pytest.fixture
def alone(database: Database) -> Iterator[Living]:
    """A whole house, empty."""
    with living(database) as house:
        yield house
