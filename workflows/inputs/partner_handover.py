"""Words about a partner: answers, urgency, notes for the day, calls, incidents, returns, certificates."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.inputs.words import Hash, Input, OfSubjectIn, Text

Alert = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]


class ReplyIn(OfSubjectIn):
    """The answer to what a partner asked back."""

    text: Text


class UrgencyIn(Input):
    """How soon the partner must answer. It counts for the next offer; what is offered keeps its time."""

    urgency: Literal["emergency", "urgent", "normal"]


class ReceptionNoteIn(Input):
    """What the partner must know on the day, and nothing of what happened: who must not be told, alerts as words."""

    no_contact: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    medical_alerts: Annotated[list[Alert], Field(max_length=20, default_factory=list)]
    staff_gender: Literal["woman", "man"] | None = None


class CallIn(OfSubjectIn):
    """A call to a partner that was silent."""

    outcome: Literal["promised", "explained", "no_answer"]


class PartnerIncidentIn(OfSubjectIn):
    """What came of an incident at a partner."""

    outcome: Literal["person_safe", "person_helped", "data_safe", "data_recalled", "handed_to_another", "not_found"]


class ReturnIn(OfSubjectIn):
    """Whether we take back whom a partner wants to give back; a no needs its reason."""

    accepted: bool
    reason_code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")] | None = None

    @model_validator(mode="after")
    def a_no_has_a_reason(self) -> "ReturnIn":
        """The partner must be able to go on."""
        if not self.accepted and self.reason_code is None:
            raise ValueError("reason_code: say in a word why the person is not taken back, for example no_capacity")
        return self


class CertificateIn(OfSubjectIn):
    """The partner's certificate that it gave back or destroyed what it was sent, by the hash of the paper."""

    kind: Literal["returned", "destroyed"]
    sha256: Hash
