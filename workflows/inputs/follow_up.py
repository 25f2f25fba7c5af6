"""Contact after the return: answers, attempts, somebody to ask, and what is learned afterwards."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from workflows.inputs.case import ConsentIn
from workflows.inputs.contact import ContactIn
from workflows.inputs.words import Input, OfSubjectIn, Short, Text

Code = Annotated[str, Field(pattern=r"^[a-z_0-9]{2,20}$")]
Channel = Literal["phone", "sms", "email", "messenger", "visit", "trusted_contact", "in_person"]


class TriedIn(Input):
    """How it was tried, and when; ``contact`` is the channel of the case that was used, where it was one."""

    channel: Channel = "phone"
    contact: UUID | None = None
    tried_at: AwareDatetime | None = None
    next_at: AwareDatetime | None = None
    by_partner: bool = False
    noticed: Text | None = None

    @model_validator(mode="after")
    def next_comes_later(self) -> "TriedIn":
        """The next attempt is after this one."""
        if self.next_at and self.tried_at and self.next_at <= self.tried_at:
            raise ValueError("next_at: the next attempt must be after this one")
        return self

    def when(self, now: datetime) -> datetime:
        """When it was tried: now where nothing is said, and never in the future."""
        return min(self.tried_at.astimezone(now.tzinfo), now) if self.tried_at else now


class CheckInIn(OfSubjectIn, TriedIn):
    """An attempt at a point: reached, and whether they say they are safe; or what came of it (``result``)."""

    reached: bool
    safe: bool | None = None
    result: Code | None = None
    answers: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def says_one_thing(self) -> "CheckInIn":
        """Nobody who was not reached said anything."""
        if not self.reached and (self.safe is not None or self.answers):
            raise ValueError("safe: only the person can say it; leave it out when they were not reached")
        if self.reached and self.result not in (None, "reached"):
            raise ValueError("result: leave it out when the person was reached")
        return self


class VisitIn(CheckInIn):
    """Somebody went and looked."""

    channel: Channel = "visit"


class TrustedAttemptIn(CheckInIn):
    """Somebody whom the person named was asked."""

    channel: Channel = "trusted_contact"


class ContactAttemptIn(TriedIn):
    """An attempt outside the points of the schedule."""

    result: Code


class TrustedContactIn(Input):
    """Somebody whom the person names, with consent to ask them; without a name nobody is asked any more."""

    name: Short | None = None
    address: Annotated[str, Field(min_length=5, max_length=200)] | None = None
    relation: Short | None = None
    may_be_told: Text | None = None
    consent: ConsentIn | None = None

    @model_validator(mode="after")
    def is_agreed(self) -> "TrustedContactIn":
        """Nobody is asked about a person who did not agree to it."""
        if self.name and (self.consent is None or self.address is None):
            raise ValueError("consent: give the person's consent to this, and how to reach the trusted contact")
        return self


class LossDecisionIn(OfSubjectIn):
    """A supervisor decides, when all that the rule asks for was tried."""

    outcome: Literal["unreachable", "keep_trying"]


class RemigratedIn(Input):
    """The person has migrated again. Assistance ends, or another office goes on with it."""

    reason: Code | None = None
    whereabouts: Short | None = None
    assistance: Literal["ended", "transferred"]
    transferred_to: Short | None = None

    @model_validator(mode="after")
    def names_the_office(self) -> "RemigratedIn":
        """A transfer goes to somebody."""
        if self.assistance == "transferred" and self.transferred_to is None:
            raise ValueError("transferred_to: say which office or organisation goes on with the assistance")
        return self


class VitalInterestIn(Input):
    """An authority must be told without consent, because a life is in danger."""

    recipient: Literal["police", "prosecutor", "migration_authority"]
    what: Literal["identity", "status", "health", "location"]
    reason: Text


class VitalInterestReviewIn(OfSubjectIn):
    """A second person agrees, or not."""

    agreed: bool
    reason: Text | None = None


class CalledIn(Input):
    """The person was heard of by themselves; ``safe`` is what they say, where they could be asked."""

    channel: Channel = "phone"
    safe: bool | None = None
    said: Text | None = None
    contact: ContactIn | None = None
    data_consent: ConsentIn | None = None


class RetraffickingIn(Input):
    """Signs that the person is exploited again: from whom they come, and what was seen."""

    source: Literal["person", "partner", "family", "staff", "authority", "other"]
    details: Text | None = None
    contact: ContactIn | None = None
    data_consent: ConsentIn | None = None
