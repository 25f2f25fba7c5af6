"""What stops or suspends a case, what is done about it, and who answers for the case."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, model_validator

from workflows.inputs.case import ConsentIn
from workflows.inputs.words import Input, OfPersonIn, OfSubjectIn, Short, Text


class AboutSomebodyIn(Input):
    """About one person; without a name, about the person whose case it is."""

    person: UUID | None = None
    details: Text | None = None


class DetainedIn(AboutSomebodyIn):
    """Somebody is held."""

    place: Literal["police", "removal_centre", "prison", "border", "abroad", "unknown"]
    since: AwareDatetime | None = None


class EndedIn(AboutSomebodyIn):
    """They are free again, or were found."""


class AbscondedIn(AboutSomebodyIn):
    """Somebody has gone, nobody knows where."""


class DeceasedIn(OfPersonIn):
    """Somebody died."""

    died_on: date | None = None
    details: Text | None = None


class ReversalIn(Input):
    """The host authority takes back its grant."""

    reference: Short | None = None
    details: Text | None = None


class GrantIn(Input):
    """The authority grants it again."""

    details: Text | None = None


class SuspendIn(Input):
    """A supervisor makes the case stand still."""

    reason: Literal["security", "public_health", "legal", "complaint", "family", "other"]
    details: Text | None = None


class ResumeIn(Input):
    """And lets it go on."""

    details: Text | None = None


class BreachIn(Input):
    """Data reached somebody whom they were not meant for; ``found_at`` starts the clock of the law."""

    what: Literal["wrong_recipient", "lost_device", "unauthorised_access", "other"]
    found_at: AwareDatetime | None = None
    recipient: Short | None = None
    details: Text | None = None

    @model_validator(mode="after")
    def recipient_is_named(self) -> "BreachIn":
        """What went to the wrong recipient is recalled from them."""
        if self.what == "wrong_recipient" and self.recipient is None:
            raise ValueError("recipient: say who received it: a partner's code, or a word such as 'phone'")
        return self


class AlertIn(AboutSomebodyIn):
    """Somebody may be in danger again."""


class StepIn(OfSubjectIn):
    """Something was done about an incident; ``about`` is the subject that the task names."""

    outcome: Literal["done", "not_safe", "not_possible"] = "done"
    details: Text | None = None


class LifeRiskIn(OfSubjectIn):
    """Whether a breach endangers somebody's life."""

    outcome: Literal["at_risk", "not_at_risk"]
    details: Text | None = None


class SuspensionReviewIn(OfSubjectIn):
    """Whether a suspended case goes on waiting, or is to be closed."""

    outcome: Literal["keep", "close"]
    details: Text | None = None


class AuthorityDisclosureIn(AboutSomebodyIn):
    """An authority is told something, with the person's consent for exactly this."""

    recipient: Literal["police", "prosecutor", "court", "migration_authority", "consulate"]
    what: Literal["identity", "status", "health", "location"]
    consent: ConsentIn


class CaseGoesOnIn(Input):
    """A case that stopped because its pushes crashed goes on: the cause was mended, or it is tried once more."""

    cause: Literal["mended", "once_more"]


class CaseOwnerIn(Input):
    """Who answers for the case from now on."""

    handle: Short
