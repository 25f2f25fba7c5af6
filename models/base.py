"""What every record shares: ids, instants in UTC, words, and a field class on every column.

Field classes (DESIGN §6): 1 process data; 2 identity and contact; 3 health, narrative, location,
trafficking. Classes 2 and 3 are kept only as ciphertext; see ``models.vault``.
"""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import DateTime, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

REF_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
MAX_INTEGER = 2**63 - 1

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Ids:
    """Where ids and references come from; a simulation that must repeat itself puts another in its place."""

    def new_id(self) -> UUID:
        """A time-ordered id."""
        return uuid_utils.compat.uuid7()

    def choice(self, letters: str) -> str:
        """One letter by chance."""
        return secrets.choice(letters)


IDS = [Ids()]


def new_id() -> UUID:
    """A time-ordered id for a row. It reveals when the row was made, so it is no secret and no link."""
    return IDS[0].new_id()


def new_ref(prefix: str = "C") -> str:
    """An opaque reference, 50 random bits: all that Prefect, logs and URLs ever see of a case."""
    return f"{prefix}-" + "".join(IDS[0].choice(REF_LETTERS) for _ in range(10))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses a naive datetime on the way in, gives UTC on the way out on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no zone, so it must always be the same one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant: give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """An enum kept as its plain value, so that a new member needs no migration and rows read well."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Refuse a word that the enum does not have."""
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """Give back the member."""
        return None if value is None else self.kind(value)


def plain(default: Any = ..., **options: Any) -> Any:
    """A column of class 1: process data that operations staff may see."""
    options.setdefault("sa_column_kwargs", {}).setdefault("info", {})["field_class"] = 1
    if "default_factory" in options:
        return Field(**options)
    return Field(default, **options)


def word(kind: type[StrEnum], default: Any = ..., **options: Any) -> Any:
    """A class 1 column that holds one word of an enum."""
    return plain(default, sa_type=Word(kind), **options)


def instant(default: Any = ..., **options: Any) -> Any:
    """A class 1 column that holds an instant in UTC."""
    return plain(default, sa_type=UtcDateTime, **options)


def sealed(field_class: int) -> Any:
    """A column of class 2 or 3: ciphertext that only ``models.vault`` reads and writes."""
    if field_class not in (2, 3):
        raise ValueError("a sealed column is of class 2 or 3")
    return Field(default=None, sa_type=LargeBinary, sa_column_kwargs={"info": {"field_class": field_class}})


class Record(SQLModel):
    """A row with an id of its own."""

    id: UUID = plain(default_factory=new_id, primary_key=True)
