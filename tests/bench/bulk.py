"""Writes very many rows to PostgreSQL: by COPY, with indexes and constraints put aside and made again afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, sql
from sqlmodel import Session

# Foreign keys go first and come last: they hang on the keys of other tables.
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'u', 'p') AND (conrelid::regclass::text = ANY(%(tables)s) OR
      (contype = 'f' AND confrelid::regclass::text = ANY(%(tables)s)))
ORDER BY contype <> 'f', conname"""
INDEXES = """
SELECT quote_ident(indexname), indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY(%(tables)s)"""


def driver_of(session: Session) -> Connection[Any]:
    """The connection under a session, in the same transaction."""
    raw: Any = session.connection().connection.driver_connection
    return raw  # type: ignore[no-any-return]


def copied(session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows: a value for each column."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    said = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with driver_of(session).cursor() as cursor, cursor.copy(said) as copy:
        for row in rows:
            copy.write_row(row)


def poured(session: Session, table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write rows that are text already: values between tabs, a row a line."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with driver_of(session).cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
            copy.write("".join(lines))


@contextmanager
def without_indexes(session: Session, tables: Sequence[str]) -> Iterator[None]:
    """What is written within finds no index; each is made again at the end, and each constraint looked at then.

    The tables are emptied first: what the transaction emptied itself needs no log (``wal_level=minimal``).
    """
    driver, said = driver_of(session), {"tables": list(tables)}
    run(driver, f"TRUNCATE {', '.join(tables)} CASCADE")
    constraints = driver.execute(CONSTRAINTS, said).fetchall()
    for table, name, _ in constraints:
        run(driver, f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = driver.execute(INDEXES, said).fetchall()
    for name, _ in indexes:
        run(driver, f"DROP INDEX {name}")
    yield
    run(driver, "SET LOCAL maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        run(driver, definition)
    for table, name, definition in reversed(constraints):
        run(driver, f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def run(driver: Connection[Any], statement: str) -> None:
    """One statement that is put together from the catalogue."""
    driver.execute(statement.encode())
