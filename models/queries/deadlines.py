"""Reads of deadlines for doors: open ones, missed ones, and how many each owner missed. No names, no free text."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Select, bindparam, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.case import Case
from models.deadline import Deadline
from models.queries.access import sees
from models.queries.glass import LOCKED_AFTER
from models.queries.ties import Anybody
from models.staff import Staff


def page(
    session: Session,
    *,
    owner: str | None = None,
    missed: bool = False,
    before: datetime | None = None,
    after: UUID | None = None,
    most: int = 100,
) -> Sequence[tuple[Deadline, str]]:
    """Deadlines that run, by id, with the reference of their case; only missed ones; only those that end before."""
    query = select(Deadline, Case.ref).join(Case, col(Case.id) == Deadline.case_id)
    query = query.where(col(Deadline.met_at).is_(None), col(Deadline.voided_at).is_(None))
    query = query.where(Deadline.owner == owner) if owner else query
    query = query.where(col(Deadline.overdue_at).is_not(None)) if missed else query
    query = query.where(Deadline.until < before) if before else query
    query = query.where(col(Deadline.id) > after) if after else query
    return session.exec(query.order_by(col(Deadline.id)).limit(most)).all()


def listed(
    session: Session, who: Staff, now: datetime, *, owner: str | None = None, missed: bool = False,
    after: UUID | None = None, most: int = 100,
) -> Sequence[Any]:  # fmt: skip
    """The same of cases that somebody may list, as plain rows."""
    said = {"handle": who.handle, "partner": who.partner or "", "now": now, "locked_since": now - LOCKED_AFTER}
    query = listed_of(tuple(who.roles), bool(owner), missed, bool(after), most)
    return session.connection().execute(query, said | {"owner": owner, "after": after}).all()


@lru_cache(maxsize=1000)
def listed_of(roles: tuple[str, ...], by_owner: bool, missed: bool, goes_on: bool, most: int) -> Select[Any]:
    """The query, put together once a process: that takes longer than asking it."""
    table, case = Deadline.__table__.c, aliased(Case)  # type: ignore[attr-defined]
    who = Anybody(roles, bindparam("handle"), bindparam("partner"))
    among = sees(who, bindparam("now"), case, locked_since=bindparam("locked_since"))
    query: Any = sa.select(*table, case.ref).join(case, col(case.id) == table.case_id)  # type: ignore[call-overload]
    query = query.where(table.met_at.is_(None), table.voided_at.is_(None), among)
    query = query.where(table.owner == bindparam("owner")) if by_owner else query
    query = query.where(table.overdue_at.is_not(None)) if missed else query
    query = query.where(table.id > bindparam("after")) if goes_on else query
    return query.order_by(table.id).limit(literal_column(str(most)))  # type: ignore[no-any-return]


def missed_by_owner(session: Session, since: datetime | None = None) -> dict[str, tuple[int, int]]:
    """How many each owner ever missed, and how many of these still run (KPI: every overdue limit by owner)."""
    running = col(Deadline.met_at).is_(None) & col(Deadline.voided_at).is_(None)
    query = select(Deadline.owner, func.count(), func.count().filter(running)).where(
        col(Deadline.overdue_at).is_not(None)
    )
    query = query.where(col(Deadline.overdue_at) >= since) if since else query
    return {owner: (all_, now) for owner, all_, now in session.exec(query.group_by(Deadline.owner)).all()}
