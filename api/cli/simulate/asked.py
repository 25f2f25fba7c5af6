"""What a case asks of staff, and who answers."""

from sqlmodel import Session

from models.cabinet import rows_of
from models.case import Case
from models.question import Question
from models.staff import Staff
from models.stage import Role


def open_now(session: Session, case: Case) -> list[Question]:
    """The open questions of a case."""
    rows = rows_of(session, case, Question)
    return [row for row in rows if row.answered_at is None and row.voided_at is None]


def by(role: Role) -> Staff:
    """Somebody of one role."""
    return Staff(handle=role.value, roles=[role.value])
