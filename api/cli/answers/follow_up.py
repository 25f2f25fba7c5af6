"""Check-ins and attempts, what is asked of people then, and what a supervisor decides."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, use_up
from api.cli.cast import Life


def check_in(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Reached and safe, unless the life says otherwise."""
    if life.out_of_reach:
        return {"about": subject, "reached": False, "channel": use_up(life.tries), "result": "no_answer"}
    return {"about": subject, "reached": True, "safe": subject != life.unsafe_at}


def visit(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The partner went there."""
    return check_in(life, subject, today) | {"channel": "visit", "by_partner": True}


def trusted(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A sister was asked."""
    return check_in(life, subject, today) | {"channel": "trusted_contact"}


def loss(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Everything was tried."""
    return {"about": subject, "outcome": "unreachable"}


def survey(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Neither well nor badly off."""
    told = {"Q1": "ok", "Q2": "sometimes", "Q3": "yes", "Q4": "rarely", "Q5": "spending_larger", "Q6": "poor",
            "Q7": "yes", "Q8": "no", "Q9": "yes", "Q14": "na", "Q16": "yes", "Q22": "sometimes", "Q24": "agree",
            "Q25": "sometimes", "Q26": "rarely", "Q27": "rarely", "Q28": "sometimes", "Q29": "refused",
            "Q30": "yes"}  # fmt: skip
    good = {f"Q{number}": "good" for number in (11, 12, 13, 15, 17, 18, 19, 20, 21, 23)}
    return {"about": subject, "mode": "phone", "answers": told | good}


def satisfaction(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Content with most."""
    return {"about": subject, "answers": {"counselling": "satisfied", "economic": "neither", "overall": "satisfied"}}


def intention(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Means to stay."""
    return {"about": subject, "intends": "no"}


def vital_interest_review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person agrees."""
    return {"about": subject, "agreed": True}


ANSWERS: dict[str, Answer] = {
    "check_in": check_in,
    "follow_up_visit": visit,
    "trusted_attempt": trusted,
    "loss_decision": loss,
    "survey": survey,
    "satisfaction": satisfaction,
    "migration_intention": intention,
    "vital_interest_review": vital_interest_review,
}
