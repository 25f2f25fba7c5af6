"""What is done about incidents."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always
from api.cli.cast import Life


def safe(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Nobody's life is in danger."""
    return {"about": subject, "outcome": "not_at_risk"}


def keep(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The case goes on waiting."""
    return {"about": subject, "outcome": "keep"}


ANSWERS: dict[str, Answer] = {
    "life_risk_review": safe,
    "suspension_review": keep,
    "case_goes_on": always(cause="once_more"),
    "case_owner": always(handle="counsellor"),
}
