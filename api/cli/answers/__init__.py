"""What the staff and the people of the demo answer when they are asked: one file a noun, put together here."""

from datetime import date, datetime, timedelta
from typing import Any

from api.cli.answers import (
    booking,
    child,
    closure,
    counselling,
    departure,
    duplicate,
    escort,
    follow_up,
    incident,
    intake,
    money,
    papers,
    partner_handover,
    protection,
    reintegration,
    risk_assessment,
    shelter,
)
from api.cli.answers.common import Answer
from api.cli.cast import Life

NOUNS = (
    booking,
    child,
    closure,
    counselling,
    departure,
    duplicate,
    escort,
    follow_up,
    incident,
    intake,
    money,
    papers,
    partner_handover,
    protection,
    reintegration,
    risk_assessment,
    shelter,
)
ANSWERS: dict[str, Answer] = {kind: answer for noun in NOUNS for kind, answer in noun.ANSWERS.items()}


def answer_to(life: Life, kind: str, subject: str, today: date) -> dict[str, Any]:
    """The body of one answer. What a life says only once is used up; the rest is about what the question names."""
    known = ANSWERS.get(kind)
    return known(life, subject, today) if known else {"about": subject}


def noon(due: datetime) -> datetime:
    """The next noon from then on: when staff and partners look, and messages may be sent. Never twice the same."""
    today = due.replace(hour=12, minute=0, second=0, microsecond=0)
    return today if today > due else today + timedelta(days=1)


__all__ = ["ANSWERS", "answer_to", "noon"]
