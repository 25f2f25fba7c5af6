"""Claims for protection, and legal advice on them."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import model_validator

from workflows.inputs.words import Hash, OfPersonIn, OfSubjectIn, Short, Text


class ProtectionClaimIn(OfPersonIn):
    """A claim, or how one stands now (``claim`` names it). What ends one needs the hash of the paper that says so."""

    claim: UUID | None = None
    kind: Short
    status: Short
    court_on: date | None = None
    decision_sha256: Hash | None = None
    narrative: Text | None = None

    def subject(self) -> str | None:
        """The claim; a new one answers no question."""
        return str(self.claim or "new")


class LegalAidIn(OfSubjectIn):
    """A lawyer or UNHCR advised on a claim; in writing with the hash of the paper."""

    provider: Short
    in_writing: bool
    sha256: Hash | None = None

    @model_validator(mode="after")
    def paper_is_named(self) -> Self:
        """Written advice has a paper."""
        if self.in_writing and self.sha256 is None:
            raise ValueError("sha256: give the hash of the written advice, or say in_writing=false")
        return self
