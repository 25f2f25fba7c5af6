"""Prefect's command line with one change for SQLite: whoever may write takes the write lock from the start.

Prefect begins most transactions as readers and is refused with "database is locked" when it comes to the
writing; its server then answers 503 and its client pauses for two seconds and more. Waiting a few
milliseconds for the lock costs a hundredth of that. Our own records do the same (``models.database``).
PostgreSQL has no such trouble, and servers on it start without this module.
"""

from contextlib import AbstractAsyncContextManager
from typing import Any

from prefect.cli import app
from prefect.server.database.configurations import AioSqliteConfiguration


def lock_first() -> None:
    """Make every writing transaction of Prefect's server on SQLite an immediate one."""
    begin = AioSqliteConfiguration.begin_transaction

    def immediately(
        self: AioSqliteConfiguration, session: Any, with_for_update: bool = False
    ) -> AbstractAsyncContextManager[Any]:
        return begin(self, session, with_for_update=True)

    AioSqliteConfiguration.begin_transaction = immediately  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    lock_first()
    app()
