"""Leave to exit, legal stay, what was told of an entry ban, holds, statements and removal decisions."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workflows.inputs.words import Hash, Input, Money, OfPersonIn, OfSubjectIn, Short


class ExitIn(Input):
    """The exit position. ``told_the_person`` counts where nobody's legal stay is recorded."""

    cleared: bool
    told_the_person: bool = False
    valid_until: date


class LegalStayIn(OfPersonIn):
    """Until when somebody may stay (none: without an end), the fine to expect and who pays it.

    The exact fine is known at the border only: keep cash for it.
    """

    ends_on: date | None
    fine_estimate: Money | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    fine_payer: Literal["person", "programme", "waived", "nobody"] = "nobody"

    @model_validator(mode="after")
    def whole(self) -> Self:
        """An amount has a currency."""
        if (self.fine_estimate is None) != (self.currency is None):
            raise ValueError("currency: give amount and currency together")
        return self


class BanToldIn(OfPersonIn):
    """The person was told of the entry ban to expect on the day of travel, by this text.

    ``months``, where given, must be what is expected now; the rest is worked out and kept with it.
    """

    text_version: Short
    text_hash: Hash
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    months: Annotated[int, Field(ge=0, le=600)] | None = None


class ExitHoldIn(Input):
    """A court or a prosecutor forbids leaving, or lifts that; of the principal where nobody is named."""

    authority: Literal["court", "prosecutor"]
    lifted: bool


class StatementIn(OfPersonIn):
    """What the prosecutor said about the person's statement."""

    outcome: Literal["taken", "remote", "not_needed", "not_yet"]


class EdgeSeenIn(OfSubjectIn):
    """Somebody has seen that a day is coming and decided what follows."""

    plan: Literal["leave_before", "accept", "ask_authority"]


class RemovalIn(OfPersonIn):
    """A removal decision: when it was notified, and the days given to leave (none: at once)."""

    notified_on: date
    leave_days: Annotated[int, Field(ge=1, le=365)] | None = None


class AppealIn(OfPersonIn):
    """Whether the person appeals a removal decision."""

    outcome: Literal["appealed", "waived"]
