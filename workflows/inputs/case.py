"""A new case: its people, their documents and contacts, and the consent without which nothing is kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.inputs.travel_document import DocumentIn
from workflows.inputs.words import Country2, Country3, Hash, Input, LatinName, Name, Short, Text, Zone, a_phone


class ContactIn(Input):
    """A channel that the person calls safe, between local hours."""

    channel: Literal["sms", "email"]
    address: Annotated[str, Field(min_length=5, max_length=200)]
    zone: Zone = "Europe/Istanbul"
    from_hour: Annotated[int, Field(ge=0, le=23)] = 9
    to_hour: Annotated[int, Field(ge=1, le=24)] = 19
    rules: Text | None = None

    @model_validator(mode="after")
    def address_fits(self) -> "ContactIn":
        """A phone for SMS, an address with @ for e-mail; and the hours leave some time."""
        if self.from_hour >= self.to_hour:
            raise ValueError("to_hour: must be after from_hour")
        if self.channel == "sms":
            self.address = a_phone(self.address)
        elif "@" not in self.address or any(space in self.address for space in "\r\n \t"):
            raise ValueError("address: not an e-mail address")
        return self


class PersonIn(Input):
    """One person, named as in the travel document and, natively, as they write it themselves.

    A child of the principal names nobody else: the principal is the guardian.
    """

    given_names: LatinName
    family_name: LatinName
    native_name: Name | None = None
    born_on: date
    sex: Literal["F", "M", "X"]
    nationality: Country3
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    relation: Literal["spouse", "child", "parent", "sibling", "other"] | None = None
    guardian: Literal["principal", "appointed"] | None = None
    document: DocumentIn | None = None


class ConsentIn(Input):
    """The text that was agreed to, and how."""

    text_version: Short
    text_hash: Hash
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False
    witness: Short | None = None


class CaseIn(Input):
    """A new case: nobody's data are kept without their consent, so it comes with the case."""

    principal: PersonIn
    dependants: Annotated[list[PersonIn], Field(max_length=20, default_factory=list)]
    contact: ContactIn | None = None
    data_consent: ConsentIn
    country: Country2
    area: Short
    partner: Short | None = None
