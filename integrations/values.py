"""The words and shapes every contract shares: frozen values that never show a person by accident."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from integrations.errors import OutcomeUnknown, PartnerError, PartnerRefused

OPAQUE = r"^[0-9A-Za-z_-]{1,100}$"


def in_utc(moment: datetime) -> datetime:
    """Write an instant in UTC, so that equal instants are equal bytes."""
    return moment.astimezone(UTC)


# An identifier nobody can read a person from; it may stand in a path, a header or a log.
Opaque = Annotated[str, Field(pattern=OPAQUE)]
# A word of a shared list, never a sentence.
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_+.:-]{0,59}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Nationality = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Instant = Annotated[AwareDatetime, AfterValidator(in_utc)]


class Value(BaseModel):
    """A value that never changes, takes no unknown field, and whose errors hide what was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Personal(Value):
    """A value that holds personal data: printing it prints only its kind."""

    def __repr_args__(self) -> Any:
        """Show nothing."""
        return ()


def opaque(word: str) -> str:
    """Let a key or reference through that may stand in a path or header, else ValueError."""
    if not re.fullmatch(OPAQUE, word):
        raise ValueError("a key or reference is made of 1 to 100 letters, digits, - and _")
    return word


@contextmanager
def reading(partner: str, verb: str, *, changed: bool) -> Iterator[None]:
    """Turn an answer we cannot read into an error of ours that repeats none of it.

    After a change the effect most likely happened (OutcomeUnknown); after a read a person must look
    (PartnerRefused), because asking again would bring the same unreadable answer.
    """
    kind: type[PartnerError] = OutcomeUnknown if changed else PartnerRefused
    try:
        yield
    except (ValidationError, KeyError, TypeError, AttributeError, ValueError, IndexError):
        raise kind(partner, verb, "unreadable") from None
