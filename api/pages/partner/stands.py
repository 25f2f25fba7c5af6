"""What the partner has to do next, in one sentence."""

from dataclasses import dataclass
from typing import Any

from api.pages.places import N_


@dataclass(frozen=True)
class Step:
    """One sentence; ``is_urgent``: somebody may stand at the airport."""

    text: str
    is_urgent: bool = False


def next_step(one: dict[str, Any]) -> Step | None:
    """By where it stands and what was sent; None while the answer itself is the next step."""
    status, sent = one["status"], one["newest"]
    if status == "accepted":
        if "arrival" in sent:
            return Step(N_("Meet the person and confirm the arrival as soon as you can."), True)
        if "identity" in sent:
            return Step(N_("Read who is coming. You get the flight two days before the arrival."))
        return Step(N_("Thank you. You get a message when we have sent who is coming."))
    return {
        "no_show": Step(N_("We look for the person. If they arrive after all, confirm the arrival at once."), True),
        "arrived": Step(N_("Sign that you received the person.")),
        "received": Step(N_("Speak with the person alone within a week, and tell us how they are."))
        if "first_week" not in one["acknowledged"]
        else Step(N_("Everything is done. Thank you.")),
    }.get(status)
