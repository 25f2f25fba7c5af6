"""A new case: its people, their documents and contacts, and the consent without which nothing is kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from workflows.inputs.contact import CodeWordIn, ContactIn, UnsafeIn
from workflows.inputs.travel_document import DocumentIn
from workflows.inputs.words import Country2, Country3, Hash, Input, LatinName, Name, Short


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
    """A new case: nobody's data are kept without their consent, so it comes with the case.

    ``contact`` is how the principal is best reached; ``channels`` are further ones.
    """

    principal: PersonIn
    dependants: Annotated[list[PersonIn], Field(max_length=20, default_factory=list)]
    contact: ContactIn | None = None
    channels: Annotated[list[ContactIn], Field(max_length=8, default_factory=list)]
    unsafe_addresses: Annotated[list[UnsafeIn], Field(max_length=8, default_factory=list)]
    code_word: CodeWordIn | None = None
    data_consent: ConsentIn
    country: Country2
    area: Short
    partner: Short | None = None
