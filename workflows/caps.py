"""How much a case may have: caps for the family, each person and each kind of support. Pure, like every decision."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from workflows.facts import Facts, Traveller
from workflows.pathways.tables.money import GrantCap, SupportKind

Scope = tuple[str, str]
FAMILY: Scope = ("family", "")


def scopes_of(person: str, kind: str) -> tuple[Scope, Scope, Scope]:
    """What a sum counts for: the family, the person, the kind of support."""
    return FAMILY, ("person", person), ("category", kind)


def caps_of(facts: Facts) -> dict[Scope, Decimal]:
    """The caps of a case, less what its people were granted elsewhere; never below zero."""
    caps = {("category", kind.code): kind.cap_eur for kind in facts.rules.rows(SupportKind)}
    grants: dict[str, Decimal] = {cap.who: cap.eur for cap in facts.rules.rows(GrantCap)}
    caps[FAMILY] = max(grants["family"] - facts.granted_elsewhere, Decimal(0))
    for person in facts.people:
        caps["person", person.id] = cap_of(facts, person, grants)
    return caps


def cap_of(facts: Facts, person: Traveller, grants: Mapping[str, Decimal]) -> Decimal:
    """What one person may have. What was granted elsewhere counts against the principal."""
    cap = grants["child" if person.is_child(facts.today) else "adult"]
    return max(cap - facts.granted_elsewhere, Decimal(0)) if person.principal else cap


def sums_of(parts: Iterable[tuple[str, str, Decimal]]) -> dict[Scope, Decimal]:
    """What several sums (person, kind of support, euros) come to in each scope."""
    sums: dict[Scope, Decimal] = {}
    for person, kind, eur in parts:
        for scope in scopes_of(person, kind):
            sums[scope] = sums.get(scope, Decimal(0)) + eur
    return sums


def over(facts: Facts, wanted: Mapping[Scope, Decimal]) -> Scope | None:
    """The first scope in which the approved and the wanted are more than the cap; None when all fit."""
    caps = caps_of(facts)
    for scope, eur in wanted.items():
        if facts.money.approved.get(scope, Decimal(0)) + eur > caps.get(scope, Decimal(0)):
            return scope
    return None
