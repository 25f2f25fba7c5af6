"""The word to a partner, the last question before departure, the gate, and the arrival."""

from datetime import datetime
from typing import Literal

from workflows.inputs.words import Input, OfPersonIn, OfSubjectIn, Text


class ReplyIn(OfSubjectIn):
    """The answer to what a partner asked back."""

    text: Text


class ReconfirmationIn(OfPersonIn):
    """Asked again within 72 hours."""

    still_wants: bool
    with_decision_maker: bool = False

    def subject(self) -> str | None:
        """Any question of this kind about the person; see ``commands``."""
        return None


class BoardingIn(Input):
    """What happened at the gate."""

    outcome: Literal["boarded", "no_show", "denied", "offloaded"]


class ArrivalIn(Input):
    """Somebody at the destination saw the person arrive."""

    arrived_at: datetime | None = None
    met: bool
