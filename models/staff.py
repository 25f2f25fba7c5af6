"""Staff and API keys. A key is shown once; only its SHA-256 is kept."""

import hashlib
import secrets
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy import JSON, Select, bindparam
from sqlmodel import Session, col

from models.base import Record, instant, plain
from models.stage import Role


class Staff(Record, table=True):
    """Somebody who may act: a member of staff, or a partner organisation's system (``partner``).

    ``supervisor`` is the handle of whoever supervises them; every supervisor supervises those who name nobody.
    """

    __tablename__ = "staff"

    handle: str = plain(max_length=60, unique=True)
    roles: list[str] = plain(sa_type=JSON)
    partner: str | None = plain(None, max_length=40)
    active: bool = plain(True)
    supervisor: str | None = plain(None, max_length=60, index=True)

    def has(self, *roles: Role) -> bool:
        """Whether they hold one of these roles."""
        return self.active and any(role.value in self.roles for role in roles)


class ApiKey(Record, table=True):
    """A key of one member of staff."""

    __tablename__ = "api_keys"

    staff_handle: str = plain(max_length=60, index=True)
    sha256: str = plain(max_length=64, unique=True)
    made_at: datetime = instant()
    revoked_at: datetime | None = instant(None)


def issue_key(session: Session, handle: str, now: datetime) -> str:
    """Make a key for somebody and give it: the only time it is seen. 256 random bits."""
    key = "sila_" + secrets.token_urlsafe(32)
    session.add(ApiKey(staff_handle=handle, sha256=hashed(key), made_at=now))
    return key


def whose_key(session: Session, key: str) -> Staff | None:
    """The active member of staff whose live key this is."""
    return session.execute(of_key(), {"sha256": hashed(key)}).scalar()


@cache
def of_key() -> Select[tuple[Staff]]:
    """The query, put together once a process."""
    query = sa.select(Staff).join(ApiKey, col(ApiKey.staff_handle) == Staff.handle)
    live = col(ApiKey.revoked_at).is_(None) & col(Staff.active)
    return query.where(col(ApiKey.sha256) == bindparam("sha256"), live)


def hashed(key: str) -> str:
    """What is kept of a key. A plain hash is enough: the key has 256 random bits."""
    return hashlib.sha256(key.encode()).hexdigest()
