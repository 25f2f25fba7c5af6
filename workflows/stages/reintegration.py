"""Reintegration: a plan with the person, then each instalment by evidence, a second person's approval, and proof."""

from datetime import datetime, time

from models.stage import Role, Track
from workflows.facts import Facts, Instalment
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Done, Party, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """In place, shelter first. A plan within a month; then the instalments in their order."""
    if facts.track is Track.IN_PLACE and ("shelter", str(facts.journey)) not in facts.supports:
        return ask(facts, Role.SHELTER_PARTNER, "shelter", say("reintegration.shelter"), subject=str(facts.journey))
    if facts.instalments is None:
        return ask(facts, Role.COUNSELLOR, "reintegration_plan", say("reintegration.no_plan"), within="plan")
    for instalment in facts.instalments:
        if instalment.payment != "handed_over":
            return standing_of(facts, instalment)
    return Done(say("reintegration.delivered"))


def standing_of(facts: Facts, instalment: Instalment) -> Standing:
    """Due, evidenced, approved by another, ordered, handed over."""
    due = datetime.combine(instalment.due_on, time(), tzinfo=facts.now.tzinfo)
    if facts.now < due:
        return Waiting(Party.DATE, say("reintegration.not_due"), due, say("then.ask_evidence"))
    if not instalment.evidence:
        return ask(facts, Role.COUNSELLOR, "evidence", say("reintegration.evidence"), subject=instalment.id)
    if not instalment.approved:
        return ask(facts, Role.SUPERVISOR, "instalment_approval", say("reintegration.approval"), subject=instalment.id)
    return payment(facts, instalment)


def payment(facts: Facts, instalment: Instalment) -> Standing:
    """Through the partner; in place a person pays and says so. An unclear payment is never ordered again (S3)."""
    if facts.track is Track.IN_PLACE or facts.handover is None:
        return ask(facts, Role.OPERATIONS, "payment", say("reintegration.pay_by_hand"), subject=instalment.id)
    if instalment.payment == "failed":
        return ask(facts, Role.OPERATIONS, "payment", say("reintegration.payment_failed"), subject=instalment.id)
    ordering = attempt(facts, "order_payment", instalment.id, say("reintegration.pay"), Party.PARTNER)
    if ordering:
        return ordering
    until = instalment.changed_at + facts.rules.time("payment")
    if instalment.payment == "ordered" and facts.now < until:
        looking = look(facts, "look_up_payment", instalment.id, instalment.changed_at, say("reintegration.paying"))
        until = until_look(facts, instalment.changed_at, until)
        return looking or Waiting(Party.PARTNER, say("reintegration.paying"), until, say("then.ask_payment"))
    return ask(facts, Role.OPERATIONS, "payment", say("reintegration.payment_unclear"), subject=instalment.id)
