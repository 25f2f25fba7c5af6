"""The residence permit of a victim: issued, extended, cancelled, objected to."""

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from workflows.inputs.words import OfPersonIn


class VictimPermitIn(OfPersonIn):
    """A permit as issued; ``none``: the person wants none, or stays by another right."""

    kind: Literal["first", "extension", "none"]
    issued_on: date | None = None
    valid_until: date | None = None

    def subject(self) -> str | None:
        """Whichever permit is asked for: the question counts them."""
        return None

    @model_validator(mode="after")
    def whole(self) -> Self:
        """A permit has both days, in order; none has neither."""
        days = (self.issued_on, self.valid_until)
        if self.kind == "none":
            if any(days):
                raise ValueError("issued_on: leave out the days where no permit is wanted")
        elif self.issued_on is None or self.valid_until is None:
            raise ValueError("valid_until: give the day of issue and the last day, as the permit prints them")
        elif self.valid_until < self.issued_on:
            raise ValueError("valid_until: must not be before issued_on")
        return self


class CancellationIn(OfPersonIn):
    """The authority cancels a permit; whether coercion, intimidation, violence or a threat brought it about."""

    on_day: date
    ground: Literal["contact_with_perpetrators", "obligations_not_met", "not_a_victim"]
    coerced: bool


class ObjectionIn(OfPersonIn):
    """An objection to the cancellation was filed."""
