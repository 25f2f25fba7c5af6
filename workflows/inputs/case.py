"""A new case: its people, their documents and contacts, and the consent without which nothing is kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models import mrz
from workflows.inputs.words import Country2, Country3, Hash, Input, LatinName, Name, Short, Text, Zone, a_phone


class DocumentIn(Input):
    """A travel document; with its machine-readable zone, the zone's check digits must be right."""

    kind: Literal["passport", "laissez_passer"]
    country: Country3
    number: Annotated[str, Field(min_length=3, max_length=20, pattern=r"^[A-Z0-9]+$")]
    expires_on: date
    single_journey: bool = False
    mrz: list[str] | None = None

    @model_validator(mode="after")
    def zone_is_right(self) -> "DocumentIn":
        """Check digits, and the number in the zone."""
        if self.mrz:
            wrong = mrz.wrong_digits(self.mrz)
            if wrong:
                raise ValueError(f"mrz: wrong check digit of {', '.join(wrong)}: read the zone again")
            if mrz.number_of(self.mrz) != self.number[:9]:
                raise ValueError("mrz: its document number is not the one given: correct one of them")
        return self


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
