"""The decision for each child, and comings of age."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, day
from api.cli.cast import TEXT_HASH, Life

PARTS = ("tracing", "home_assessment", "alternatives", "conditions", "other_parent")


def best_interests(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Return is best for the child, who travels with a parent."""
    return {
        "person": subject, "in_favour": True,
        "parts": {code: {"finding": "Looked into; in favour of return."} for code in PARTS},
        "guardian": {"kind": "appointed", "authority": "court", "appointed_on": day(today, -30), "consents": True},
        "carer": {"identity_verified": True, "signed_on": day(today, -2)},
        "child": {"heard": True, "assents": True, "note": "Wants to go home with the family."},
        "parent_may_be_complicit": False, "chair": "supervisor", "panel": ["supervisor", "counsellor"],
    }  # fmt: skip


def age_decision(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The court decides as the passport has it."""
    return {"person": subject, "body": "court", "born_on": life.born_on.isoformat(), "decision_sha256": TEXT_HASH}


def continued_support(life: Life, subject: str, today: date) -> dict[str, Any]:
    """It goes on."""
    return {"person": subject, "goes_on": True, "reason": "The need has not changed with the birthday."}


ANSWERS: dict[str, Answer] = {
    "best_interests": best_interests,
    "age_decision": age_decision,
    "continued_support": continued_support,
}
