"""Beside the stages: the first days after arrival, the plan's month, claims that end, books, visits, taking back."""

import hashlib
from collections.abc import Iterable, Iterator

from models.stage import Role, Stage, Track
from workflows.facts import Facts, SpotCheck
from workflows.gates.partner_handover import arrived
from workflows.gates.reintegration import claim_end
from workflows.patience import duty
from workflows.stages.reintegration import decide, standings_of
from workflows.standing import Asking, Duty, say

HERE = Stage.REINTEGRATION


def duties(facts: Facts) -> Iterable[Duty]:
    """All of them."""
    if facts.arrived_at is not None:
        yield from first_days(facts)
    if facts.arrived_at is not None or facts.track is Track.IN_PLACE:
        yield from plan_in_time(facts)
        yield from other_instalments(facts)
        yield from claims(facts)
    yield from books(facts)
    yield from visits(facts)


def first_days(facts: Facts) -> Iterator[Duty]:
    """Met, and spoken to in private on day 1 to 7: neither follows from the arrival, nor from each other."""
    there, said, since = facts.arrival, facts.rules.time, facts.arrived_at or facts.now
    if there.met_at is None:
        yield duty(facts, HERE, Role.PROTECTION_OFFICER, "meeting", say("arrival.not_met"), within="emergency")
    if "safe_arrival" in facts.reviewed or there.safe_at:
        return
    late = facts.now >= since + said("safe_arrival_from") + said("safe_arrival")
    if there.unsafe_at or (late and there.tried_at):
        code = say("arrival.unsafe") if there.unsafe_at else say("arrival.not_reached")
        yield duty(
            facts, HERE, Role.PROTECTION_OFFICER, "safety_review", code, within="emergency", subject="safe_arrival"
        )
        return
    opens = max(since + said("safe_arrival_from"), (there.tried_at or since) + said("safe_arrival_again"))
    yield duty(
        facts, HERE, Role.COUNSELLOR, "safe_arrival", say("arrival.not_safe_yet"), opens_at=opens, within="safe_arrival"
    )


def plan_in_time(facts: Facts) -> Iterator[Duty]:
    """The supervisor hears before the month for the plan is over."""
    since = facts.choice_at if facts.track is Track.IN_PLACE else facts.arrived_at
    if facts.money.plan or facts.money.delay_at or since is None:
        return
    opens = since + facts.rules.time("plan") - facts.rules.time("plan_warning")
    yield duty(facts, HERE, Role.SUPERVISOR, "plan_delay", say("reintegration.plan_late"), opens_at=opens,
               within="plan_warning", holds_closure=False)  # fmt: skip


def other_instalments(facts: Facts) -> Iterator[Duty]:
    """What other instalments need while the stage shows the first: one that stands still holds up no other."""
    shown = decide(facts)
    if arrived(facts) or facts.money.pending or not isinstance(shown, Asking):
        return
    for standing in standings_of(facts):
        if isinstance(standing, Asking) and standing != shown:
            yield Duty(HERE, standing, facts.now)


def claims(facts: Facts) -> Iterator[Duty]:
    """The person is told in time that an instalment must be claimed."""
    for one in facts.instalments or ():
        if one.is_open and not one.approved and not one.reminded:
            ends = claim_end(facts, one)
            if facts.now < ends:
                yield duty(facts, HERE, Role.COUNSELLOR, "claim_reminder", say("reintegration.claim_ends"),
                           opens_at=ends - facts.rules.time("claim_warning"), subject=one.id)  # fmt: skip


def books(facts: Facts) -> Iterator[Duty]:
    """Differences between the partner's books and ours, and money that somebody wants back."""
    for key in facts.money.differences:
        yield duty(facts, HERE, Role.OPERATIONS, "money_difference", say("reintegration.difference"), subject=key)
    for one in facts.money.claw_backs:
        yield duty(facts, HERE, Role.SUPERVISOR, "claw_back_decision", say("reintegration.claw_back"), subject=one)


def visits(facts: Facts) -> Iterator[Duty]:
    """A sample of payments is visited before the case is closed."""
    for check in facts.money.spot_checks:
        if check.outcome is None and in_sample(facts, check):
            opens = check.paid_at + facts.rules.time("spot_check_after")
            yield duty(facts, HERE, Role.MONITORING, "spot_check", say("reintegration.visit"), opens_at=opens,
                       within="spot_check", subject=check.instalment)  # fmt: skip


def in_sample(facts: Facts, check: SpotCheck) -> bool:
    """Drawn by the id of the entry in the books: nobody chooses, and everybody can check the draw."""
    drawn = int.from_bytes(hashlib.sha256(check.entry.encode()).digest()[:4]) % 10_000
    return drawn < facts.rules.number("spot_check_share") * 100
