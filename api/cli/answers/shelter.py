"""Where the people of the demo live who stay, and that they leave when they want to."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import Life


def shelter(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A bed of a shelter, or a flat."""
    return {"place": life.place}


def stay_review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """After three months they have a flat of their own."""
    return {"about": subject, "still_needed": False}


def shelter_decision(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The first word stands."""
    return {"about": subject, "stands": "other"}


ANSWERS: dict[str, Answer] = {"shelter": shelter, "stay_review": stay_review, "shelter_decision": shelter_decision}
