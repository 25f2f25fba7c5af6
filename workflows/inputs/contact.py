"""How a person may be reached, how we know that it is them, and what is not safe."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from workflows.inputs.words import Input, OfSubjectIn, Short, Text, Zone, a_phone


def an_address(channel: str, address: str) -> str:
    """A phone number in E.164, or an e-mail address."""
    if channel != "email":
        return a_phone(address)
    if "@" not in address or any(space in address for space in "\r\n \t"):
        raise ValueError("address: not an e-mail address")
    return address


class ContactIn(Input):
    """A channel that the person calls safe, between local hours.

    ``messages`` is false where nothing may be left or written, only spoken; ``preference`` 1 comes first.
    """

    channel: Literal["sms", "email", "phone"]
    address: Annotated[str, Field(min_length=5, max_length=200)]
    zone: Zone = "Europe/Istanbul"
    from_hour: Annotated[int, Field(ge=0, le=23)] = 9
    to_hour: Annotated[int, Field(ge=1, le=24)] = 19
    messages: bool = True
    preference: Annotated[int, Field(ge=1, le=9)] = 1
    rules: Text | None = None

    @model_validator(mode="after")
    def address_fits(self) -> "ContactIn":
        """A phone for SMS and calls, an address with @ for e-mail; and the hours leave some time."""
        if self.from_hour >= self.to_hour:
            raise ValueError("to_hour: must be after from_hour")
        if self.channel == "sms" and not self.messages:
            raise ValueError("messages: an SMS is a message; choose phone for a number that may only be called")
        self.address = an_address(self.channel, self.address)
        return self


class UnsafeIn(Input):
    """A number or address that somebody else reads or answers."""

    channel: Literal["phone", "email"] = "phone"
    address: Annotated[str, Field(min_length=5, max_length=200)]
    why: Text | None = None

    @model_validator(mode="after")
    def address_fits(self) -> "UnsafeIn":
        """As for a safe one."""
        self.address = an_address(self.channel, self.address)
        return self


class CodeWordIn(Input):
    """What the person says to show that it is them; ``duress`` is what they say when somebody listens."""

    word: Annotated[str, Field(min_length=3, max_length=60)]
    duress: Annotated[str, Field(min_length=3, max_length=60)] | None = None

    @model_validator(mode="after")
    def words_differ(self) -> "CodeWordIn":
        """Two words that nobody can mistake for each other."""
        if self.duress and self.duress.casefold() == self.word.casefold():
            raise ValueError("duress: choose another word than the code word")
        return self


class SafeContactIn(Input):
    """A channel to use from now on, beside the others or in place of one; none: the person has no safe channel.

    ``how`` says by what we know that it is the person who asks for it.
    """

    person: UUID | None = None
    contact: ContactIn | None = None
    replaces: UUID | None = None
    how: Literal["in_person", "code_word", "called_back"]
    code_word: Short | None = None


class ContactConfirmationIn(OfSubjectIn):
    """Whether the channel still reaches the person and nobody else."""

    confirmed: bool


class ContactUnsafeIn(Input):
    """Something is wrong with how we reach the person: every message stops at once."""

    person: UUID | None = None
    reason: Text | None = None


class UnsafeAddressIn(UnsafeIn):
    """The same for one person of the case (the principal where nobody is named)."""

    person: UUID | None = None


class CodeWordOfIn(CodeWordIn):
    """Agreed face to face, for one person of the case (the principal where nobody is named)."""

    person: UUID | None = None
