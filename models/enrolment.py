"""Enrolment: a link, good once and for two days, with which somebody sets their password and second factor."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.account import new_secret
from models.base import Record, instant, plain
from models.house_seal import house_sealed, seal
from models.staff import hashed

GOOD_FOR = timedelta(hours=48)


class Enrolment(Record, table=True):
    """One link: its SHA-256, and the secret that the page shows to the authenticator app."""

    __tablename__ = "enrolments"

    staff_handle: str = plain(max_length=60, index=True)
    sha256: str = plain(max_length=64, unique=True)
    totp: bytes | None = house_sealed()
    by: str = plain(max_length=60)
    made_at: datetime = instant()
    until: datetime = instant()
    used_at: datetime | None = instant(None)


def invite(session: Session, handle: str, by: str, now: datetime) -> str:
    """A new link's token, 256 random bits that are kept nowhere; those before it end."""
    earlier = select(Enrolment).where(Enrolment.staff_handle == handle, col(Enrolment.used_at).is_(None))
    for row in session.exec(earlier):
        row.used_at = now
    token = secrets.token_urlsafe(32)
    made = Enrolment(staff_handle=handle, sha256=hashed(token), by=by, made_at=now, until=now + GOOD_FOR)
    seal(session, made, totp=new_secret())
    session.add(made)
    return token


def enrolment_of(session: Session, token: str, now: datetime) -> Enrolment | None:
    """The enrolment of a token that is still good; used, expired and unknown are the same."""
    query = select(Enrolment).where(Enrolment.sha256 == hashed(token), col(Enrolment.used_at).is_(None))
    row = session.exec(query.with_for_update()).first()
    return row if row and now < row.until else None
