"""A caseload that PostgreSQL wrote, moved into a SQLite file: every row of every table, indexes made afterwards."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from models import tables  # noqa: F401 - all of them
from models.database import Database
from models.migrate import upgrade

AT_ONCE = 20_000
# How SQLite keeps what PostgreSQL has a type for.
AS_KEPT = {
    "CHAR(32)": "replace({}::text, '-', '')", "DATETIME": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "DATE": "{}::text", "JSON": "{}::text", "BOOLEAN": "{}::int",
}  # fmt: skip
INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


def move(source: Database, path: Path) -> str:
    """Everything; gives the address of the new database."""
    url = f"sqlite:///{path}"
    upgrade(url)
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA synchronous = OFF")
    indexes = file.execute(INDEXES).fetchall()
    for name, _ in indexes:
        file.execute(f'DROP INDEX "{name}"')
    file.execute("BEGIN")
    for table in SQLModel.metadata.sorted_tables:
        fill(source, file, table)
    file.execute("COMMIT")
    for _, said in indexes:
        file.execute(said)
    file.close()
    return url


def fill(source: Database, file: sqlite3.Connection, table: sa.Table) -> None:
    """One table."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    for some in rows(source, table):
        file.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', some)


def rows(source: Database, table: sa.Table) -> Iterator[list[Any]]:
    """Its rows, some thousand at a time."""
    said = ", ".join(kept(column) for column in table.columns)
    with source.engine.connect().execution_options(stream_results=True) as connection:
        found = connection.exec_driver_sql(f'SELECT {said} FROM "{table.name}"')
        while some := found.fetchmany(AT_ONCE):
            yield [tuple(row) for row in some]


def kept(column: sa.Column[Any]) -> str:
    """A column as SQLite keeps it."""
    return AS_KEPT.get(column.type.compile(sqlite.dialect()), "{}").format(f'"{column.name}"')
