"""Answers already given to a POST with the same Idempotency-Key, so that a repeat gets the same one."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from models.base import Record, instant, plain


class Answered(Record, table=True):
    """Key, whose, which door, the hash of the body, and the answer given (None while it is being made)."""

    __tablename__ = "answered"
    __table_args__ = (UniqueConstraint("who", "key"),)

    who: str = plain(max_length=60)
    key: str = plain(max_length=120)
    door: str = plain(max_length=200)
    body_sha256: str = plain(max_length=64)
    at: datetime = instant()
    status: int | None = plain(None)
    answer: str | None = plain(None)
