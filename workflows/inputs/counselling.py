"""Screening, counselling, the choice of a way, and consents."""

from typing import Annotated, Literal

from pydantic import Field

from models.stage import Track
from workflows.inputs.case import ConsentIn
from workflows.inputs.words import Input, OfPersonIn, Short


class ScreeningIn(Input):
    """The outcome of screening."""

    result: Literal["none", "possible", "actual"]
    vulnerable: bool
    asylum_pending: bool = False


class SessionIn(Input):
    """A counselling session."""

    options: list[Literal["stay", "asylum", "regularisation", "return", "third_country"]]
    coercion_flags: list[Short] = Field(default_factory=list)
    reflection_waived: bool = False
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False


class ChoiceIn(Input):
    """What the person chose."""

    track: Track


class DeclarationIn(OfPersonIn, ConsentIn):
    """The voluntary return declaration of one adult."""


class TransferIn(ConsentIn):
    """Consent to share with one partner for reception."""

    recipient: Short
    given: bool = True

    def subject(self) -> str | None:
        """The partner."""
        return self.recipient


class DataConsentIn(ConsentIn):
    """Consent to process, given again or withdrawn."""

    given: bool = True


class SupportIn(Input):
    """A bed and transport, or a shelter place, was arranged (or is not needed)."""


class PartnerIn(Input):
    """The receiving partner."""

    partner: Short
