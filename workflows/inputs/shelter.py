"""Admissions, departures, the book of a house, sheets, needs unmet and direct assistance; also written offline."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from workflows.inputs.words import Hash, Input, Money, OfPersonIn, OfSubjectIn, Short, Text

ClientId = Annotated[str, Field(min_length=8, max_length=60, pattern=r"^[A-Za-z0-9._:-]+$")]


class ShelterIn(Input):
    """Somewhere safe to live: a bed of a shelter for everybody of the case, or a place elsewhere."""

    place: Literal["bed", "own_home", "relatives", "rented", "elsewhere"] = "elsewhere"
    unit: Short | None = None


class AdmissionIn(OfPersonIn):
    """Somebody is given a bed. ``already_there``: written down offline, the person slept there, bed or no bed."""

    client_id: ClientId
    unit: Short | None = None
    admitted_at: AwareDatetime | None = None
    already_there: bool = False

    def subject(self) -> str | None:
        """It answers no question."""
        return ""


class StayEndIn(Input):
    """Somebody left. No reason is needed."""

    client_id: ClientId
    stay: UUID
    left_at: AwareDatetime | None = None
    reason: Text | None = None

    def subject(self) -> str | None:
        """Whether the bed is still needed is no longer asked."""
        return str(self.stay)


class StayReviewIn(OfSubjectIn):
    """Whether the person still needs the bed; if not, they have left."""

    still_needed: bool


class ShelterEntryIn(Input):
    """A line of the house's book."""

    client_id: ClientId
    stay: UUID
    kind: Literal["incident", "visitor", "note"]
    serious: bool = False
    happened_at: AwareDatetime
    text: Text


class ShelterFieldIn(Input):
    """A word on one field of the sheet, and the word that its writer saw there (none, if it was empty)."""

    client_id: ClientId
    stay: UUID
    field: Short
    value: Text
    written_at: AwareDatetime
    replaces: UUID | None = None


class ShelterDecisionIn(OfSubjectIn):
    """Which of two words in conflict stands."""

    stands: Literal["this", "other"]


class UnmetNeedIn(OfPersonIn):
    """Something that was needed and could not be given."""

    need: Literal["shelter", "food", "medical", "legal", "psychosocial", "transport", "money"]
    reason: Literal["no_bed", "no_bed_of_kind", "excluded", "no_provider", "no_money", "person_declined"]
    exclusions: list[Literal["gender_identity", "disability", "health", "family_size", "boy_over_age", "nationality",
                             "dependency", "other"]] = Field(default_factory=list)  # fmt: skip
    detail: Text | None = None

    def subject(self) -> str | None:
        """It answers no question."""
        return ""


class AssistanceIn(OfPersonIn):
    """What somebody was given from a funding line."""

    client_id: ClientId
    line: Short
    amount: Money
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    given_on: date
    proof_hash: Hash | None = None

    def subject(self) -> str | None:
        """It answers no question."""
        return ""
