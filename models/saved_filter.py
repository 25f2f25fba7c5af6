"""Lists of cases that somebody wants to find again: the filters as an address says them, under a sealed name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Session, col, select

from models.base import Record, instant, plain
from models.house_seal import house_sealed, opened, seal
from models.staff import Staff

LONGEST, MOST = 40, 20  # letters of a name, lists of one person


class TooMany(Exception):
    """Somebody has as many lists as one may keep."""


class SavedFilter(Record, table=True):
    """One list of one member of staff, as the address says it: ``overdue=true&stage=health``.

    Its name is free text, which may say whom it is about: it is sealed.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("handle", "filters"),)

    at: datetime = instant()
    handle: str = plain(max_length=60, index=True)
    filters: str = plain(max_length=300)
    name: bytes | None = house_sealed(2)


def saved_of(session: Session, handle: str) -> list[tuple[UUID, str, str]]:
    """The lists of somebody, the oldest first: id, name and filters of each."""
    return [(row.id, opened(session, row, "name") or row.filters, row.filters) for row in rows_of(session, handle)]


def save(session: Session, handle: str, name: str, filters: str, now: datetime) -> None:
    """Keep a list; the same filters under another name are renamed. Raises TooMany."""
    session.exec(select(Staff).where(Staff.handle == handle).with_for_update()).one()  # two tabs: one after the other
    kept = rows_of(session, handle)
    row = next((one for one in kept if one.filters == filters), None)
    if row is None and len(kept) >= MOST:
        raise TooMany
    row = row or SavedFilter(at=now, handle=handle, filters=filters)
    seal(session, row, name=name)
    session.add(row)


def forget(session: Session, handle: str, which: UUID) -> None:
    """Delete a list of one's own; nothing happens to anybody else's."""
    row = session.get(SavedFilter, which)
    if row and row.handle == handle:
        session.delete(row)


def rows_of(session: Session, handle: str) -> Sequence[SavedFilter]:
    """As they are kept."""
    query = select(SavedFilter).where(SavedFilter.handle == handle)
    return session.exec(query.order_by(col(SavedFilter.at), col(SavedFilter.id))).all()
