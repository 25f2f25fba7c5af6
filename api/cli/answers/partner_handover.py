"""Who is to receive, the partner's question, calls to it, what came of an incident, and its certificate."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import TEXT_HASH, Life


def partner(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The other partner than the life's first."""
    return {"partner": "tariq" if life.partner == "nadia" else "nadia"}


def reply(life: Life, subject: str, today: date) -> dict[str, Any]:
    """An answer that satisfies the partner."""
    return {"about": subject, "text": "A room on the ground floor is enough."}


def call(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The partner promises to answer."""
    return {"about": subject, "outcome": "promised"}


def incident(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The person is safe after all."""
    return {"about": subject, "outcome": "person_safe"}


def given_back(life: Life, subject: str, today: date) -> dict[str, Any]:
    """We take the person back."""
    return {"about": subject, "accepted": True}


def certificate(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Nothing is left there."""
    return {"about": subject, "kind": "destroyed", "sha256": TEXT_HASH}


ANSWERS: dict[str, Answer] = {
    "receiving_partner": partner,
    "handover_reply": reply,
    "partner_call": call,
    "protection_incident": incident,
    "handover_return": given_back,
    "data_certificate": certificate,
}
