"""Fitness to travel, travel documents and exit clearance."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from workflows.inputs.case import DocumentIn
from workflows.inputs.words import Input, OfPersonIn, Text


class HealthIn(OfPersonIn):
    """Fit to travel between two days, or not."""

    fit: bool
    valid_from: date
    valid_until: date
    notes: Text | None = None

    @model_validator(mode="after")
    def in_order(self) -> "HealthIn":
        """From before until."""
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until: must not be before valid_from")
        return self


class DocumentOfIn(OfPersonIn):
    """A document for one person."""

    document: DocumentIn


class ExitIn(Input):
    """The exit position."""

    cleared: bool
    overstay_days: Annotated[int, Field(ge=0, le=36500)] = 0
    ban_months: Annotated[int, Field(ge=0, le=600)] = 0
    told_the_person: bool
    valid_until: date
