"""Complaints, and what people ask about their own data: for supervisors, and never for whoever answers for the case.

It is no row of a case: who works on the case does not find it there. Without a name it does not say whose it is.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from models.base import Record, instant, plain, word
from models.house_seal import house_sealed

ANSWERED_WITHIN = timedelta(days=30)  # domain.md §4.6: a request about one's data is answered within 30 days


class Topic(StrEnum):
    """What it is about."""

    STAFF = "staff"
    SUPPORT = "support"
    MONEY = "money"
    DATA_COPY = "data_copy"
    DATA_WRONG = "data_wrong"
    DATA_DELETE = "data_delete"
    OTHER = "other"


class Complaint(Record, table=True):
    """One complaint. ``case_ref`` is None when it was made without a name; ``kept_from`` must not read it.

    ``once``: the hash of the random mark of the form that it came by, so that a form sent twice is one complaint.
    """

    __tablename__ = "complaints"

    at: datetime = instant()
    topic: Topic = word(Topic)
    case_ref: str | None = plain(None, max_length=20, index=True)
    kept_from: str = plain(max_length=60)
    until: datetime = instant()
    text: bytes | None = house_sealed(3)
    answer: bytes | None = house_sealed(3)
    answered_at: datetime | None = instant(None)
    answered_by: str | None = plain(None, max_length=60)
    once: str | None = plain(None, max_length=64, unique=True)


def complaints_for(session: Session, handle: str, *, is_open: bool = True, most: int = 50) -> list[Complaint]:
    """What a supervisor may look at, the oldest first: nothing that is about their own work."""
    done = col(Complaint.answered_at)
    query = select(Complaint).where(Complaint.kept_from != handle, done.is_(None) if is_open else done.is_not(None))
    return list(session.exec(query.order_by(col(Complaint.at)).limit(most)))


def complaints_of(session: Session, ref: str) -> list[Complaint]:
    """What was said from a case with a name, the newest first."""
    return list(session.exec(select(Complaint).where(Complaint.case_ref == ref).order_by(col(Complaint.at).desc())))
