"""Closure: when every other stage is done or not needed, a counsellor closes with a reason; and it may reopen."""

from collections.abc import Iterable, Mapping

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Blocked, Done, Duty, NotNeeded, Standing, say


def decide(facts: Facts, others: Mapping[Stage, Standing], beside: Iterable[Duty] = ()) -> Standing:
    """Nothing is closed over an open end, nor over a duty that holds it."""
    if facts.closed:
        return Done(say("closure.closed", reason=facts.closure_reason or "closed"))
    unsettled = [stage for stage, standing in others.items() if not isinstance(standing, Done | NotNeeded)]
    if unsettled:
        return Blocked((say("closure.unsettled", stage=unsettled[0].value),))
    left = [duty for duty in beside if duty.holds_closure and duty.is_open(facts.now)]
    if left:
        return Blocked((say("closure.duty", task=left[0].asking.question),))
    return ask(facts, Role.COUNSELLOR, "closure", say("closure.ready"))
