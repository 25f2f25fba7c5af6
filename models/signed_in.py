"""Who is signed in: a row for each session, known by the SHA-256 of a random cookie value."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.base import Record, instant, plain
from models.staff import Staff

IDLE = timedelta(minutes=15)  # reliability.md C6
ABSOLUTE = timedelta(hours=8)


class SignedIn(Record, table=True):
    """One session of a member of staff. ``proved_at``: when the second factor was last shown.

    ``only_password``: they have to choose a new password before anything else.
    """

    __tablename__ = "signed_in"

    sha256: str = plain(max_length=64, unique=True)
    staff_handle: str = plain(max_length=60, index=True)
    csrf: str = plain(max_length=64)
    language: str = plain("en", max_length=3)
    made_at: datetime = instant()
    seen_at: datetime = instant()
    proved_at: datetime | None = instant(None)
    ended_at: datetime | None = instant(None)
    only_password: bool = plain(False)

    def lives(self, now: datetime) -> bool:
        """Neither ended, nor idle for a quarter of an hour, nor older than a working day."""
        return self.ended_at is None and now - self.seen_at < IDLE and now - self.made_at < ABSOLUTE

    def accepts(self, token: str) -> bool:
        """Whether a form's token is this session's."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def begin(
    session: Session,
    handle: str,
    now: datetime,
    language: str = "en",
    *,
    proved_at: datetime | None = None,
    only_password: bool = False,
) -> str:
    """Sign somebody in and give the cookie's value: 256 random bits that are kept nowhere.

    ``proved_at``: when the second factor was shown, if not just now.
    """
    value = secrets.token_urlsafe(32)
    kept = SignedIn(
        sha256=hashed(value), staff_handle=handle, csrf=secrets.token_urlsafe(32), language=language,
        made_at=now, seen_at=now, proved_at=proved_at or now, only_password=only_password,
    )  # fmt: skip
    session.add(kept)
    return value


def session_of(session: Session, value: str) -> SignedIn | None:
    """The session of a cookie's value, whether it lives or not."""
    return session.exec(select(SignedIn).where(SignedIn.sha256 == hashed(value))).first()


def whose(session: Session, value: str, now: datetime) -> tuple[SignedIn, Staff] | None:
    """The live session of a cookie's value, and whose it is; None for anything else."""
    query = select(SignedIn, Staff).join(Staff, col(Staff.handle) == SignedIn.staff_handle)
    found = session.exec(query.where(SignedIn.sha256 == hashed(value))).first()
    return (found[0], found[1]) if found and found[0].lives(now) and found[1].active else None


def end_all(session: Session, handle: str, now: datetime) -> None:
    """End every session of somebody, at once."""
    for row in living(session, handle):
        row.ended_at = now


def living(session: Session, handle: str) -> list[SignedIn]:
    """The sessions of somebody that nobody ended, the newest first; some may be past their time."""
    query = select(SignedIn).where(SignedIn.staff_handle == handle, col(SignedIn.ended_at).is_(None))
    return list(session.exec(query.order_by(col(SignedIn.made_at).desc())).all())


def hashed(value: str) -> str:
    """What is kept of a cookie's value. A plain hash is enough: the value has 256 random bits."""
    return hashlib.sha256(value.encode()).hexdigest()
