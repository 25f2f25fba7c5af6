"""Money: whom it may be paid to, and books in which every sum moves from one account to another."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint

from models.base import Record, plain, sealed, word
from models.booking import MONEY
from models.case import OfJourney

RATE = Numeric(18, 8)
CENT = Decimal("0.01")


class Account(StrEnum):
    """Where a sum can lie."""

    BUDGET = "budget"
    COMMITTED = "committed"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"


class Move(StrEnum):
    """What happens to a sum. Each happens once at most to an instalment."""

    APPROVED = "approved"
    ORDERED = "ordered"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    RELEASED = "released"
    RETURNED = "returned"
    CLAWED_BACK = "clawed_back"


MOVES: Mapping[Move, tuple[tuple[Account, ...], Account]] = {
    Move.APPROVED: ((Account.BUDGET,), Account.COMMITTED),
    Move.ORDERED: ((Account.COMMITTED,), Account.IN_TRANSIT),
    Move.HANDED_OVER: ((Account.IN_TRANSIT, Account.COMMITTED), Account.DELIVERED),
    Move.FAILED: ((Account.IN_TRANSIT,), Account.COMMITTED),
    Move.RELEASED: ((Account.COMMITTED,), Account.BUDGET),
    Move.RETURNED: ((Account.DELIVERED,), Account.BUDGET),
    Move.CLAWED_BACK: ((Account.DELIVERED,), Account.BUDGET),
}


class MoneyEntry(OfJourney, table=True):
    """One movement: out of one account (credit) into another (debit), in its currency and in euros.

    ``rate`` is units of the currency for one euro, on ``rate_on``, as ``rate_source`` publishes it.
    ``reference`` names the payment or the receipt outside.
    """

    __tablename__ = "money_entries"
    __table_args__ = (
        UniqueConstraint("instalment_id", "move"),
        CheckConstraint("amount > 0 AND amount_eur > 0 AND rate > 0", name="ck_money_entries_positive"),
        CheckConstraint("debit <> credit", name="ck_money_entries_two_accounts"),
    )

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    move: Move = word(Move)
    debit: Account = word(Account)
    credit: Account = word(Account)
    amount: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    rate: Decimal = plain(sa_type=RATE)
    rate_on: date = plain()
    rate_source: str = plain(max_length=40)
    amount_eur: Decimal = plain(sa_type=MONEY)
    reference: str | None = plain(None, max_length=80)


class Allowance(Record, table=True):
    """What a case may have: in all, for each person, for each kind of support. The database keeps the order

    paid ≤ approved ≤ cap, whatever a program does (S3).
    """

    __tablename__ = "allowances"
    __table_args__ = (
        UniqueConstraint("case_id", "scope", "name"),
        CheckConstraint(
            "0 <= paid_eur AND paid_eur <= approved_eur AND approved_eur <= cap_eur",
            name="ck_allowances_paid_approved_cap",
        ),
    )

    case_id: UUID = plain(foreign_key="cases.id", index=True)
    scope: str = plain(max_length=10)
    name: str = plain(max_length=60)
    cap_eur: Decimal = plain(sa_type=MONEY)
    approved_eur: Decimal = plain(Decimal(0), sa_type=MONEY)
    paid_eur: Decimal = plain(Decimal(0), sa_type=MONEY)


class Payee(OfJourney, table=True):
    """An account that may be paid: a vendor's, known to the whole house by its code, or one of this case.

    A changed account is a new row of the same code, and has to be verified anew.
    """

    __tablename__ = "payees"

    code: str = plain(max_length=40, index=True)
    kind: str = plain(max_length=12)
    method: str = plain(max_length=12)
    person_id: UUID | None = plain(None)
    account_index: str | None = plain(None, max_length=32, index=True)
    name: bytes | None = sealed(2)
    account: bytes | None = sealed(2)

    @property
    def key_owner(self) -> UUID:
        """The person of the case; a vendor has a key of its own."""
        return self.person_id or self.id


class PayeeCheck(OfJourney, table=True):
    """A second person asked back whether the account is the payee's: how, and with what outcome."""

    __tablename__ = "payee_checks"

    payee_id: UUID = plain(foreign_key="payees.id", index=True)
    verified: bool = plain()
    how: str = plain(max_length=20)


class PayeeReview(OfJourney, table=True):
    """Whether money may go to an account that raises a question: another person's, or one seen in other cases."""

    __tablename__ = "payee_reviews"

    payee_id: UUID = plain(foreign_key="payees.id", index=True)
    allowed: bool = plain()
    reason: str = plain(max_length=40)


def in_euros(amount: Decimal, rate: Decimal) -> Decimal:
    """A sum in euros at so many units for one euro, to the cent, and never nothing."""
    return max((amount / rate).quantize(CENT, ROUND_HALF_UP), CENT)


def balances(entries: Iterable[MoneyEntry]) -> dict[Account, Decimal]:
    """What lies in each account, in euros. The budget goes below zero by what was taken from it."""
    lying = dict.fromkeys(Account, Decimal(0))
    for entry in entries:
        lying[entry.debit] += entry.amount_eur
        lying[entry.credit] -= entry.amount_eur
    return lying
