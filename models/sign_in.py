"""The audit of sign-ins: who, when, how it ended, and from which network; no password, no address of a person."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, func, select

from models.base import Record, instant, plain, word


class Outcome(StrEnum):
    """How something about signing in ended."""

    BEGUN = "begun"  # written before the password is looked at; it stays when the process dies then
    WRONG = "wrong"
    LOCKED = "locked"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    UNREVIEWED = "unreviewed"  # both factors were right; an emergency access of theirs waits for its review
    PASSWORD = "password"  # noqa: S105  the first factor was right
    WRONG_CODE = "wrong_code"
    SIGNED_IN = "signed_in"
    RECOVERED = "recovered"
    BY_PROVIDER = "by_provider"
    STEPPED_UP = "stepped_up"
    GIVEN_BACK = "given_back"  # the act that a code was shown for was refused
    SIGNED_OUT = "signed_out"
    ENDED = "ended"
    ENROLLED = "enrolled"
    NEW_PASSWORD = "new_password"  # noqa: S105
    NEW_CODES = "new_codes"


FAILURES = (Outcome.WRONG, Outcome.LOCKED, Outcome.UNKNOWN, Outcome.CLOSED, Outcome.WRONG_CODE)


class SignIn(Record, table=True):
    """One try. ``handle`` is empty for a name that nobody has: it may be a password in the wrong field."""

    __tablename__ = "sign_ins"

    at: datetime = instant(index=True)
    handle: str | None = plain(None, max_length=60, index=True)
    outcome: Outcome = word(Outcome)
    network: str = plain(max_length=12)


def note(session: Session, handle: str | None, outcome: Outcome, network: str, now: datetime) -> SignIn:
    """Write one down."""
    row = SignIn(at=now, handle=handle, outcome=outcome, network=network)
    session.add(row)
    return row


def latest(session: Session, handle: str | None = None, most: int = 200) -> list[SignIn]:
    """The latest, of somebody or of everybody, newest first."""
    query = select(SignIn).order_by(col(SignIn.at).desc(), col(SignIn.id).desc()).limit(most)
    return list(session.exec(query.where(SignIn.handle == handle) if handle else query).all())


def failures(session: Session, since: datetime) -> int:
    """How many tries failed since an instant: many at once are somebody who guesses (T14)."""
    query = select(func.count()).select_from(SignIn).where(SignIn.at >= since)
    return session.exec(query.where(col(SignIn.outcome).in_(FAILURES))).one()
