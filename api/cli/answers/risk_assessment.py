"""The assessment with its matrix, its approval, and later looks."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer
from api.cli.cast import Life
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.risk_assessment import RiskDomain

# What is left of the first domain's risk after mitigation, for each level a life can have.
AFTER = {"low": (2, 2), "medium": (2, 4), "high": (3, 4), "critical": (4, 5)}


def assessment(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Every domain rated; one of them as high as the life says."""
    likelihood, impact = AFTER[life.risk]
    worst = {"likelihood": 4, "impact": 5, "mitigations": ["escort", "new_number"]}
    first, *others = [row.code for row in rules_of(*CURRENT).rows(RiskDomain)]
    items = [{"domain": first, **worst, "likelihood_after": likelihood, "impact_after": impact}]
    items += [{"domain": code, "likelihood": 1, "impact": 2} for code in others]
    reason = "What was heard of the place was weighed." if life.risk in ("low", "medium") else None
    return {"level": life.risk, "items": items, "reason": reason}


def approval(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A second person agrees to what the question names: the assessment and its hash."""
    known, _, sha256 = subject.partition(".")
    return {"assessment": known, "sha256": sha256, "approved": True}


def review(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Nothing has changed."""
    return {"about": subject, "stands": True, "reason": "Spoken with the person and the partner: nothing has changed."}


ANSWERS: dict[str, Answer] = {"risk_assessment": assessment, "risk_approval": approval, "risk_review": review}
