"""The plan, its proofs and payments, check-ins and the end."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, day
from api.cli.cast import TEXT_HASH, Life


def plan(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Tools, then rent."""
    return {"instalments": [instalment("tools", today, 20), instalment("rent", today, 60)]}


def instalment(label: str, today: date, days: int) -> dict[str, Any]:
    """One part of a plan."""
    return {"label": label, "amount": "400", "currency": "EUR", "due_on": day(today, days)}


def evidence(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A file's hash."""
    return {"about": subject, "sha256": TEXT_HASH}


def payment(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Handed over."""
    return {"about": subject, "handed_over": True}


def check_in(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Reached and safe, unless the life says otherwise."""
    safe = None if life.out_of_reach else subject != life.unsafe_at
    return {"about": subject, "reached": not life.out_of_reach, "safe": safe}


def closure(life: Life, subject: str, today: date) -> dict[str, Any]:
    """As the life ends."""
    return {"reason": life.reason}


ANSWERS: dict[str, Answer] = {
    "reintegration_plan": plan,
    "evidence": evidence,
    "payment": payment,
    "check_in": check_in,
    "closure": closure,
}
