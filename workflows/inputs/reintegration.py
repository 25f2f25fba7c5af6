"""Plans, instalments, proofs, check-ins and the end of a case."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from workflows.inputs.words import Hash, Input, Money, OfSubjectIn


class InstalmentIn(Input):
    """One part of a plan."""

    label: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    amount: Money
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    due_on: date


class PlanIn(Input):
    """A reintegration plan agreed with the person."""

    instalments: Annotated[list[InstalmentIn], Field(min_length=1, max_length=12)]


class EvidenceIn(OfSubjectIn):
    """Evidence for an instalment, by the hash of its file."""

    sha256: Hash


class PaymentIn(OfSubjectIn):
    """What became of a payment that was made by hand or is unclear."""

    handed_over: bool


class CheckInIn(OfSubjectIn):
    """A check-in at a point: reached, and whether they say they are safe."""

    reached: bool
    safe: bool | None = None
    answers: dict[str, str] = Field(default_factory=dict)


class ClosureIn(Input):
    """Why the case is closed."""

    reason: Literal["completed", "withdrew", "stays", "unreachable", "deceased", "other"]
