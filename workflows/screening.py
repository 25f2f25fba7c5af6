"""Hints for people who screen: what the answers point at. A hint is kept beside a decision and never is one.

GDPR article 22 and KVKK article 11: nobody is found a victim, vulnerable or not, by a machine.
"""

from collections.abc import Iterable, Mapping

from workflows.facts import Rules
from workflows.pathways.tables.screening import Factor

LEVELS = ("individual", "household", "community", "structural")


def trafficking_hint(acts: Iterable[str], means: Iterable[str], purposes: Iterable[str], *, child: bool) -> str:
    """Act, means and purpose together (Palermo Protocol art. 3); for a child the means are not required."""
    whole = any(acts) and any(purposes) and (child or any(means))
    if whole:
        return "actual"
    return "possible" if any(acts) or any(means) or any(purposes) else "none"


def vulnerability_hint(rules: Rules, factors: Mapping[str, str]) -> str:
    """High, medium or low from factors and what each is for this person: risk or protective.

    A level counts as at risk when nothing at that level protects. One grave risk is high whatever protects;
    so are risks at most levels. Nothing is added up.
    """
    known = {factor.code: factor for factor in rules.rows(Factor)}
    risks = [known[code] for code, polarity in factors.items() if polarity == "risk" and code in known]
    protected = {known[code].level for code, polarity in factors.items() if polarity == "protective" and code in known}
    bare = {factor.level for factor in risks} - protected
    if any(factor.grave for factor in risks) or len(bare) > len(LEVELS) / 2:
        return "high"
    return "medium" if bare else "low"
