"""Counselling, the choice of a way, and consents."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.stage import Track
from workflows.inputs.case import ConsentIn
from workflows.inputs.words import Hash, Input, OfPersonIn, Short, Text

Way = Literal["stay", "asylum", "regularisation", "return", "third_country"]
Present = Literal[
    "partner", "employer", "alleged_relative", "landlord", "stranger", "interpreter", "colleague", "lawyer",
    "legal_guardian", "own_child", "family_member", "authority",
]  # fmt: skip
Relation = Literal["perpetrator_community", "relative", "employer", "party_to_the_case", "feared_by_the_person"]


class WaiverIn(Input):
    """The person's own wish not to use the reflection period, with the text that was read to them."""

    asked_by_the_person: bool = False
    witness: Short | None = None
    text_version: Short | None = None
    text_hash: Hash | None = None


class SessionIn(Input):
    """A counselling session: where, in which language, with whom, what was explained and handed out."""

    options: list[Way]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    held_on: date | None = None
    place: Literal["office", "shelter", "phone", "video", "hospital", "home", "detention", "other"] = "office"
    interpreter: bool = False
    interpreter_code: Short | None = None
    interpreter_conflict: Relation | None = None
    present: list[Present] = Field(default_factory=list)
    topics: list[Short] = Field(default_factory=list, max_length=40)
    materials: list[Hash] = Field(default_factory=list, max_length=40)
    coercion_flags: list[Short] = Field(default_factory=list)
    notes: Text | None = None
    waiver: WaiverIn | None = None

    @model_validator(mode="after")
    def conflict_has_a_name(self) -> "SessionIn":
        """Whoever is in conflict must be known, so that they are never booked for this person again."""
        if self.interpreter_conflict and not self.interpreter_code:
            raise ValueError("interpreter_code: name the interpreter whose conflict is declared")
        return self


class ChoiceIn(Input):
    """What the person chose."""

    track: Track


class DeclarationIn(OfPersonIn, ConsentIn):
    """The voluntary return declaration of one adult, alone or with the one who decides with them."""

    interpreter_code: Short | None = None
    with_decision_maker: bool = False


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
