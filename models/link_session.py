"""Who has opened a link: a session of half an hour's rest that ends with its link."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, select

from models.base import Record, instant, plain
from models.link import Link, LinkPurpose, hashed

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)  # no write for every click


class LinkSession(Record, table=True):
    """One browser that entered a code. ``is_other``: the link was opened elsewhere before.

    ``empty``: somebody may be forcing the person to open it, so that it shows nothing.
    """

    __tablename__ = "link_sessions"

    sha256: str = plain(max_length=64, unique=True)
    link_id: UUID = plain(foreign_key="links.id", index=True)
    csrf: str = plain(max_length=64)
    language: str = plain("en", max_length=3)
    is_other: bool = plain(False)
    empty: bool = plain(False)
    made_at: datetime = instant()
    seen_at: datetime = instant()
    ended_at: datetime | None = instant(None)

    def lives(self, now: datetime) -> bool:
        """Neither ended, nor idle for half an hour, nor older than a working day."""
        return self.ended_at is None and now - self.seen_at < IDLE and now - self.made_at < ABSOLUTE

    def accepts(self, token: str) -> bool:
        """Whether a form's token is this session's."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def begin(
    session: Session, link: Link, now: datetime, language: str = "en", *, is_other: bool = False, empty: bool = False
) -> str:
    """Open a session and give its cookie's value: 256 random bits that are kept nowhere."""
    value = secrets.token_urlsafe(32)
    row = LinkSession(
        sha256=hashed(value), link_id=link.id, csrf=secrets.token_urlsafe(32), language=language, is_other=is_other,
        empty=empty, made_at=now, seen_at=now,
    )  # fmt: skip
    session.add(row)
    return value


def keep_awake(session: Session, session_id: UUID, now: datetime) -> None:
    """Note that a session is in use: where something was sent, for reading changes nothing."""
    row = session.get(LinkSession, session_id)
    if row is not None and now - row.seen_at >= SEEN_EVERY:
        row.seen_at = now


def whose(session: Session, purpose: LinkPurpose, value: str, now: datetime) -> tuple[LinkSession, Link] | None:
    """The live session of a cookie's value and its living link; None for anything else."""
    row = session.exec(select(LinkSession).where(LinkSession.sha256 == hashed(value))).first()
    link = session.get(Link, row.link_id) if row else None
    if row is None or link is None or link.purpose is not purpose:
        return None
    return (row, link) if row.lives(now) and link.lives(now) else None
