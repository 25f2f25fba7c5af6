"""What is kept for a while only goes at night: forms past their time, sessions and links that ended long ago."""

from datetime import datetime, timedelta

from sqlmodel import col, delete, or_

from models.clock import wall
from models.enrolment import Enrolment
from models.kept_form import forget_expired
from models.sign_in import SignIn
from models.signed_in import ABSOLUTE, SignedIn
from workflows.house import House

ENDED_FOR = timedelta(days=30)
AUDIT_FOR = timedelta(days=730)


def tidy(house: House, now: datetime | None = None) -> None:
    """Forget what is past its time, by the machine's own time, as sessions live."""
    now = now or wall()
    long_ago = now - ENDED_FOR
    with house.database.unit_of_work() as session:
        forget_expired(session, now)
        over = or_(col(SignedIn.ended_at) <= long_ago, col(SignedIn.made_at) <= long_ago - ABSOLUTE)
        session.exec(delete(SignedIn).where(over))
        session.exec(delete(Enrolment).where(col(Enrolment.until) <= long_ago))
        session.exec(delete(SignIn).where(col(SignIn.at) <= now - AUDIT_FOR))
