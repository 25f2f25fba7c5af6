"""Where every stage of a case stands, worked out from its facts alone: no clock, no I/O, no randomness."""

from models.stage import MAP, Stage, Track
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gates import GATES
from workflows.gates.incidents import held_up, is_safety
from workflows.stages import DECIDE, UNDO, closure
from workflows.standing import Asking, Blocked, Done, NotNeeded, Standing, say

BEFORE_DEPARTURE = frozenset(
    {
        Stage.COUNSELLING,
        Stage.RISK_ASSESSMENT,
        Stage.HEALTH,
        Stage.TRAVEL_DOCUMENTS,
        Stage.EXIT_CLEARANCE,
        Stage.FLIGHT_BOOKING,
        Stage.DEPARTURE,
    }
)


def decide(facts: Facts) -> dict[Stage, Standing]:
    """The standing of every stage; closure looks at the others and comes last."""
    open_stages = [stage for stage in MAP if stage is not Stage.CLOSURE]
    standings: dict[Stage, Standing] = {}
    standings.update((stage, decide_stage(facts, stage)) for stage in open_stages)
    standings[Stage.CLOSURE] = closure.decide(facts, standings, duties(facts))
    return standings


def decide_stage(facts: Facts, stage: Stage) -> Standing:
    """Taking back what no longer holds comes first; then whether the stage is needed; then its gates; then itself.

    A suspension, a reversal, or an owner who left hold up whatever would go on, except for somebody's safety.
    """
    undo = UNDO[stage](facts) if stage in UNDO else None
    if undo is not None:
        return undo
    return out_of_scope(facts, stage) or held_up(facts, stage, going_on(facts, stage))


def going_on(facts: Facts, stage: Stage) -> Standing:
    """The gates, then the stage itself."""
    return closed_gates(facts, stage) or DECIDE[stage](facts)


def out_of_scope(facts: Facts, stage: Stage) -> Standing | None:
    """Closed, no longer alive, no longer to be kept on file, not travelling, or already travelled."""
    if facts.closed:
        return NotNeeded(say("case.closed"))
    if facts.incidents.deceased:
        return sent_before(facts, stage) or NotNeeded(say("incidents.deceased"))
    if facts.voluntariness.data_taken_back:
        return NotNeeded(say("intake.data_taken_back"))
    if facts.departed and stage in BEFORE_DEPARTURE:
        return Done(say("stage.travelled"))
    beyond_counselling = stage not in (Stage.INTAKE, Stage.COUNSELLING)
    if facts.track is Track.NONE and beyond_counselling:
        return NotNeeded(say("track.none"))
    if facts.track is Track.IN_PLACE and MAP[stage].returning:
        return NotNeeded(say("track.in_place"))
    return None


def sent_before(facts: Facts, stage: Stage) -> Standing | None:
    """What became of something that was already sent is found out even so."""
    left = going_on(facts, stage)
    if isinstance(left, Asking):
        return left if left.question == "effect_outcome" else None
    return left if is_safety(facts, left) else None


def closed_gates(facts: Facts, stage: Stage) -> Standing | None:
    """Blocked by every gate of the map that is closed now. A departed person has passed those of the journey."""
    if facts.departed and stage is Stage.PARTNER_HANDOVER:
        return None
    closed = {gate: reason for gate in MAP[stage].needs if (reason := GATES[gate](facts)) is not None}
    return Blocked(tuple(dict.fromkeys(closed.values())), tuple(closed)) if closed else None
