"""How the person is reached, screening in its two steps, and what makes vulnerable."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always
from api.cli.cast import Life

VICTIM = ("possible", "actual")


def screening(life: Life, subject: str, today: date) -> dict[str, Any]:
    """What the life says of itself; a victim shows signs."""
    signs = ["documents_held", "wages_withheld"] if life.screening in VICTIM else []
    return {"indicators": signs, "vulnerable": life.vulnerable}


def decision(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person decides as the life is."""
    return {"about": subject, "result": life.screening, "reasons": "Act, means and purpose were told in the interview."}


def confirmation(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The number still is theirs, unless nobody reaches them."""
    return {"about": subject, "confirmed": not life.out_of_reach}


def vulnerability(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A judgement with its reason."""
    factors = [{"code": "single_parent", "polarity": "risk"}, {"code": "skills", "polarity": "protective"}]
    return {"factors": factors, "level": "medium", "reason": "Alone with the household, but has a trade."}


def urgent_need(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Seen to."""
    return {"about": subject, "met": "Brought to a doctor the same day."}


ANSWERS: dict[str, Answer] = {
    "screening": screening,
    "trafficking_interview": always(
        private=True, language="en", acts=["recruited"], means=["WithholdsDocuments"], purposes=["ForcedLabour"]
    ),
    "trafficking_decision": decision,
    "contact_change": always(how="in_person"),
    "contact_confirmation": confirmation,
    "vulnerability": vulnerability,
    "urgent_need": urgent_need,
}
