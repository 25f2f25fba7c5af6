"""The money of each ticket as double entries: paid, given back, kept by the airline, written off (S22).

An entry is two or more postings whose amounts add up to nothing. Money that leaves or enters the house carries the
reference of the payment outside, and no two postings carry the same one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, select

from models.base import new_id, plain, word
from models.booking import MONEY, Booking
from models.case import OfJourney


class Account(StrEnum):
    """Where money is, or what it was for."""

    BANK = "bank"  # what left the house (negative) or came back
    TICKET = "ticket"  # worth of a ticket that can still be flown, or was
    AIRLINE_OWES = "airline_owes"  # what the airline must give back and has not
    PENALTY = "penalty"  # what the airline keeps
    WRITTEN_OFF = "written_off"  # what it should have given back and never will


class Unbalanced(ValueError):
    """An entry whose amounts do not add up to nothing."""


class Posting(OfJourney, table=True):
    """One line of an entry: so much on one account."""

    __tablename__ = "postings"

    entry: UUID = plain(index=True)
    booking_id: UUID = plain(foreign_key="bookings.id", index=True)
    kind: str = plain(max_length=20)
    account: Account = word(Account)
    amount: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    outside: str | None = plain(None, max_length=80, unique=True)


def post(
    session: Session, booking: Booking, kind: str, lines: Mapping[Account, Decimal], *, by: str, at: datetime,
    outside: str | None = None,
) -> None:  # fmt: skip
    """Write one entry. Raises Unbalanced; ``outside`` is the payment's reference, on the line of the bank."""
    if sum(lines.values(), Decimal()) != 0:
        raise Unbalanced(kind)
    entry = new_id()
    for account, amount in lines.items():
        if amount:
            session.add(
                Posting(
                    case_id=booking.case_id, at=at, by=by, journey=booking.journey, entry=entry, booking_id=booking.id,
                    kind=kind, account=account, amount=amount, currency=booking.currency,
                    outside=outside if account is Account.BANK else None,
                )
            )  # fmt: skip
    session.flush()


def postings_of(session: Session, booking: Booking) -> list[Posting]:
    """All lines about one booking."""
    return list(session.exec(select(Posting).where(Posting.booking_id == booking.id)))


def balances(postings: Iterable[Posting]) -> dict[Account, Decimal]:
    """What stands on each account. Raises Unbalanced when the whole is not nothing, which must never be."""
    totals = dict.fromkeys(Account, Decimal())
    for posting in postings:
        totals[posting.account] += posting.amount
    if sum(totals.values(), Decimal()) != 0:
        raise Unbalanced("ledger")
    return totals


def paid(session: Session, booking: Booking, *, by: str, at: datetime) -> None:
    """The price left the house; once a booking."""
    if not postings_of(session, booking):
        lines = {Account.TICKET: booking.price, Account.BANK: -booking.price}
        post(session, booking, "paid", lines, by=by, at=at, outside=booking.outside_id)


def given_back(session: Session, booking: Booking, refund: Decimal | None, *, by: str, at: datetime) -> None:
    """The ticket is gone: what comes back is owed, the rest is kept. An unknown refund is owed whole until told."""
    worth = balances(postings_of(session, booking))[Account.TICKET]
    if worth <= 0:
        return
    owed = worth if refund is None else min(refund, worth)
    lines = {Account.TICKET: -worth, Account.AIRLINE_OWES: owed, Account.PENALTY: worth - owed}
    post(session, booking, "given_back", lines, by=by, at=at)


def received(session: Session, booking: Booking, amount: Decimal, outside: str, *, by: str, at: datetime) -> None:
    """Money came back, under its payment's reference."""
    lines = {Account.BANK: amount, Account.AIRLINE_OWES: -amount}
    post(session, booking, "received", lines, by=by, at=at, outside=outside)


def written_off(session: Session, booking: Booking, *, by: str, at: datetime) -> None:
    """What is still owed will not come."""
    owed = balances(postings_of(session, booking))[Account.AIRLINE_OWES]
    lines = {Account.WRITTEN_OFF: owed, Account.AIRLINE_OWES: -owed}
    post(session, booking, "written_off", lines, by=by, at=at)
