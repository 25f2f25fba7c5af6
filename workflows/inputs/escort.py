"""Escorts, and their tickets there and home."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.inputs.booking import Currency, FlightIn
from workflows.inputs.words import Input, LatinName, Money, OfSubjectIn


class EscortIn(Input):
    """Somebody who accompanies the person: who, with which document, free from when until when."""

    kind: Literal["operational", "medical", "social"]
    name: LatinName
    document_number: Annotated[str, Field(min_length=3, max_length=20, pattern=r"^[A-Z0-9]+$")]
    document_expires_on: date
    free_from: date
    free_until: date

    @model_validator(mode="after")
    def in_order(self) -> "EscortIn":
        """From before until."""
        if self.free_until < self.free_from:
            raise ValueError("free_until: must not be before free_from")
        return self

    def subject(self) -> str | None:
        """The kind."""
        return self.kind


class EscortTicketIn(OfSubjectIn):
    """A ticket that the travel desk booked for an escort. Outward without flights: those of the person."""

    locator: Annotated[str, Field(pattern=r"^[A-Z0-9]{5,8}$")]
    flights: Annotated[list[FlightIn], Field(max_length=8)] = Field(default_factory=list)
    price: Money
    currency: Currency
