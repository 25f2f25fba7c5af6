"""Who may be the same, help from elsewhere, and enquiries."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always
from api.cli.cast import Life


def review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Two people, on a look at both files."""
    return {"about": subject, "verdict": "different", "reasons": "Other parents, another village."}


def merge(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The second person agrees, and the older case goes on."""
    return {"about": subject, "agreed": True, "reasons": "Same face, same story, same passport."}


def enquiry(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Looked at."""
    return {"about": subject, "action": "The person was told in private; the shelter watches the door."}


ANSWERS: dict[str, Answer] = {
    "duplicate_review": review,
    "duplicate_merge": merge,
    "prior_assistance": always(programme="none"),
    "enquiry_review": enquiry,
}
