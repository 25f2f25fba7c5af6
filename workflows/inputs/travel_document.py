"""Travel documents, whose hands they are in, whose names they print, and what a consulate asks for."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from models import mrz
from models.travel_document import Holder
from workflows.inputs.words import Country3, Input, OfPersonIn, OfSubjectIn

DocumentWord = Literal["passport", "laissez_passer", "national_id", "convention_travel_document"]
Proof = Literal["birth_record", "old_document", "family_record", "school_record", "relative", "community"]
Printed = Annotated[str, Field(max_length=100)]


class DocumentIn(Input):
    """A travel document; with its machine-readable zone, the zone must be right and say the same.

    Names are as the document prints them; they are taken from the zone where it is given.
    """

    kind: DocumentWord
    country: Country3
    number: Annotated[str, Field(min_length=3, max_length=20, pattern=r"^[A-Z0-9]+$")]
    issued_on: date | None = None
    expires_on: date
    single_journey: bool = False
    given_names: Printed | None = None
    family_name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    mrz: list[str] | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """Issued before it expires."""
        if self.issued_on and self.issued_on > self.expires_on:
            raise ValueError("issued_on: must not be after expires_on")
        return self

    @model_validator(mode="after")
    def zone_is_right(self) -> Self:
        """Check digits, number, expiry and issuer of the zone."""
        if not self.mrz:
            return self
        zone = mrz.read(self.mrz)
        if zone.wrong:
            raise ValueError(f"mrz: wrong check digit of {', '.join(zone.wrong)}: read the zone again")
        if zone.form.startswith("MRV"):
            raise ValueError("mrz: this is the zone of a visa: read that of the document")
        if zone.number != self.number:
            raise ValueError("mrz: its document number is not the one given: correct one of them")
        if zone.expires_on(self.expires_on) != self.expires_on:
            raise ValueError("mrz: its day of expiry is not the one given: correct one of them")
        if zone.country != self.country:
            raise ValueError("mrz: its issuer is not the country given: correct one of them")
        self.given_names, self.family_name = zone.given_names, zone.family_name
        return self


class DocumentOfIn(OfPersonIn):
    """A document for one person."""

    document: DocumentIn


class CustodyIn(OfPersonIn):
    """A document changed hands; without ``document``: one that somebody keeps from the person."""

    document: UUID | None = None
    holder: Holder

    @model_validator(mode="after")
    def known_or_withheld(self) -> Self:
        """Only a document that is kept from its owner may be one we have never seen."""
        if self.document is None and self.holder not in (Holder.EMPLOYER, Holder.TRAFFICKER, Holder.AUTHORITY):
            raise ValueError("document: name the document that changed hands, or record it first")
        return self


class DocumentNameIn(OfSubjectIn):
    """Whether a document that prints another name than the one recorded is the person's."""

    theirs: bool


class TicketNameIn(OfSubjectIn):
    """The name as a ticket prints it, letter by letter; ``about`` is what the question names."""

    given_names: Printed = ""
    family_name: Annotated[str, Field(min_length=1, max_length=100)]


class ExpirySeenIn(OfSubjectIn):
    """What follows from a document that ends soon."""

    plan: Literal["renew", "travel_before"]


class NationalityProofIn(OfPersonIn):
    """Other proof of nationality for the consulate; none when nothing more can be found."""

    proofs: Annotated[list[Proof], Field(max_length=6)]


class StatelessnessIn(OfPersonIn):
    """Where the question of nationality stands: referred to a procedure, stateless, or a national after all."""

    outcome: Literal["referred", "stateless", "national"]
