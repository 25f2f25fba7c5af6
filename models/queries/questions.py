"""Open questions of one case."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.question import Question


def open_in(session: Session, case_id: UUID) -> Sequence[Question]:
    """What is asked in a case, the most urgent first."""
    query = select(Question).where(
        Question.case_id == case_id, col(Question.answered_at).is_(None), col(Question.voided_at).is_(None)
    )
    return session.exec(query.order_by(col(Question.until), col(Question.id))).all()
