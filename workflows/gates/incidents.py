"""What keeps a stage from going on beside its gates: a suspension, a reversal, somebody who left. Safety passes."""

from models.stage import MAP, Role, Stage
from workflows.facts import Facts
from workflows.pathways.tables.incidents import SafetyQuestion
from workflows.patience import OPEN, ask
from workflows.standing import Asking, Blocked, Doing, Done, NotNeeded, Said, Standing, Waiting, say

SUSPENDED = {
    "detained": say("incidents.detained"),
    "absconded": say("incidents.absconded"),
    "suspended": say("incidents.suspended"),
}
ENDED_BY = {"incidents.suspended": Role.SUPERVISOR}


def stopped_by(facts: Facts, stage: Stage) -> Said | None:
    """Why a stage must stand still. Somebody who is in the air is met, whatever else is suspended."""
    known = facts.incidents
    in_the_air = facts.departed and facts.arrived_at is None and stage is Stage.PARTNER_HANDOVER
    if known.suspension and not in_the_air:
        return SUSPENDED[known.suspension.kind]
    if known.reversal and MAP[stage].returning and not facts.departed:
        return say("incidents.reversed")
    return None


def held_up(facts: Facts, stage: Stage, standing: Standing) -> Standing:
    """The standing as it may be while the case is stopped, or while nobody answers for it."""
    why = stopped_by(facts, stage)
    if isinstance(standing, Done | NotNeeded) or is_safety(facts, standing):
        return standing
    if why:
        return stands_still(why)
    if facts.incidents.owner_gone and isinstance(standing, Doing):
        return ask(facts, Role.SUPERVISOR, "case_owner", say("incidents.owner_gone"), within="urgent")
    return standing


def stands_still(why: Said) -> Blocked:
    """Until somebody records the end of what stopped the case: a supervisor for their own word, else the counsellor."""
    return Blocked((why,), opened_by=(ENDED_BY.get(why.code, Role.COUNSELLOR),))


def is_safety(facts: Facts, standing: Standing) -> bool:
    """What goes on regardless: a question of somebody's safety, and finding out what became of what was sent (S6)."""
    match standing:
        case Asking(question=question):
            return any(row.question == question for row in facts.rules.rows(SafetyQuestion))
        case Waiting(why=why):
            return why.code == "effect.unknown"
        case Doing(action=action, subject=subject):
            effect = facts.effect(action, subject)
            return effect is not None and effect.state in OPEN and effect.state != "intended"
    return False
