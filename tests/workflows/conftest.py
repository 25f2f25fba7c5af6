"""One Prefect server for all tests of the worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.stack import Stack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A Prefect server on a free port; workers join when their deployments are there."""
    with Stack(
        tmp_path_factory.mktemp("stack"), env={"PYTHONPATH": str(ROOT), "PREFECT_WORKER_QUERY_SECONDS": "0.15"}
    ) as stack:
        yield stack
