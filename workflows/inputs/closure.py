"""Closing a case, a second person's word on it, legal holds, and opening it again."""

from typing import Annotated, Literal

from pydantic import Field

from workflows.inputs.case import ConsentIn
from workflows.inputs.contact import ContactIn
from workflows.inputs.words import Input, OfSubjectIn

Code = Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]


class ClosureIn(Input):
    """Why the case is closed, and what of the reason's checklist was done: all of it."""

    reason: Code
    checklist: Annotated[list[Code], Field(max_length=20)] = Field(default_factory=list)


class ClosureReviewIn(OfSubjectIn):
    """A second person agrees to the closing, or not."""

    agreed: bool


class LegalHoldIn(Input):
    """A proceeding needs the file."""

    reason: Literal["prosecution", "claim", "complaint", "investigation", "other"]


class ReopenIn(Input):
    """The same people come back: a new episode. Consent is given anew, or asked for first thing."""

    reason: Literal["person_called", "protection", "new_application", "appeal", "other"]
    data_consent: ConsentIn | None = None
    contact: ContactIn | None = None
