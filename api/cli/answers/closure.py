"""How a case ends, and the second person's word on it."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import Life
from workflows.gates.closure import reason_row
from workflows.pathways import CURRENT, rules_of


def closure(life: Life, subject: str, today: date) -> dict[str, Any]:
    """As the life ends, with everything done that belongs to it; somebody out of reach ends as that."""
    reason = subject or life.reason
    row = reason_row(rules_of(*CURRENT), reason)
    return {"reason": reason, "checklist": list(row.checklist) if row else []}


def review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A supervisor agrees."""
    return {"about": subject, "agreed": True}


ANSWERS: dict[str, Answer] = {"closure": closure, "closure_review": review}
