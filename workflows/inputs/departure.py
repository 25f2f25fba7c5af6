"""The last question before departure, the gate, and the arrival."""

from datetime import datetime
from typing import Literal, Self

from pydantic import AwareDatetime, model_validator

from workflows.inputs.words import Airport, Input, OfPersonIn


class ReconfirmationIn(OfPersonIn):
    """Asked again within 72 hours."""

    still_wants: bool
    with_decision_maker: bool = False

    def subject(self) -> str | None:
        """Any question of this kind about the person; see ``commands``."""
        return None


class BoardingIn(Input):
    """What happened at the gate; whoever was not taken, for which cause."""

    outcome: Literal["boarded", "no_show", "denied", "offloaded"]
    cause: Literal[
        "late", "ill", "changed_mind", "unreachable", "abduction_feared", "document", "name_mismatch", "medical",
        "behaviour", "authority", "overbooked", "unknown",
    ] = "unknown"  # fmt: skip

    @model_validator(mode="after")
    def says_why(self) -> Self:
        """The airline and the border say why they do not take somebody; write it down."""
        if self.outcome in ("denied", "offloaded") and self.cause == "unknown":
            raise ValueError("cause: say why: document, name_mismatch, medical, behaviour, authority or overbooked")
        return self


class SightingIn(Input):
    """How far the person was seen at the airport."""

    level: Literal["checked_in", "passed_exit_control", "boarded", "departed"]


class TransitRefusalIn(Input):
    """Refused on the way, or at the end of it: at which airport, why, and where the person is now."""

    airport: Airport
    cause: Literal["transit_visa", "document", "airline", "inadmissible", "other"]
    whereabouts: Literal["held_there", "sent_back"]


class ArrivalIn(Input):
    """Somebody at the destination saw the person arrive."""

    arrived_at: datetime | None = None
    met: bool


class MeetingIn(Input):
    """Somebody met the person who had arrived: when, and who."""

    met_at: AwareDatetime
    met_by: Literal["partner", "family", "iom_office", "escort"]


class SafeArrivalIn(Input):
    """The person was spoken to in the first week. Only what was said in private counts."""

    reached: bool
    reached_at: AwareDatetime | None = None
    reached_by: Literal["partner", "counsellor", "protection_officer"] = "partner"
    in_private: bool = False
    code_word_checked: bool = False
    safe: bool | None = None

    @model_validator(mode="after")
    def says_when(self) -> Self:
        """Whoever was reached was reached at some time and said something."""
        if self.reached and (self.reached_at is None or self.safe is None):
            raise ValueError("say when the person was reached, and whether they said that they are safe")
        return self
