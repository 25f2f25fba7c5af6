"""Fitness, documents, exit."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, day, number_of
from api.cli.cast import Life, passport_of


def health(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Fit for the next months."""
    return {"person": subject, "fit": True, "valid_from": today.isoformat(), "valid_until": day(today, 120)}


def document(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A passport that was found."""
    return {"person": subject, "document": passport_of(life, number_of(subject), today)}


def exit_(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Free to leave, and told."""
    return {"cleared": True, "told_the_person": True, "valid_until": day(today, 90)}


ANSWERS: dict[str, Answer] = {"health_clearance": health, "travel_document": document, "exit_clearance": exit_}
