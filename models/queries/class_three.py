"""Who has read class 3: for auditors by reader and case, for the person it is about by role and organisation only."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.glass import ClassThreeRead


class Reader(NamedTuple):
    """Who read, as the person is told: an organisation's role and never a name. ``partner`` is None for us."""

    at: datetime
    role: str | None
    partner: str | None
    fields: tuple[str, ...]


def reads(
    session: Session, *, by: str | None = None, ref: str | None = None, since: datetime | None = None,
    after: UUID | None = None, most: int = 100,
) -> Sequence[ClassThreeRead]:  # fmt: skip
    """Readings in the order in which they were written; ``after`` is the id of the last one seen."""
    query = select(ClassThreeRead).order_by(col(ClassThreeRead.id)).limit(most)
    query = query.where(ClassThreeRead.by == by) if by else query
    query = query.where(ClassThreeRead.case_ref == ref) if ref else query
    query = query.where(ClassThreeRead.at >= since) if since else query
    return session.exec(query.where(ClassThreeRead.id > after) if after else query).all()


def readers_of(session: Session, case: Case, person: UUID | None = None, most: int = 200) -> list[Reader]:
    """Who has seen what of a case, newest first; of one person, what was about them or about all of the case."""
    query = select(ClassThreeRead).where(ClassThreeRead.case_ref == case.ref)
    if person:
        query = query.where(col(ClassThreeRead.person_id).is_(None) | (ClassThreeRead.person_id == person))
    rows = session.exec(query.order_by(col(ClassThreeRead.id).desc()).limit(most)).all()
    return [Reader(row.at, row.role, row.partner, tuple(row.fields)) for row in rows]
