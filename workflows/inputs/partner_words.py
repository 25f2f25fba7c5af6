"""What a partner may say at our door, and what each word needs."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from workflows.inputs.words import Hash, Input

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z][a-z_]*$")]
NEEDS: dict[str, tuple[str, ...]] = {
    "declined": ("reason_code",),
    "cancelled": ("reason_code",),
    "return_offered": ("reason_code",),
    "asked_back": ("text",),
    "arrival_confirmed": ("arrived_at", "met"),
    "received": ("package_hash",),
    "safety_read": ("risk_notes_read", "no_contact_read", "code_word_agreed"),
    "problem": ("text",),
    "first_week": ("reached_in_private", "safe", "accommodation_confirmed"),
}


class PlaceIn(Input):
    """A partner's word on a place: whether people like those it was asked about can live there, and why."""

    safe: bool
    note_code: Code


class WordIn(Input):
    """A partner's word on a handover; which fields count depends on it."""

    kind: Literal[
        "accepted", "declined", "cancelled", "asked_back", "arrival_confirmed", "no_show", "received", "safety_read",
        "first_week", "plan_requested", "return_offered", "problem",
    ]  # fmt: skip
    focal_point: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[0-9A-Za-z_-]+$")] | None = None
    available_from: date | None = None
    reachable_24_7: bool | None = None
    staff_gender: Literal["woman", "man", "any"] | None = None
    preview_hash: Hash | None = None
    reason_code: Code | None = None
    text: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    arrived_at: AwareDatetime | None = None
    met: bool | None = None
    condition_code: Code | None = None
    package_hash: Hash | None = None
    risk_notes_read: bool | None = None
    no_contact_read: bool | None = None
    code_word_agreed: bool | None = None
    reached_in_private: bool | None = None
    safe: bool | None = None
    accommodation_confirmed: bool | None = None

    @model_validator(mode="after")
    def says_enough(self) -> "WordIn":
        """What each word needs."""
        missing = [name for name in NEEDS.get(self.kind, ()) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{missing[0]}: is needed with {self.kind}; give {', '.join(missing)}")
        return self
