"""Best interests of a child, disputed ages, and coming of age."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workflows.inputs.words import Hash, Input, OfPersonIn, OfSubjectIn, Short, Text


class PartIn(Input):
    """One part of the decision: what was found, or why it is not needed."""

    needed: bool = True
    finding: Text


class GuardianIn(Input):
    """Who speaks for the child; an appointed guardian with the authority and the day."""

    kind: Literal["parent", "appointed"]
    authority: Short | None = None
    appointed_on: date | None = None
    consents: bool

    @model_validator(mode="after")
    def is_appointed(self) -> Self:
        """An appointment has an authority and a date."""
        if self.kind == "appointed" and not (self.authority and self.appointed_on):
            raise ValueError("guardian: say which authority appointed the guardian, and on which day")
        return self


class CarerIn(Input):
    """Who receives the child: identity verified, and signed for it."""

    identity_verified: bool
    signed_on: date | None = None


class HeardIn(Input):
    """The child was heard in private and agrees; or how a child too young for it was observed."""

    heard: bool
    assents: bool | None = None
    note: Text


class BestInterestsIn(OfPersonIn):
    """The decision of a panel about a child, with all its parts (``best_interests_parts`` of the pathway)."""

    in_favour: bool
    parts: dict[Short, PartIn]
    guardian: GuardianIn
    carer: CarerIn
    child: HeardIn
    parent_may_be_complicit: bool | None = None
    chair: Short
    panel: Annotated[list[Short], Field(max_length=12)]


class AgeClaimIn(OfPersonIn):
    """What a document, the person, or an assessment says of an age. Without a date: it is doubted."""

    age_source: Literal["document", "statement", "assessed"]
    born_on: date | None = None
    narrative: Text


class AgeDecisionIn(OfPersonIn):
    """The body named decided from which birth date on the age counts, by the paper of this hash."""

    body: Short
    born_on: date
    decision_sha256: Hash


class TurningAdultIn(OfSubjectIn):
    """What a coming of age changes was seen to: own declaration, guardian, shelter, entitlements."""

    notes: Text | None = None


class ContinuedSupportIn(OfPersonIn):
    """Whether the protection goes on for somebody who has come of age; why, where it does not."""

    goes_on: bool
    reason: Text
