"""Accounts, quotes, proofs, approvals, payments, and what is checked after them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workflows.inputs.words import Hash, Input, Money, Name, OfSubjectIn, Short

Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
PayeeCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class RateIn(Input):
    """Units of a currency for one euro, on a day, as an official source publishes it."""

    currency: Currency
    per_eur: Annotated[Decimal, Field(gt=0, lt=10_000_000, decimal_places=8)]
    on: date
    source: Code


class PayeeIn(Input):
    """Whom a line is paid to. A known code with another account is a changed account."""

    code: PayeeCode
    kind: Literal["vendor", "person", "relative", "third_party"]
    method: Literal["bank", "mobile_money", "cash"]
    name: Name
    account: Annotated[str, Field(min_length=4, max_length=60)] | None = None

    @model_validator(mode="after")
    def has_an_account(self) -> Self:
        """Everything but cash needs an account."""
        if (self.account is None) != (self.method == "cash"):
            raise ValueError("give the account for a bank or mobile money, and none for cash")
        return self


class ChangedPayeeIn(PayeeIn):
    """Another account for a code that the plan pays."""

    about: Short | None = None

    def subject(self) -> str | None:
        """The account that was refused, if one was."""
        return self.about


class PayeeCheckIn(OfSubjectIn):
    """A second person asked back, on another way than the account came: is it the payee's?"""

    verified: bool
    how: Literal["called_back", "visited", "register", "bank_letter"]


class PayeeReviewIn(OfSubjectIn):
    """May money go to an account that raises a question, and why."""

    allowed: bool
    reason: Code


class QuoteIn(Input):
    """What one vendor asks for the whole line, by the hash of the paper."""

    vendor: PayeeCode
    amount: Money
    sha256: Hash


class QuotesIn(OfSubjectIn):
    """The quotes for a line; the one that is bought from, and why it is not the cheapest."""

    quotes: Annotated[list[QuoteIn], Field(min_length=1, max_length=6)]
    vendors: Annotated[list[PayeeIn], Field(max_length=6)] = Field(default_factory=list)
    chosen: PayeeCode
    why_not_cheapest: Code | None = None


class ProofIn(Input):
    """One proof by its hash. For a photo: whoever recorded it saw that no face can be recognised."""

    kind: Code
    sha256: Hash
    without_faces: bool | None = None


class EvidenceIn(OfSubjectIn):
    """What shows that the trigger of an instalment happened."""

    proofs: Annotated[list[ProofIn], Field(min_length=1, max_length=8)]


class InstalmentApprovalIn(OfSubjectIn):
    """A second person's approval; with a newer rate where the plan's is too old."""

    rate: RateIn | None = None


class PaymentIn(OfSubjectIn):
    """What became of a payment: paid (with the receipt), not paid, or to be stopped at the partner."""

    outcome: Literal["paid", "not_paid", "stop"]
    receipt: Hash | None = None


class ReconciliationIn(OfSubjectIn):
    """The partner's list was compared by hand: how many payments it has, and which do not match."""

    read: Annotated[int, Field(ge=0, le=1000)]
    differences: Annotated[list[Short], Field(max_length=50)] = Field(default_factory=list)


class DifferenceIn(OfSubjectIn):
    """What a difference between the books turned out to be."""

    cause: Literal["partner_corrects", "late_word", "written_wrongly", "fraud_suspected"]


class SpotCheckIn(OfSubjectIn):
    """A visit to the sample: what the person has, against the certificate."""

    outcome: Literal["confirmed", "different", "not_reached"]
    certificate: Hash | None = None


class MoneyReturnedIn(OfSubjectIn):
    """Money that a payee gave back by themselves."""

    amount_eur: Money
    receipt: Hash


class ClawBackIn(OfSubjectIn):
    """A proposal to take money back. Nothing but fraud is a reason."""

    amount_eur: Money
    cause: Literal["fraud"]


class ClawBackDecisionIn(OfSubjectIn):
    """A second person's decision on it."""

    approved: bool
