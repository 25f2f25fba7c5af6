"""Forms that met an ended session: what was typed is kept, sealed, for its writer alone and for a few hours."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models.base import Record, instant, plain
from models.house_seal import house_sealed, opened, seal

KEPT_FOR = timedelta(hours=8)
Fields = list[tuple[str, str]]


class KeptForm(Record, table=True):
    """One form: where it was going, and its fields. ``path`` holds references only, like every address."""

    __tablename__ = "kept_forms"

    staff_handle: str = plain(max_length=60, index=True)
    path: str = plain(max_length=500)
    fields: bytes | None = house_sealed(3)
    made_at: datetime = instant()
    until: datetime = instant(index=True)


def keep(session: Session, handle: str, path: str, fields: Fields, now: datetime) -> UUID:
    """Keep a form for its writer. What is past its time goes."""
    forget_expired(session, now)
    row = KeptForm(staff_handle=handle, path=path, made_at=now, until=now + KEPT_FOR)
    seal(session, row, fields=fields)
    session.add(row)
    return row.id


def kept(session: Session, handle: str, form: UUID, now: datetime) -> tuple[str, Fields] | None:
    """Where a form was going and what was typed; None for anybody else's, and when its time is over."""
    row = session.get(KeptForm, form)
    if row is None or row.staff_handle != handle or row.until <= now:
        return None
    return row.path, [(name, value) for name, value in opened(session, row, "fields")]


def newest(session: Session, handle: str, now: datetime) -> UUID | None:
    """The form that somebody was last kept from sending."""
    query = select(KeptForm.id).where(KeptForm.staff_handle == handle, col(KeptForm.until) > now)
    return session.exec(query.order_by(col(KeptForm.made_at).desc())).first()


def forget(session: Session, handle: str, form: UUID) -> None:
    """It was sent, or is not wanted any more."""
    session.exec(delete(KeptForm).where(col(KeptForm.id) == form, col(KeptForm.staff_handle) == handle))


def forget_expired(session: Session, now: datetime) -> None:
    """What nobody came back for."""
    session.exec(delete(KeptForm).where(col(KeptForm.until) <= now))
