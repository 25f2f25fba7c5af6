"""The queue of a role: what is asked of it in the cases that somebody may list, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from models.access import Act
from models.assignment import CaseAssignment
from models.case import Case
from models.queries.access import visible_to
from models.question import Question
from models.staff import Staff
from models.stage import Role

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One question: of which case, and who works on it in this role, if anybody does."""

    question: Question
    ref: str
    country: str
    taken_by: str | None


@dataclass(frozen=True)
class After:
    """Where the last page ended."""

    until: datetime
    id: UUID


def queue(
    session: Session, who: Staff, role: Role, now: datetime, *, mine: bool = False, free: bool = False,
    after: After | None = None,
) -> Sequence[Row]:  # fmt: skip
    """A page of a role's open questions; ``mine``: of cases that they have taken; ``free``: that nobody has."""
    taken = select(CaseAssignment.handle).where(
        CaseAssignment.case_id == Case.id, CaseAssignment.role == role, col(CaseAssignment.until).is_(None)
    )
    holder = taken.limit(1).scalar_subquery()
    query = select(Question, Case.ref, Case.country, holder).join(Case, col(Case.id) == Question.case_id)
    query = query.where(
        Question.role == role, col(Question.answered_at).is_(None), col(Question.voided_at).is_(None),
        col(Question.paused_at).is_(None), visible_to(who, now, Act.LIST),
    )  # fmt: skip
    query = query.where(holder == who.handle) if mine else query
    query = query.where(~taken.exists()) if free else query
    if after:
        later = (col(Question.until) == after.until) & (col(Question.id) > after.id)
        query = query.where(or_(col(Question.until) > after.until, later))
    rows = session.exec(query.order_by(col(Question.until), col(Question.id)).limit(PAGE)).all()
    return [Row(*row) for row in rows]
