"""The last question, the gate and the arrival."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always, use_up
from api.cli.cast import Life


def reconfirmation(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The last yes, or no."""
    return {"person": subject.rpartition(".")[2], "still_wants": life.still_wants}


def boarding(life: Life, subject: str, today: date) -> dict[str, Any]:
    """What the life does at the gate."""
    return {"outcome": use_up(life.boardings)}


def meeting(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Met today."""
    return {"met_at": f"{today}T00:00:01+00:00", "met_by": "partner"}


def safe_arrival(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Spoken to in private early today, unless the life is out of reach."""
    if life.out_of_reach:
        return {"reached": False}
    spoken = {"reached_at": f"{today}T00:00:01+00:00", "in_private": True, "code_word_checked": True}
    return {"reached": True, "safe": True, **spoken}


ANSWERS: dict[str, Answer] = {
    "reconfirmation": reconfirmation,
    "boarding": boarding,
    "arrival": always(met=True),
    "meeting": meeting,
    "safe_arrival": safe_arrival,
}
