"""Consent, screening, counselling, the choice, the declaration, the partner, shelter and transport."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always, use_up
from api.cli.cast import CONSENT, Life

OPTIONS = ["stay", "asylum", "regularisation", "return", "third_country"]


def screening(life: Life, subject: str, today: date) -> dict[str, Any]:
    """What the life says of itself."""
    return {"result": life.screening, "vulnerable": life.vulnerable}


def session(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A conversation about all options."""
    return {"options": OPTIONS, "language": "en", "reflection_waived": life.waives_reflection}


def choice(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The next choice of the life."""
    return {"track": use_up(life.tracks)}


def declaration(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Each adult signs."""
    return {**CONSENT, "person": subject}


def transfer(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Consent to share with the partner named."""
    return {**CONSENT, "recipient": subject}


def partner(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The other partner than the life's first."""
    return {"partner": "tariq" if life.partner == "nadia" else "nadia"}


ANSWERS: dict[str, Answer] = {
    "data_consent": always(**CONSENT),
    "screening": screening,
    "counselling_session": session,
    "track_choice": choice,
    "declaration": declaration,
    "transfer_consent": transfer,
    "receiving_partner": partner,
    "bed_and_transport": always(),
    "shelter": always(),
}
