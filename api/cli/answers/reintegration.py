"""The plan with its lines, and what late claims become."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always, day
from api.cli.answers.money import payee_of, tools_of
from api.cli.cast import TEXT_HASH, Life

FEASIBLE = {"skills": "yes", "market": "yes", "health": "yes", "papers": "with_support", "safety": "yes"}
GOALS = (
    ("economic", "individual", "own_workshop"),
    ("social", "community", "lasting_home"),
    ("psychosocial", "individual", "talking_with_somebody"),
)


def plan(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Tools in two parts, a home, and somebody to talk to, which costs nothing here."""
    tools = [part("300", today, 20, "quote_approved"), part("300", today, 60, "premises_visited")]
    return {
        "text_version": "plan-1", "text_hash": TEXT_HASH, "language": "en", "signed_on": day(today, 0),
        "goals": [{"dimension": where, "level": level, "goal": goal} for where, level, goal in GOALS],
        "lines": [
            line("equipment", tools_of(life), tools),
            line("housing", payee_of(life), [part("200", today, 30, "lease_signed")]) | {"level": "community"},
            line("counselling", None, []),
        ],
        "payees": [vendor(life, tools_of(life)), vendor(life, payee_of(life))],
    }  # fmt: skip


def line(kind: str, payee: str | None, instalments: list[dict[str, Any]]) -> dict[str, Any]:
    """One activity."""
    return {"kind": kind, "payee": payee, "feasibility": FEASIBLE, "instalments": instalments}


def part(amount: str, today: date, days: int, trigger: str) -> dict[str, Any]:
    """One instalment."""
    return {"amount": amount, "due_on": day(today, days), "trigger": trigger}


def vendor(life: Life, code: str) -> dict[str, Any]:
    """A shop or a landlord with a bank account."""
    return {"code": code, "kind": "vendor", "method": "bank", "name": f"Vendor {code}", "account": f"XX00-{code}"}


def claim_end(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Not claimed any more."""
    return {"about": subject, "lapse": "not_claimed"}


def claim_reminder(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Told, where the person can be reached."""
    return {"about": subject, "told": not life.out_of_reach}


def yes(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person agrees."""
    return {"about": subject, "approved": True}


ANSWERS: dict[str, Answer] = {
    "reintegration_plan": plan,
    "plan_approval": yes,
    "plan_delay": always(reason="papers_late"),
    "claim_end": claim_end,
    "claim_reminder": claim_reminder,
}
