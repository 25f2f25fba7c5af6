"""Reintegration: a plan that the person signed, then each instalment by trigger, proof, second eyes and payment."""

from collections.abc import Iterator

from models.stage import Role, Track
from workflows import gates
from workflows.facts import Facts, Instalment
from workflows.gates.reintegration import asks_about, claim_end, due_at
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Asking, Doing, Done, Party, Standing, Waiting, say

ORDER = (Doing, Asking, Waiting)


def decide(facts: Facts) -> Standing:
    """In place, shelter first. A plan within a month, approved by another; then whatever an instalment needs."""
    if facts.contact.remigrated_at:  # what was promised is still paid, and nothing new begins
        return next(iter(in_order(facts)), None) or reconciled(facts) or Done(say("reintegration.remigrated"))
    if facts.track is Track.IN_PLACE and not gates.housed(facts):
        why = say("shelter.unmet") if facts.shelter.unmet else say("reintegration.shelter")
        return ask(facts, Role.SHELTER_PARTNER, "shelter", why, subject=str(facts.journey))
    if facts.money.pending:
        return ask(
            facts, Role.SUPERVISOR, "plan_approval", say("reintegration.plan_approval"), subject=facts.money.pending
        )
    if facts.instalments is None:
        return ask(facts, Role.COUNSELLOR, "reintegration_plan", say("reintegration.no_plan"), within="plan")
    return next(iter(in_order(facts)), None) or reconciled(facts) or Done(say("reintegration.delivered"))


def in_order(facts: Facts) -> list[Standing]:
    """Where the open instalments stand: what can be done first, then what is asked, then what is waited for."""
    standings = list(standings_of(facts))
    ends = {id(one): one.until for one in standings if isinstance(one, Waiting)}
    return sorted(standings, key=lambda one: (ORDER.index(type(one)), ends.get(id(one), facts.now)))


def standings_of(facts: Facts) -> Iterator[Standing]:
    """One for each open instalment, and each question once."""
    seen = set()
    for instalment in facts.instalments or ():
        if instalment.is_open:
            standing = standing_of(facts, instalment)
            key = (standing.question, standing.subject) if isinstance(standing, Asking) else standing
            if key not in seen:
                yield standing
            seen.add(key)


def standing_of(facts: Facts, instalment: Instalment) -> Standing:
    """Claimed in time, due, quoted, proved, to a sound account, approved by another, ordered, handed over."""
    if instalment.payment == "ordered":
        return ordered(facts, instalment)
    if not instalment.approved and facts.now >= claim_end(facts, instalment):
        return ask(facts, Role.SUPERVISOR, "claim_end", say("reintegration.claim_over"), subject=instalment.id)
    due = due_at(facts, instalment)
    if facts.now < due:
        return Waiting(Party.DATE, say("reintegration.not_due"), due, say("then.ask_evidence"))
    return asks_about(facts, instalment) or payment(facts, instalment)


def payment(facts: Facts, instalment: Instalment) -> Standing:
    """Through the partner; in place a person pays and says so. An unclear order is never given again (S3, F27)."""
    if instalment.payment == "failed":
        return ask(facts, Role.OPERATIONS, "payment", say("reintegration.payment_failed"), subject=instalment.id)
    if facts.track is Track.IN_PLACE or facts.handover is None or facts.handover.partner not in facts.may_share_with:
        return ask(facts, Role.OPERATIONS, "payment", say("reintegration.pay_by_hand"), subject=instalment.id)
    ordering = attempt(facts, "order_payment", instalment.id, say("reintegration.pay"), Party.PARTNER)
    return ordering or ask(
        facts, Role.OPERATIONS, "payment", say("reintegration.payment_refused"), subject=instalment.id
    )


def ordered(facts: Facts, instalment: Instalment) -> Standing:
    """The partner's word is awaited and its books are read daily; only these say that nothing was paid."""
    if instalment.stop_asked:
        stopping = attempt(facts, "cancel_payment", instalment.id, say("reintegration.stopping"), Party.PARTNER)
        if stopping:
            return stopping
    looking = look(facts, "look_up_payment", instalment.id, instalment.changed_at, say("reintegration.paying"))
    if looking:
        return looking
    until = instalment.changed_at + facts.rules.time("payment")
    if facts.now < until:
        until = until_look(facts, instalment.changed_at, until)
        return Waiting(Party.PARTNER, say("reintegration.paying"), until, say("then.ask_payment"))
    return ask(
        facts, Role.OPERATIONS, "payment", say("reintegration.payment_unclear"), within="urgent", subject=instalment.id
    )


def reconciled(facts: Facts) -> Standing | None:
    """The partner's books are compared with ours after each payment and each answered difference (S22)."""
    settled = [one for one in facts.instalments or () if one.payment and was_ordered(facts, one)]
    if facts.handover is None or not settled:
        return None
    subject = f"{facts.journey}.{len(settled)}.{facts.money.answers}"
    if subject in facts.money.compared:
        return None
    reading = attempt(facts, "reconcile_payments", subject, say("reintegration.reconciling"), Party.PARTNER)
    return reading or ask(facts, Role.OPERATIONS, "reconciliation", say("reintegration.books_unread"), subject=subject)


def was_ordered(facts: Facts, instalment: Instalment) -> bool:
    """Whether the partner may have an order for it, whatever we were told of it since."""
    effect = facts.effect("order_payment", instalment.id)
    return effect is not None and effect.state not in ("intended", "void")
