"""Reads of deadlines for doors: open ones, missed ones, and how many each owner missed. No names, no free text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.case import Case
from models.deadline import Deadline


def page(
    session: Session,
    *,
    owner: str | None = None,
    missed: bool = False,
    before: datetime | None = None,
    after: UUID | None = None,
    most: int = 100,
    case: Any = Case,
    among: ColumnElement[bool] | None = None,
) -> Sequence[tuple[Deadline, str]]:
    """Deadlines that run, by id, with the reference of their case; only missed ones; only those that end before.

    ``among``: only of cases for which this holds, of ``case``, an alias of them (``models.queries.access.sees``).
    """
    query = select(Deadline, case.ref).join(case, case.id == Deadline.case_id)
    query = query.where(col(Deadline.met_at).is_(None), col(Deadline.voided_at).is_(None))
    query = query.where(among) if among is not None else query
    query = query.where(Deadline.owner == owner) if owner else query
    query = query.where(col(Deadline.overdue_at).is_not(None)) if missed else query
    query = query.where(Deadline.until < before) if before else query
    query = query.where(col(Deadline.id) > after) if after else query
    return session.exec(query.order_by(col(Deadline.id)).limit(most)).all()


def missed_by_owner(session: Session, since: datetime | None = None) -> dict[str, tuple[int, int]]:
    """How many each owner ever missed, and how many of these still run (KPI: every overdue limit by owner)."""
    running = col(Deadline.met_at).is_(None) & col(Deadline.voided_at).is_(None)
    query = select(Deadline.owner, func.count(), func.count().filter(running)).where(
        col(Deadline.overdue_at).is_not(None)
    )
    query = query.where(col(Deadline.overdue_at) >= since) if since else query
    return {owner: (all_, now) for owner, all_, now in session.exec(query.group_by(Deadline.owner)).all()}
