"""The assessment, its approval, and a decision for each child."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import Life


def assessment(life: Life, subject: str, today: date) -> dict[str, Any]:
    """As high as the life says."""
    return {"level": life.risk}


def approval(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person agrees."""
    return {"assessment": subject, "approved": True}


def best_interests(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Return is best for the child."""
    return {"person": subject, "in_favour": True, "guardian_consents": True, "carer_confirmed": True}


ANSWERS: dict[str, Answer] = {
    "risk_assessment": assessment,
    "risk_approval": approval,
    "best_interests": best_interests,
}
