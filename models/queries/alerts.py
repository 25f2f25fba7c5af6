"""What somebody must look at: alerts to them by name, and to everybody in one of their roles."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, or_, select

from models.glass import Alert
from models.staff import Staff
from models.stage import Role

MOST = 20


def for_staff(session: Session, who: Staff) -> Sequence[Alert]:
    """Open alerts for somebody, the one that is due first at the top. They name a case by its reference alone."""
    roles = [role for role in Role if who.has(role)]
    mine = or_(Alert.handle == who.handle, col(Alert.handle).is_(None) & col(Alert.role).in_(roles))
    query = select(Alert).where(col(Alert.done_at).is_(None), mine)
    return session.exec(query.order_by(col(Alert.until), col(Alert.id)).limit(MOST)).all()


def one_for(session: Session, who: Staff, alert: UUID) -> Alert | None:
    """An open alert, if it is for this person."""
    row = session.get(Alert, alert)
    if row is None or row.done_at is not None:
        return None
    mine = row.handle == who.handle or (row.handle is None and who.has(row.role))
    return row if mine else None
