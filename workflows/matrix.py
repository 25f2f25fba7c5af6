"""Likelihood times impact: what the matrix says, and whether what was filled in can be right (domain.md §2.4)."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from workflows.facts import Rules
from workflows.pathways.tables.risk_assessment import Mitigation, RiskBand, RiskDomain


class Item(Protocol):
    """One line as it was filled in."""

    @property
    def domain(self) -> str: ...

    @property
    def applies(self) -> bool: ...

    @property
    def mitigations(self) -> Sequence[str]: ...

    @property
    def likelihood_after(self) -> int | None: ...

    @property
    def impact_after(self) -> int | None: ...


def band(rules: Rules, score: int) -> str:
    """The level of one score. Raises LookupError for a score that no band covers."""
    for row in rules.rows(RiskBand):
        if row.least <= score <= row.most:
            return row.level
    raise LookupError(f"no band for {score}")


def levels(rules: Rules) -> list[str]:
    """The levels, the lowest first."""
    return [row.level for row in sorted(rules.rows(RiskBand), key=lambda row: row.least)]


def residual(rules: Rules, items: Iterable[Item]) -> str:
    """The level of the worst item after mitigation: one critical item makes the case critical."""
    order = levels(rules)
    scores = [(item.likelihood_after or 0) * (item.impact_after or 0) for item in items if item.applies]
    return max((band(rules, score) for score in scores), key=order.index, default=order[0])


def is_lower(rules: Rules, one: str, other: str) -> bool:
    """Whether one level is below another."""
    order = levels(rules)
    return order.index(one) < order.index(other)


def missing(rules: Rules, track: str, items: Iterable[Item]) -> list[str]:
    """The domains of a track that were not rated, in the order of the table."""
    rated = {item.domain for item in items}
    return [row.code for row in rules.rows(RiskDomain) if track in row.tracks and row.code not in rated]


def unknown(rules: Rules, items: Iterable[Item]) -> list[str]:
    """Domains and mitigations that the tables do not have, and domains that come twice."""
    known, seen = {row.code for row in rules.rows(RiskDomain)}, set[str]()
    ways, wrong = {row.code for row in rules.rows(Mitigation)}, list[str]()
    for item in items:
        wrong += [item.domain] if item.domain not in known or item.domain in seen else []
        wrong += [code for code in item.mitigations if code not in ways]
        seen.add(item.domain)
    return wrong
