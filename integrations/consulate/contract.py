"""Asking a consulate for an emergency travel document, in our own words.

Partner class **A** (reliability.md §8): a changing verb may be sent again under the same ``key``.
An application holds travel-document fields and nothing else. The state of origin never learns from us
that somebody sought asylum, was trafficked, or is ill: no field here could carry it.
"""

from datetime import date
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import Field

from integrations.values import Code, Country, Instant, Nationality, Opaque, Personal, Value


class Application(Personal):
    """A request for a travel document. ``travel_by`` is the last day the document must still open."""

    given_names: str = Field(min_length=1, max_length=200)
    family_name: str = Field(min_length=1, max_length=200)
    born_on: date
    sex: Literal["F", "M", "X"]
    nationality: Nationality
    place_of_birth: str | None = Field(default=None, max_length=200)
    old_document_number: str | None = Field(default=None, max_length=40)
    travel_from: Country
    travel_to: Country
    travel_by: date


class ApplicationStatus(StrEnum):
    """Where an application is."""

    LODGED = "lodged"
    INTERVIEW_SET = "interview_set"
    NATIONALITY_CONFIRMED = "nationality_confirmed"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class IssuedDocument(Personal):
    """A travel document. ``single_journey``: it ends with the first arrival, whatever ``expires_on`` says."""

    kind: Literal["laissez_passer", "passport"]
    number: str = Field(min_length=1, max_length=40)
    issued_on: date
    expires_on: date
    single_journey: bool


class ApplicationView(Value):
    """What the consulate says of an application now."""

    reference: Opaque
    status: ApplicationStatus
    document: IssuedDocument | None = None
    refusal_code: Code | None = None
    interview_at: Instant | None = None


class ConsulateNotice(Value):
    """A hint that an application has moved. Believe only ``look_up``: notices come late and out of order."""

    id: Opaque
    at: Instant
    reference: Opaque
    status: ApplicationStatus


class Consulate(Protocol):
    """What we ask of a consulate. Every verb may raise the three errors of ``integrations.errors``.

    A ``key`` or ``reference`` that is not opaque raises ValueError before anything is sent.
    """

    def lodge(self, application: Application, *, key: str) -> ApplicationView:
        """Apply. Send again only under the same ``key``; after OutcomeUnknown, ``find`` tells.

        Refused with ``idempotency_key_reused`` when the key came with another application before.
        """
        ...

    def look_up(self, reference: str) -> ApplicationView:
        """Read an application; refused with ``not_found``. Repeat freely."""
        ...

    def find(self, key: str) -> ApplicationView | None:
        """Look for the application lodged under ``key``. Repeat freely."""
        ...

    def withdraw(self, reference: str, *, key: str) -> ApplicationView:
        """Take an application back; a withdrawn one is only returned.

        Refused with ``already_issued`` (the document must be handed back by hand) or ``already_refused``.
        """
        ...
