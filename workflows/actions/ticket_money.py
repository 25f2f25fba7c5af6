"""What a ticket's money does when the airline takes it or gives it back: one entry of the ledger for each payment."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from integrations.airline import Cancellation
from models import refund
from models.booking import Booking

BY = "sila"


def bought(session: Session, booking: Booking, now: datetime) -> None:
    """The airline has our money."""
    refund.paid(session, booking, by=BY, at=now)


def back(session: Session, booking: Booking, answer: Any, now: datetime) -> None:
    """What comes back is owed until it is here; what went back to our balance with the airline is here at once."""
    said = answer if isinstance(answer, Cancellation) else None
    amount = said.refund.amount if said and said.refund else None
    booking.refund = amount
    if not refund.postings_of(session, booking):
        return  # a hold that was never paid
    refund.given_back(session, booking, amount, by=BY, at=now)
    if said and said.to_balance and amount:
        owed = refund.balances(refund.postings_of(session, booking))[refund.Account.AIRLINE_OWES]
        refund.received(session, booking, min(amount, owed), said.id, by=BY, at=now)
