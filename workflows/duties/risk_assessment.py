"""Looking at a risk again beside the stages: before the flight, before it ends, on arrival, and when told later."""

from collections.abc import Iterable

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Facts
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterable[Duty]:
    """Whoever is protected is looked after past the flight, too."""
    yield from before_the_flight(facts)
    yield from ends_too_soon(facts)
    yield from on_arrival(facts)
    yield from reported_later(facts)


def before_the_flight(facts: Facts) -> Iterable[Duty]:
    """In the last days, for somebody vulnerable; one word is enough when nothing has changed."""
    opens, booking = gates.relook_opens(facts), facts.booking
    if opens is None or booking is None or facts.departed or facts.now >= booking.departs_at:
        return
    if facts.now < opens or gates.looked_again(facts):
        yield duty(
            facts, Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER, "risk_review", say("risk.relook"), opens_at=opens,
            within="urgent", subject=f"before:{booking.generation}",
        )  # fmt: skip


def ends_too_soon(facts: Facts) -> Iterable[Duty]:
    """An assessment that ends before the flight is made anew ahead of its end, and not on the day."""
    risk, booking = facts.risk, facts.booking
    if risk is None or booking is None or not booking.is_live or facts.departed or facts.track is not Track.RETURN:
        return
    if facts.now < risk.valid_until <= booking.departs_at and risk.approved:
        opens = risk.valid_until - facts.rules.time("risk_renewal")
        yield duty(
            facts, Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER, "risk_assessment", say("risk.ends_before_flight"),
            opens_at=max(opens, facts.now), subject=f"after:{risk.id}", holds_closure=False,
        )  # fmt: skip


def on_arrival(facts: Facts) -> Iterable[Duty]:
    """Once somebody vulnerable has arrived, what was expected is held against what is there."""
    if facts.arrived_at is None or facts.risk is None or not facts.is_vulnerable:
        return
    subject = f"arrival:{facts.journey}"
    if not any(look.at >= facts.arrived_at for look in facts.protection.looks) and facts.risk.at < facts.arrived_at:
        yield duty(
            facts, Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER, "risk_review", say("risk.arrived"), within="urgent",
            opens_at=facts.arrived_at, subject=subject,
        )  # fmt: skip


def reported_later(facts: Facts) -> Iterable[Duty]:
    """After departure no stage asks any more, but what is reported then is looked at all the same."""
    if not facts.departed or facts.risk is None:
        return
    why = gates.overtaken(facts, facts.risk)
    if why == say("risk.changed"):
        subject = f"after:{facts.risk.id}"
        yield duty(
            facts, Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER, "risk_assessment", why, within="urgent",
            subject=subject,
        )  # fmt: skip
    elif why:
        yield duty(
            facts, Stage.RISK_ASSESSMENT, Role.PROTECTION_OFFICER, "risk_review", why, within="emergency",
            subject=gates.review_of(facts),
        )  # fmt: skip
