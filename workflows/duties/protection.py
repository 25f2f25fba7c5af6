"""Legal advice for everybody whose claim bars a return, and the day after a court's."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.stage import Role, Stage
from workflows import gates
from workflows.facts import Claim, Facts
from workflows.patience import duty
from workflows.standing import Duty, say

SCREENED = "asylum:screened"


def duties(facts: Facts) -> Iterable[Duty]:
    """A claim brings a lawyer with it, and is asked after when its court has sat."""
    bars = gates.barring(facts)
    for claim in bars:
        if not claim.advised:
            yield legal_aid(facts, claim.id)
        if claim.court_on and claim.said_at and claim.said_at < day_after(facts, claim):
            yield duty(
                facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "protection_claim", say("protection.court_sat"),
                opens_at=day_after(facts, claim), subject=f"court:{claim.id}", holds_closure=False,
            )  # fmt: skip
    if not bars and gates.asylum_screened(facts) and SCREENED not in facts.protection.advised:
        yield legal_aid(facts, SCREENED)


def legal_aid(facts: Facts, subject: str) -> Duty:
    """Somebody sees to it that the person speaks with a lawyer, and gets the advice in writing."""
    why = say("protection.legal_aid")
    return duty(
        facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "legal_aid", why, within="legal_aid", subject=subject,
        holds_closure=False,
    )  # fmt: skip


def day_after(facts: Facts, claim: Claim) -> datetime:
    """The morning after a court's day, where the person is."""
    assert claim.court_on is not None
    zone = ZoneInfo(facts.protection.zone)
    return datetime.combine(claim.court_on + timedelta(days=1), time(9), zone).astimezone(facts.now.tzinfo)
