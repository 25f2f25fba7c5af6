"""Asking a consulate for a travel document, in our own words.

Partner class (reliability.md §8): **A**, the consulate honours our key, so a change that ended in
``OutcomeUnknown`` may be sent again with the same key and the same content. Every verb may raise the
errors of ``integrations.errors``. An application holds what a travel document needs and nothing else:
no reason for the return, no case number, no agency.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import Field, model_validator

from integrations.values import Code, Country, Nationality, Opaque, Personal

# Letters of any script, as in a birth record; no control characters and no line breaks.
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]

Proof = Literal["birth_record", "old_document", "family_record", "school_record", "relative", "community"]


class Application(Personal):
    """What a travel document is made from. ``nationality`` is ISO 3166 alpha-3, ``travel_to`` alpha-2.

    ``proofs`` are kinds of papers that are brought to the counter when the first ones did not convince.
    """

    given_names: Name
    family_name: Name
    native_name: Name | None = None
    born_on: date
    sex: Literal["f", "m", "x"]
    nationality: Nationality
    travel_to: Country
    travel_by: date
    proofs: tuple[Proof, ...] = ()


class ApplicationStatus(StrEnum):
    """Where an application stands. The last three are final."""

    LODGED = "lodged"
    INTERVIEW_SET = "interview_set"
    NATIONALITY_CONFIRMED = "nationality_confirmed"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class IssuedDocument(Personal):
    """A travel document somebody can collect."""

    kind: Literal["laissez_passer", "passport"]
    number: str = Field(min_length=1, max_length=40)
    issued_on: date
    expires_on: date
    single_journey: bool

    @model_validator(mode="after")
    def lasts(self) -> "IssuedDocument":
        """Let no document expire before it was issued. Raises ValueError."""
        if self.expires_on < self.issued_on:
            raise ValueError("the document expires before it is issued")
        return self


class ApplicationView(Personal):
    """An application as the consulate sees it. ``reference`` may stand in a log; the rest may not."""

    reference: Opaque
    status: ApplicationStatus
    document: IssuedDocument | None = None
    refusal_code: Code | None = None

    @model_validator(mode="after")
    def complete(self) -> "ApplicationView":
        """Let nothing be issued without a document, nor a document be there without. Raises ValueError."""
        if (self.status is ApplicationStatus.ISSUED) != (self.document is not None):
            raise ValueError("status and document contradict each other")
        return self


class Consulate(Protocol):
    """A consulate's door. A key or reference that is not opaque raises ValueError before anything is sent."""

    def lodge(self, application: Application, *, key: str) -> ApplicationView:
        """Ask for a document. The same key never makes a second application.

        Raises PartnerUnavailable, PartnerRefused, or OutcomeUnknown (send again with the same key, or ``find``).
        """
        ...

    def look_up(self, reference: str) -> ApplicationView:
        """Read an application. Raises PartnerUnavailable or PartnerRefused."""
        ...

    def find(self, key: str) -> ApplicationView | None:
        """Look for the application lodged under ``key``. Raises PartnerUnavailable or PartnerRefused."""
        ...

    def withdraw(self, reference: str, *, key: str) -> ApplicationView:
        """Take an application back; one already withdrawn stays so.

        Raises PartnerUnavailable, PartnerRefused (it is decided already) or OutcomeUnknown (send again).
        """
        ...

    def close(self) -> None:
        """Give the sockets back."""
        ...
