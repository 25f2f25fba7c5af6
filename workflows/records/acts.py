"""Which act of the policy recording a fact is. Most are work on the case; a few are more, or less, than that."""

from models.access import Act

# Somebody is in danger, or data got out: whoever of ours hears of it says so, in a case that need not be theirs.
REPORTS = frozenset({"threat", "protection_alert", "coercion_flag", "breach"})
# The second person's word (domain.md §4.7: four eyes).
APPROVALS = frozenset({
    "risk_approval", "price_approval", "plan_approval", "instalment_approval", "closure_review", "claw_back_decision",
    "shelter_decision",
})  # fmt: skip


def act_of(kind: str) -> Act:
    """What the policy is asked before a fact of this kind is recorded."""
    if kind in REPORTS:
        return Act.REPORT
    return Act.APPROVE if kind in APPROVALS else Act.RECORD
