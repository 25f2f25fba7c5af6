"""Who may be the same, what people decide on it, and help that was had elsewhere."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.inputs.words import Input, Money, OfSubjectIn, Text


class DuplicateReviewIn(OfSubjectIn):
    """What somebody found who looked at both files."""

    verdict: Literal["same", "different", "unsure"]
    reasons: Text


class DuplicateMergeIn(OfSubjectIn):
    """A second person's word: whether the cases become one, and which of them goes on."""

    agreed: bool
    keep: Literal["this", "other"] = "other"
    reasons: Text


class DuplicateUnmergeIn(OfSubjectIn):
    """It was not the same person after all."""

    reasons: Text


class PriorAssistanceIn(Input):
    """Help had from another programme or office; ``none`` where there was none."""

    programme: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    amount: Money | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    received_on: date | None = None
    notes: Text | None = None

    @model_validator(mode="after")
    def amount_has_currency(self) -> "PriorAssistanceIn":
        """A sum without a currency is no sum."""
        if (self.amount is None) != (self.currency is None):
            raise ValueError("currency: give the amount with its currency, or neither")
        return self
