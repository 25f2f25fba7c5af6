"""Risk assessment: the place's partner is heard, one officer assesses, another decides, each child is decided for."""

from datetime import datetime

from models.stage import Role, Track
from workflows import gates, matrix
from workflows.facts import Facts, Risk
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Done, Party, Said, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """No gate is opened by one person, or by silence."""
    return heard(facts) or assessed(facts) or child_decided_for(facts) or cleared(facts)


def cleared(facts: Facts) -> Done:
    """What the assessment rests on is said: with the receiving partner's word, or without it."""
    unheard = facts.track is Track.RETURN and facts.risk is not None and not facts.risk.heard
    return Done(say("risk.cleared_unheard") if unheard else say("risk.cleared"), valid_until(facts))


def heard(facts: Facts) -> Standing | None:
    """Ask the receiving partner about the place, without identity; go on without an answer after a while."""
    if facts.track is not Track.RETURN or (facts.risk and facts.risk.approved is not None):
        return None
    if facts.partner is None:
        return ask(facts, Role.COUNSELLOR, "receiving_partner", say("risk.no_partner"))
    given = facts.country_input
    if given is None:
        subject = f"{facts.journey}.{facts.partner}"
        return attempt(facts, "ask_country_input", subject, say("risk.country_input"), Party.PARTNER)
    until = given.asked_at + facts.rules.time("country_input")
    if given.safe is None and facts.now < until:
        looking = look(facts, "look_up_country_input", str(facts.journey), given.asked_at, say("risk.country_input"))
        until = until_look(facts, given.asked_at, until)
        return looking or Waiting(Party.PARTNER, say("risk.country_input"), until, say("then.assess_without"))
    return None


def assessed(facts: Facts) -> Standing | None:
    """An assessment in force, not overtaken, approved by somebody else, of acceptable residual risk."""
    risk = facts.risk
    if risk is None or risk.valid_until <= facts.now or risk.approved is False:
        why = say("risk.rejected") if risk and risk.approved is False else say("risk.not_assessed")
        return ask(facts, Role.PROTECTION_OFFICER, "risk_assessment", why, subject=f"after:{risk.id}" if risk else "")
    closed = gates.overtaken(facts, risk)
    if closed:
        return looked_at_again(facts, risk, closed)
    if risk.approved is None:
        lower = bool(risk.hint) and matrix.is_lower(facts.rules, risk.level, risk.hint)
        why = say("risk.lower_than_matrix") if lower else say("risk.not_approved")
        return ask(facts, Role.SUPERVISOR, "risk_approval", why, subject=approval_of(risk))
    if gates.is_too_high(facts):
        return ask(facts, Role.COUNSELLOR, "track_choice", say("risk.unacceptable"), subject=risk.id)
    return None


def looked_at_again(facts: Facts, risk: Risk, why: Said) -> Standing:
    """What was reported is looked at within a day; what has changed is assessed anew."""
    if why == say("risk.changed"):
        return ask(facts, Role.PROTECTION_OFFICER, "risk_assessment", why, within="urgent", subject=f"after:{risk.id}")
    return ask(facts, Role.PROTECTION_OFFICER, "risk_review", why, within="urgent", subject=gates.review_of(facts))


def approval_of(risk: Risk) -> str:
    """What an approval is about: the assessment, and the beginning of the hash of what it says."""
    return f"{risk.id}.{risk.sha256[:16]}"


def child_decided_for(facts: Facts) -> Standing | None:
    """Return only where it is in the child's best interests (S9)."""
    for child in gates.children(facts):
        if not gates.is_decided_for(facts, child):
            refused = child.best_interests is False
            role, question = (
                (Role.COUNSELLOR, "track_choice") if refused else (Role.PROTECTION_OFFICER, "best_interests")
            )
            return ask(facts, role, question, say("risk.best_interests"), subject=child.id)
    return None


def valid_until(facts: Facts) -> datetime | None:
    """Until when the assessment holds."""
    return facts.risk.valid_until if facts.risk else None
