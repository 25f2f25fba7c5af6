"""Closure: when every other stage is done or not needed, a counsellor closes with a reason; and it may reopen."""

from collections.abc import Iterable, Mapping

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.gates.closure import to_be_closed
from workflows.gates.follow_up import is_lost
from workflows.gates.incidents import SUSPENDED, stands_still
from workflows.patience import ask
from workflows.standing import (
    Asking,
    Blocked,
    Doing,
    Done,
    Duty,
    NotNeeded,
    Party,
    Standing,
    Waiting,
    say,
    until_of,
)

MOVING = (Doing, Waiting, Asking)


def decide(facts: Facts, others: Mapping[Stage, Standing], beside: Iterable[Duty] = ()) -> Standing:
    """Nothing is closed over an open end, nor over a duty that holds it, nor while the case only stands still."""
    if facts.closed:
        return Done(say("closure.closed", reason=facts.closure_reason or "closed"))
    duties, ending = tuple(beside), to_be_closed(facts)
    unsettled = [stage for stage, standing in others.items() if not is_settled(standing, ending)]
    if unsettled:
        why = say("closure.unsettled", stage=unsettled[0].value)
        return next_step(facts, others, duties, unsettled[0]) or Blocked((why,))
    left = [duty for duty in duties if duty.holds_closure and duty.is_open(facts.now)]
    if left:
        return Blocked((say("closure.duty", task=left[0].asking.question),))
    if facts.shelter.stays:
        return Blocked((say("shelter.still_in"),), opened_by=(Role.SHELTER_PARTNER,))
    if facts.incidents.suspension and not ending:
        return stands_still(SUSPENDED[facts.incidents.suspension.kind])
    return closing(facts)


def is_settled(standing: Standing, ending: bool) -> bool:
    """Over; or held up for good, when a supervisor has said that the suspended case is to end."""
    return isinstance(standing, Done | NotNeeded) or (ending and isinstance(standing, Blocked))


def closing(facts: Facts) -> Standing:
    """A counsellor's decision, and a second person's where it needs one."""
    if facts.closing and facts.closing.agreed is None:
        return ask(facts, Role.SUPERVISOR, "closure_review", say("closure.second_person"), subject=facts.closing.id)
    if is_lost(facts):
        return ask(facts, Role.COUNSELLOR, "closure", say("closure.unreachable"), subject="unreachable")
    return ask(facts, Role.COUNSELLOR, "closure", say("closure.ready"))


def next_step(
    facts: Facts, others: Mapping[Stage, Standing], beside: tuple[Duty, ...], stage: Stage
) -> Standing | None:
    """An open case always has a next step (L1): where nothing moves, operations must see why."""
    ends = any(until_of(standing) for standing in others.values())
    if ends or beside or any(isinstance(standing, MOVING) for standing in others.values()):
        return None
    looked_at = facts.incidents.last("next_step", "case", facts.now - facts.rules.time("orphan_look"))
    again = looked_at + facts.rules.time("orphan_look")
    if again > facts.now:
        return Waiting(Party.DATE, say("closure.looked_at"), again, say("then.ask_operations"))
    why = say("closure.no_next_step", stage=stage.value)
    return ask(facts, Role.OPERATIONS, "next_step", why, within="urgent", subject="case")
