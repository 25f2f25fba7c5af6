"""Whose API key it is, and whether they are shut out: one query, since every request of a program begins with it."""

from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Select, bindparam
from sqlmodel import Session, col

from models.glass import GlassBreak
from models.queries.glass import LOCKED_AFTER
from models.staff import ApiKey, Staff, hashed


def holder(session: Session, key: str, now: datetime) -> tuple[Staff, bool] | None:
    """The active member of staff whose live key this is, and whether they are locked (``models.queries.glass``)."""
    said = {"sha256": hashed(key), "locked_since": now - LOCKED_AFTER}
    found = session.execute(by_key(), said).first()
    return (found[0], bool(found[1])) if found else None


@cache
def by_key() -> Select[tuple[Staff, bool]]:
    """The query, put together once a process."""
    late = sa.exists().where(
        col(GlassBreak.handle) == Staff.handle, col(GlassBreak.reviewed_at).is_(None),
        col(GlassBreak.at) <= bindparam("locked_since"),
    )  # fmt: skip
    query = sa.select(Staff, late).join(ApiKey, col(ApiKey.staff_handle) == Staff.handle)
    live = col(ApiKey.revoked_at).is_(None) & col(Staff.active)
    return query.where(col(ApiKey.sha256) == bindparam("sha256"), live)
