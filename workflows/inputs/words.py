"""The kinds of values that inputs are made of, and what every input has in common."""

import unicodedata
from decimal import Decimal
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

import iso3166
import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def latin(name: str) -> str:
    """A name as a travel document prints it: Latin letters with any accents, space, hyphen, apostrophe."""
    letters = [letter for letter in name if letter not in " -'’."]
    if not letters or any(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters):
        raise ValueError("write it in Latin letters, as in the travel document; the own spelling goes to native_name")
    return name


Short = Annotated[str, Field(min_length=1, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
LatinName = Annotated[Name, AfterValidator(latin)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Money = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]
Airport = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def a_country(code: str) -> str:
    """An ISO 3166 code, two or three letters."""
    if code.upper() != code or (code not in iso3166.countries_by_alpha2 and code not in iso3166.countries_by_alpha3):
        raise ValueError("unknown country: use the ISO 3166 code in capitals, for example GE or GEO")
    return code


def a_phone(number: str) -> str:
    """A number in E.164."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise ValueError("not a phone number: write it with + and country code, for example +905551234567") from None
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("not a possible phone number: check the digits after the country code")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def a_zone(name: str) -> str:
    """An IANA time zone."""
    if name not in available_timezones():
        raise ValueError("unknown time zone: use the IANA name, for example Europe/Istanbul")
    return name


Country2 = Annotated[str, Field(min_length=2, max_length=2), AfterValidator(a_country)]
Country3 = Annotated[str, Field(min_length=3, max_length=3), AfterValidator(a_country)]
Zone = Annotated[str, AfterValidator(a_zone)]


class Input(BaseModel):
    """Unknown fields are refused, and nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    def subject(self) -> str | None:
        """Which question this answers, where several of a kind can be open; None: the only one."""
        return None


class OfPersonIn(Input):
    """About one person of the case."""

    person: UUID

    def subject(self) -> str | None:
        """The person."""
        return str(self.person)


class OfSubjectIn(Input):
    """About one thing that the question names."""

    about: Short

    def subject(self) -> str | None:
        """That thing."""
        return self.about
