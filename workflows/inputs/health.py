"""Fitness to travel, what the journey needs for it, and papers for one flight."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from workflows.inputs.words import OfPersonIn, Text


class HealthIn(OfPersonIn):
    """Fit to travel between two days, or not; and what the journey needs. All of it but the days is sealed.

    ``due_on`` is the estimated day of birth of ``expecting`` babies; the rules of the day of travel follow from it.
    """

    fit: bool
    valid_from: date
    valid_until: date
    due_on: date | None = None
    expecting: Annotated[int, Field(ge=1, le=6)] = 1
    medical_escort: bool = False
    escort_confirmed: bool = False
    medical_plan: bool = False
    plan_confirmed: bool = False
    medif: bool = False
    pre_embarkation: bool = False
    chronic: bool = False
    medicines_months: Annotated[int, Field(ge=0, le=24)] = 0
    receiving_clinic: Text | None = None
    notes: Text | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """From before until."""
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until: must not be before valid_from")
        return self


class FitnessPaperIn(OfPersonIn):
    """A certificate, an airline's medical form, or the check before embarkation."""

    paper: Literal["certificate", "medif", "pre_embarkation"]
    signed_at: AwareDatetime | None = None
    fit: bool

    def subject(self) -> str | None:
        """The person and the paper."""
        return f"{self.person}.{self.paper}"
