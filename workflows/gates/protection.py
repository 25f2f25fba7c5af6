"""No return into danger: claims for protection are hard stops that nobody can override (domain.md §2.6)."""

from workflows.facts import Claim, Facts
from workflows.pathways.tables.protection import ReturnBar
from workflows.standing import Said, say


def non_refoulement(facts: Facts) -> Said | None:
    """Nothing bars the return of anybody in the case."""
    bars = barring(facts)
    if bars:
        return say("protection.barred", claim=bars[0].kind, status=bars[0].status)
    return say("declaration.asylum_pending") if asylum_screened(facts) else None


def barring(facts: Facts) -> tuple[Claim, ...]:
    """The claims that bar a return as they stand now. A kind or status that no rule knows bars, until one does."""
    known = {bar.kind: bar for bar in facts.rules.rows(ReturnBar)}
    return tuple(
        claim
        for claim in facts.protection.claims
        if claim.kind not in known or claim.status not in known[claim.kind].ends
    )


def asylum_screened(facts: Facts) -> bool:
    """Screening says that a claim is pending, and no claim on record has ended it."""
    pending = facts.screening is not None and facts.screening.asylum_pending
    return pending and not any(claim.kind == "asylum" for claim in facts.protection.claims)
