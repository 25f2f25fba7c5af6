"""Legal advice, and claims that end."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import TEXT_HASH, Life


def legal_aid(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A lawyer of the bar association."""
    return {"about": subject, "provider": "bar association", "in_writing": True, "sha256": TEXT_HASH}


def ticket_hold(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The ticket is kept for now."""
    return {"about": subject, "keep": True}


ANSWERS: dict[str, Answer] = {"legal_aid": legal_aid, "ticket_hold": ticket_hold}
