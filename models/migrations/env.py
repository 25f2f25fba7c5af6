"""Runs migrations against the database of the settings, on SQLite and on PostgreSQL."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import event
from sqlmodel import AutoString

from models.base import UtcDateTime, Word
from models.database import open_engine
from models.tables import METADATA


def plain_type(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Migrations name the plain database types, so that they do not change when our classes do."""
    if kind == "type" and isinstance(item, Word):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def let_tables_be_rebuilt(connection: Any, _record: object) -> None:
    """SQLite changes a table by making it anew: what refers to it may hang in the air until the end."""
    connection.execute("PRAGMA foreign_keys = OFF")


url = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
if url is None:
    from models.settings import RecordSettings

    url = RecordSettings().database_url

engine = open_engine(url)
on_sqlite = engine.dialect.name == "sqlite"
if on_sqlite:
    event.listen(engine, "connect", let_tables_be_rebuilt)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, render_item=plain_type)
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration left a row that refers to nothing: nothing was changed")
    connection.commit()
engine.dispose()
