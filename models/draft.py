"""Forms that somebody put aside to finish later: sealed, for their writer alone, and for a week."""

from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint
from sqlmodel import Session, col, delete, select

from models.base import Record, instant, plain
from models.house_seal import house_sealed, opened, seal

DRAFT_FOR = timedelta(days=7)
Fields = dict[str, list[str]]


class Draft(Record, table=True):
    """One form of one writer: which page it is of (an address, so references only) and what was typed."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("staff_handle", "path"),)

    staff_handle: str = plain(max_length=60)
    path: str = plain(max_length=200)
    fields: bytes | None = house_sealed(3)
    made_at: datetime = instant()
    until: datetime = instant(index=True)


def put_aside(session: Session, handle: str, path: str, fields: Fields, now: datetime) -> None:
    """Keep what was typed so far in place of what was kept before; what is past its time goes."""
    forget_expired(session, now)
    row = found(session, handle, path) or Draft(staff_handle=handle, path=path, made_at=now, until=now)
    row.made_at, row.until = now, now + DRAFT_FOR
    seal(session, row, fields=fields)
    session.add(row)


def taken_up(session: Session, handle: str, path: str, now: datetime) -> tuple[Fields, datetime] | None:
    """What was typed, and when; None where nothing was put aside or its time is over."""
    row = found(session, handle, path)
    if row is None or row.until <= now:
        return None
    return {str(name): list(texts) for name, texts in opened(session, row, "fields").items()}, row.made_at


def drafts_of(session: Session, handle: str, now: datetime, most: int = 50) -> list[tuple[str, datetime]]:
    """The pages on which somebody has put a form aside, the newest first, and when."""
    query = select(Draft.path, Draft.made_at).where(Draft.staff_handle == handle, col(Draft.until) > now)
    return list(session.exec(query.order_by(col(Draft.made_at).desc()).limit(most)).all())


def thrown_away(session: Session, handle: str, path: str) -> None:
    """It was sent, or is not wanted any more."""
    session.exec(delete(Draft).where(col(Draft.staff_handle) == handle, col(Draft.path) == path))


def forget_expired(session: Session, now: datetime) -> None:
    """What nobody came back for."""
    session.exec(delete(Draft).where(col(Draft.until) <= now))


def found(session: Session, handle: str, path: str) -> Draft | None:
    """The row of a page and a writer."""
    return session.exec(select(Draft).where(Draft.staff_handle == handle, Draft.path == path)).first()
