"""One-time codes to a link: six digits by another channel, for ten minutes, five tries, one browser (C11, T7, T13)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.base import Record, instant, plain
from models.database import keyring_of
from models.link import MOST_WRONG, Link, hashed
from models.link_session import begin

LIFETIME = timedelta(minutes=10)
MOST_TRIES = 5
MOST_AN_HOUR = 5  # codes for one link, on all devices together
DIGITS = 6


class LinkCode(Record, table=True):
    """One code, kept as an HMAC that binds it to its link and to the browser that asked for it."""

    __tablename__ = "link_codes"

    link_id: UUID = plain(foreign_key="links.id", index=True)
    device_sha256: str = plain(max_length=64)
    mac: str = plain(max_length=64)
    channel: str = plain(max_length=10)
    made_at: datetime = instant()
    expires_at: datetime = instant()
    tries: int = plain(0)
    used_at: datetime | None = instant(None)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be entered."""
        return self.used_at is None and now < self.expires_at and self.tries < MOST_TRIES


@dataclass(frozen=True)
class Entered:
    """A session was begun. ``cookie`` is its value; ``is_other``: on another device than the link's first."""

    cookie: str
    is_other: bool
    link: Link


def ask(session: Session, link: Link, device: str, channel: str, now: datetime) -> str | None:
    """Make a code for one browser; older ones of it are void. None when too many were asked for within the hour."""
    recent = select(func.count()).where(LinkCode.link_id == link.id, col(LinkCode.made_at) > now - timedelta(hours=1))
    if not link.opens(now) or session.exec(recent).one() >= MOST_AN_HOUR:
        return None
    for old in codes_of(session, link, device):
        old.expires_at = min(old.expires_at, now)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    row = LinkCode(
        link_id=link.id, device_sha256=hashed(device), mac=mac(session, link, device, code), channel=channel,
        made_at=now, expires_at=now + LIFETIME,
    )  # fmt: skip
    session.add(row)
    return code


def enter(session: Session, link: Link, device: str, code: str, now: datetime, language: str = "en") -> Entered | None:
    """Take a code, once: gives the session it begins, or None. Every try counts, so commit whatever it gives."""
    if not fits(session, link, device, code, now):
        return None
    link.views += 1
    is_other = link.device_sha256 not in (None, hashed(device))
    link.device_sha256 = link.device_sha256 or hashed(device)
    return Entered(begin(session, link, now, language, is_other=is_other), is_other, link)


def fits(session: Session, link: Link, device: str, code: str, now: datetime) -> bool:
    """Use a code up: whether it is the newest one of this browser, and still good. Every try counts: commit it."""
    link = session.get_one(Link, link.id, with_for_update=True)
    row = next(iter(codes_of(session, link, device)), None)
    if row is None or not link.opens(now) or not row.is_open(now):
        return False
    row.tries += 1
    if not hmac.compare_digest(row.mac, mac(session, link, device, code.strip())):
        link.wrong += 1
        link.revoked_at = now if link.wrong >= MOST_WRONG else None
        return False
    row.used_at = now
    return True


def codes_of(session: Session, link: Link, device: str) -> list[LinkCode]:
    """The codes that one browser asked for, the newest first."""
    mine = select(LinkCode).where(LinkCode.link_id == link.id, LinkCode.device_sha256 == hashed(device))
    return list(session.exec(mine.order_by(col(LinkCode.made_at).desc(), col(LinkCode.id).desc())))


def mac(session: Session, link: Link, device: str, code: str) -> str:
    """What is kept of a code: six digits alone would be found from a plain hash."""
    key = keyring_of(session).derived("link code")
    return hmac.new(key, f"{link.id}.{hashed(device)}.{code}".encode(), hashlib.sha256).hexdigest()
