"""Links for people without an account: of the token only its SHA-256 is kept (reliability.md C10, S15).

The way of a link, for every door that uses one:

1. ``issue`` makes it, for one purpose, subject, recipient and version, and gives the token: it goes into one message.
2. GET of its address asks ``opening`` whether it opens, and changes nothing; the browser gets a random device cookie.
3. ``link_code.ask`` makes a one-time code for that device, which goes out by another channel than the link went.
4. ``link_code.enter`` takes the code and gives the value of a session cookie; then 303 to an address without token.
5. ``link_session.whose`` tells on every later request whose session it is; it ends with its link.

``revoke`` ends the links of a subject at once. Links live by the machine's own time (``clock.wall``).
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from models.base import Record, instant, plain, word


class LinkPurpose(StrEnum):
    """What a link is for; it opens nothing else."""

    PARTNER_HANDOVER = "partner_handover"
    PARTNER_PLACE = "partner_place"
    PERSON_WINDOW = "person_window"


# A person keeps their way in on paper until the last check-in, a year after the arrival; a PIN stands before it.
LONGEST = {
    LinkPurpose.PARTNER_HANDOVER: timedelta(hours=72),
    LinkPurpose.PARTNER_PLACE: timedelta(hours=72),
    LinkPurpose.PERSON_WINDOW: timedelta(days=500),
}
MOST_VIEWS = 12
MOST_WRONG = 15  # wrong codes in the life of a link; then it is revoked


class Link(Record, table=True):
    """One link. ``views``: how often it was opened with a code. ``device_sha256``: where it was opened first.

    ``message_id``: the message it went out by, so that its code goes by another channel.
    """

    __tablename__ = "links"

    sha256: str = plain(max_length=64, unique=True)
    purpose: LinkPurpose = word(LinkPurpose)
    subject: str = plain(max_length=40, index=True)
    recipient: str = plain(max_length=60)
    version: str = plain("", max_length=64)
    language: str = plain("en", max_length=3)
    made_at: datetime = instant()
    by: str = plain(max_length=60)
    expires_at: datetime = instant()
    most_views: int = plain(MOST_VIEWS)
    views: int = plain(0)
    wrong: int = plain(0)
    revoked_at: datetime | None = instant(None)
    device_sha256: str | None = plain(None, max_length=64)
    message_id: UUID | None = plain(None)

    def lives(self, now: datetime) -> bool:
        """Neither revoked nor expired: what was opened with it stays open."""
        return self.revoked_at is None and now < self.expires_at

    def opens(self, now: datetime) -> bool:
        """Whether it may be opened once more."""
        return self.lives(now) and self.views < self.most_views


def issue(
    session: Session,
    purpose: LinkPurpose,
    subject: str,
    recipient: str,
    by: str,
    now: datetime,
    *,
    version: str = "",
    language: str = "en",
    lifetime: timedelta | None = None,
    most_views: int = MOST_VIEWS,
) -> str:
    """Make a link and give its token: 256 random bits that are kept nowhere. Raises ValueError for too long a life."""
    lifetime = LONGEST[purpose] if lifetime is None else lifetime
    if not timedelta() < lifetime <= LONGEST[purpose]:
        raise ValueError(f"a link for {purpose.value} lives at most {LONGEST[purpose]}")
    token = secrets.token_urlsafe(32)
    row = Link(
        sha256=hashed(token), purpose=purpose, subject=subject, recipient=recipient, version=version,
        language=language, made_at=now, by=by, expires_at=now + lifetime, most_views=most_views,
    )  # fmt: skip
    session.add(row)
    return token


def opening(session: Session, purpose: LinkPurpose, token: str, now: datetime) -> Link | None:
    """The link of a token, while it opens; None for unknown, expired, revoked, used up and for another purpose."""
    row = session.exec(select(Link).where(Link.sha256 == hashed(token), Link.purpose == purpose)).first()
    return row if row and row.opens(now) else None


def links_of(session: Session, purpose: LinkPurpose, subject: str) -> list[Link]:
    """Every link of a subject, the newest first."""
    mine = select(Link).where(Link.purpose == purpose, Link.subject == subject)
    return list(session.exec(mine.order_by(col(Link.made_at).desc(), col(Link.id).desc())))


def revoke(session: Session, purpose: LinkPurpose, subject: str, now: datetime) -> int:
    """End every link of a subject, with what was opened by it, at once. Gives how many lived."""
    living = [row for row in links_of(session, purpose, subject) if row.lives(now)]
    for row in living:
        row.revoked_at = now
    return len(living)


def use_up(session: Session, purpose: LinkPurpose, subject: str) -> None:
    """Nobody opens the links of a subject any more; who is inside is still told what came of their last word."""
    for row in links_of(session, purpose, subject):
        row.most_views = min(row.most_views, row.views)


def hashed(value: str) -> str:
    """What is kept of a token or a cookie. A plain hash is enough: each has 256 random bits."""
    return hashlib.sha256(value.encode()).hexdigest()
