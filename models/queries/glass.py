"""Reads of break-glass: what is to be reviewed by whom, and who is locked because nobody reviewed what they did."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.glass import Alert, GlassBreak
from models.staff import Staff

LOCKED_AFTER = timedelta(hours=72)  # reliability.md C4


def is_locked(session: Session, handle: str, now: datetime) -> bool:
    """Whether somebody is shut out of pages and keys until a second person has reviewed what they did."""
    return session.exec(unreviewed(handle, now).limit(1)).first() is not None


def unreviewed(handle: str, now: datetime) -> SelectOfScalar[UUID]:
    """What locks somebody: their broken glass that nobody has reviewed in time."""
    return select(GlassBreak.id).where(
        GlassBreak.handle == handle, col(GlassBreak.reviewed_at).is_(None), GlassBreak.at <= now - LOCKED_AFTER
    )


def open_until(session: Session, handle: str, ref: str, now: datetime) -> datetime | None:
    """Until when somebody reads a case by broken glass."""
    query = select(GlassBreak.ends_at).where(GlassBreak.handle == handle, GlassBreak.case_ref == ref)
    return session.exec(query.where(GlassBreak.ends_at > now).order_by(col(GlassBreak.ends_at).desc())).first()


def alerts_for(session: Session, who: Staff, most: int = 100) -> Sequence[Alert]:
    """What somebody must look at, the oldest first: put to them by name, or to everybody in a role of theirs."""
    query = select(Alert).where(col(Alert.role).in_(who.roles), col(Alert.done_at).is_(None))
    mine = query.where(or_(col(Alert.handle).is_(None), Alert.handle == who.handle))
    return session.exec(mine.order_by(col(Alert.until), col(Alert.id)).limit(most)).all()


def to_review(session: Session, who: Staff, most: int = 100) -> Sequence[GlassBreak]:
    """Broken glass that nobody has reviewed, the oldest first; never one's own."""
    query = select(GlassBreak).where(col(GlassBreak.reviewed_at).is_(None), GlassBreak.handle != who.handle)
    return session.exec(query.order_by(col(GlassBreak.at)).limit(most)).all()


def breaks(
    session: Session, *, by: str | None = None, ref: str | None = None, after: UUID | None = None, most: int = 100
) -> Sequence[GlassBreak]:
    """All broken glass in order, for auditors."""
    query = select(GlassBreak).order_by(col(GlassBreak.id)).limit(most)
    query = query.where(GlassBreak.handle == by) if by else query
    query = query.where(GlassBreak.case_ref == ref) if ref else query
    return session.exec(query.where(GlassBreak.id > after) if after else query).all()
