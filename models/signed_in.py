"""Who is signed in: a row for each session, known by the SHA-256 of a random cookie value."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, select

from models.base import Record, instant, plain
from models.staff import Staff

IDLE = timedelta(minutes=15)  # reliability.md C6
ABSOLUTE = timedelta(hours=8)


class SignedIn(Record, table=True):
    """One session of a member of staff. ``proved_at``: when the second factor was last shown."""

    __tablename__ = "signed_in"

    sha256: str = plain(max_length=64, unique=True)
    staff_handle: str = plain(max_length=60, index=True)
    csrf: str = plain(max_length=64)
    language: str = plain("en", max_length=3)
    made_at: datetime = instant()
    seen_at: datetime = instant()
    proved_at: datetime | None = instant(None)
    ended_at: datetime | None = instant(None)

    def lives(self, now: datetime) -> bool:
        """Neither ended, nor idle for a quarter of an hour, nor older than a working day."""
        return self.ended_at is None and now - self.seen_at < IDLE and now - self.made_at < ABSOLUTE

    def accepts(self, token: str) -> bool:
        """Whether a form's token is this session's."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def begin(session: Session, handle: str, now: datetime, language: str = "en", *, proved: bool = True) -> str:
    """Sign somebody in and give the cookie's value: 256 random bits that are kept nowhere."""
    value = secrets.token_urlsafe(32)
    proved_at = now if proved else None
    kept = SignedIn(
        sha256=hashed(value), staff_handle=handle, csrf=secrets.token_urlsafe(32), language=language,
        made_at=now, seen_at=now, proved_at=proved_at,
    )  # fmt: skip
    session.add(kept)
    return value


def whose(session: Session, value: str, now: datetime) -> tuple[SignedIn, Staff] | None:
    """The live session of a cookie's value, and whose it is; None for anything else."""
    row = session.exec(select(SignedIn).where(SignedIn.sha256 == hashed(value))).first()
    if row is None or not row.lives(now):
        return None
    staff = session.exec(select(Staff).where(Staff.handle == row.staff_handle)).first()
    return (row, staff) if staff and staff.active else None


def end_all(session: Session, handle: str, now: datetime) -> None:
    """End every session of somebody, at once."""
    rows = session.exec(select(SignedIn).where(SignedIn.staff_handle == handle, SignedIn.ended_at == None))  # noqa: E711
    for row in rows:
        row.ended_at = now


def hashed(value: str) -> str:
    """What is kept of a cookie's value. A plain hash is enough: the value has 256 random bits."""
    return hashlib.sha256(value.encode()).hexdigest()
