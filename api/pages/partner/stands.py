"""What the partner has to do next, what it can say now, and what it was sent."""

from dataclasses import dataclass
from typing import Any

from api.pages.partner.forms import AFTER, FORMS, MAIN, TROUBLE
from api.pages.places import N_

SHOWS = {
    "identity": N_("Who is coming"), "arrival": N_("Flight and meeting point"), "plan": N_("Plan and budget"),
    "answer": N_("Our answer to your question"),
}  # fmt: skip


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


def shown(one: dict[str, Any]) -> list[tuple[str, str]]:
    """What was sent to the partner and can be opened, with its name."""
    is_there = {**dict.fromkeys(one["newest"], True), "answer": one["answered"]}
    return [(what, label) for what, label in SHOWS.items() if is_there.get(what)]


def offered(one: dict[str, Any]) -> dict[str, Any]:
    """The names of the forms: for now, for later, and for when something is wrong."""
    can = [name for name in FORMS if takes(one, name)]
    main = [name for name in MAIN if name in can and (name != "received" or one["status"] == "arrived")]
    later = [name for name in AFTER if name in can]
    return {"main": main, "later": later, "trouble": [name for name in TROUBLE if name in can]}


def takes(one: dict[str, Any], name: str) -> bool:
    """Whether a form makes sense where the handover stands."""
    sent, is_told = one["newest"], "identity" in one["newest"]
    here = one["status"] in FORMS[name].when
    apart = {
        "amount": bool(one["amounts"]), "safety": is_told and "safety" not in one["acknowledged"],
        "arrival": is_told and one["arrived_at"] is None, "received": is_told, "not-arrived": "arrival" in sent,
        "plan": "plan" not in sent, "first-week": "first_week" not in one["acknowledged"],
    }  # fmt: skip
    return here and apart.get(name, True)
