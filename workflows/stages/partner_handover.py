"""Partner handover: offered without identity, accepted by a named person, then told in stages who comes and when."""

from models.handover_state import EXITS
from models.stage import Role
from workflows.facts import Facts, Handover
from workflows.handover.access import is_new, why_recall
from workflows.handover.clock import answer_ladder, is_over
from workflows.handover.telling import accepted, after_arrival, not_met, received
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Asking, Doing, Done, Party, Said, Standing, Waiting, say

TO_PARTNER = ("partner_focal", "partner_manager")
THEN = {
    "partner_focal": say("then.remind"),
    "partner_manager": say("then.remind_manager"),
    "country_office": say("then.country_office"),
    "alternate": say("then.other_partner"),
}


def decide(facts: Facts) -> Standing:
    """Acceptance, not delivery, is what counts; silence is a fact with a ladder (domain.md §1.9)."""
    handover = facts.handover
    if facts.partner is None:
        return choose(facts, say("handover.no_partner"))
    if facts.partner in facts.reception.inactive:
        return choose(facts, say("handover.partner_left", alternate=who_else(facts)))
    if handover and is_over(facts, handover) and handover.partner == facts.partner:
        return choose(facts, why_gone(facts, handover), handover)
    if facts.partner not in facts.may_share_with:
        return unshared(facts, facts.partner)
    return offer(facts, handover) if is_to_offer(facts, handover) else standing_of(facts, handover)


def unshared(facts: Facts, partner: str) -> Standing:
    """Nothing is told without consent. Who has travelled is not pressed for it: we look after them ourselves (F33)."""
    if not facts.departed or is_new(facts, partner):
        return ask(facts, Role.COUNSELLOR, "transfer_consent", say("handover.no_consent"), subject=partner)
    if facts.arrived_at is None:
        return ask(facts, Role.PROTECTION_OFFICER, "arrival", say("handover.not_shared"), within="emergency")
    return Done(say("handover.sharing_ended"))


def is_to_offer(facts: Facts, handover: Handover | None) -> bool:
    """Nothing lies with the partner chosen; what ended there is only offered again when somebody chose it again."""
    if handover is None or handover.status == "draft" or handover.partner != facts.partner:
        return True
    chosen, ended = facts.reception.chosen_at, handover.ended_at
    chosen_again = chosen is not None and ended is not None and chosen > ended
    consented_again = handover.id in facts.voluntariness.unshared
    return handover.status in EXITS and (handover.reason == "new_dates" or chosen_again or consented_again)


def offer(facts: Facts, handover: Handover | None) -> Standing:
    """The next offer of this journey. A draft whose sending was proved not to have happened gives way to a new one."""
    number = (handover.generation if handover else 0) + (handover is None or handover.status != "draft")
    effect = facts.effect("offer_handover", f"{facts.journey}.{number}")
    if handover and handover.status == "draft" and effect and effect.state == "absent":
        number += 1
    subject = f"{facts.journey}.{number}"
    offering = attempt(facts, "offer_handover", subject, say("handover.offer"), Party.PARTNER)
    return offering or choose(facts, say("handover.not_taken", alternate=who_else(facts)), handover)


def choose(facts: Facts, why: Said, handover: Handover | None = None) -> Asking:
    """A counsellor chooses who is to receive the person."""
    subject = handover.id if handover else ""
    return ask(facts, Role.COUNSELLOR, "receiving_partner", why, subject=subject)


def who_else(facts: Facts) -> str:
    """Partners that could take over, the most reliable first."""
    return ", ".join(facts.reception.alternates) or "–"


def standing_of(facts: Facts, handover: Handover | None) -> Standing:
    """Each status has one next thing; what could not be recalled is never told more."""
    assert handover is not None
    if why_recall(facts, handover) and not facts.departed:
        return choose(facts, say("handover.not_recalled"), handover)
    match handover.status:
        case "offered":
            return offered(facts, handover)
        case "asked_back":
            return asked_back(facts, handover)
        case "accepted":
            return accepted(facts, handover)
        case "arrived":
            return after_arrival(facts, handover)
        case "received":
            return received(facts, handover)
        case "no_show":
            return not_met(facts, handover)
        case _:
            return choose(facts, why_gone(facts, handover), handover)


def why_gone(facts: Facts, handover: Handover) -> Said:
    """Why another partner is needed."""
    alternate = who_else(facts)
    match handover.status:
        case "offered" | "expired":
            return say("handover.silent", alternate=alternate)
        case "cancelled":
            return say("handover.cancelled", alternate=alternate)
        case "returned":
            return say("handover.returned", alternate=alternate)
        case "recalled" | "withdrawn":
            return say("handover.recalled", alternate=alternate)
        case "not_taken":
            return say("handover.not_taken", alternate=alternate)
    return say("handover.declined", alternate=alternate)


def offered(facts: Facts, handover: Handover) -> Standing:
    """Up the ladder: the partner's focal point, then its manager; beside it people call (``workflows.duties``)."""
    since, why = handover.waiting_since, say("handover.look")
    looking = look(facts, "look_up_handover", f"{handover.id}.offered", since, why)
    if looking:
        return looking
    rungs, again = answer_ladder(facts, handover), None
    passed = [rung.name for rung in rungs if rung.at <= facts.now and rung.name in TO_PARTNER]
    for about in (["name"] if handover.unnamed_at else []) + passed[-1:]:
        reminding = attempt(facts, "remind_partner", f"{handover.id}.{about}", say("handover.remind"), Party.PARTNER)
        if reminding and not isinstance(reminding, Waiting):
            return reminding
        again = reminding or again
    coming = next(rung for rung in rungs if rung.at > facts.now)
    until = min(until_look(facts, since, coming.at), again.until if isinstance(again, Waiting) else coming.at)
    code = say("handover.unnamed") if handover.unnamed_at else say("handover.waiting")
    return Waiting(Party.PARTNER, code, until, THEN.get(coming.name, say("then.remind")))


def asked_back(facts: Facts, handover: Handover) -> Standing:
    """The partner's clock stands still until the counsellor has answered and the answer is sent."""
    subject = handover.question or handover.id
    if not handover.replied:
        return ask(facts, Role.COUNSELLOR, "handover_reply", say("handover.asked_back"), subject=subject)
    replying = attempt(facts, "answer_partner", subject, say("handover.answer"), Party.PARTNER)
    return replying or ask(facts, Role.COUNSELLOR, "handover_reply", say("handover.not_answered"), subject=subject)


def undo(facts: Facts) -> Standing | None:
    """Recall what must not stay with a partner. While its system does not answer, the rest of the case goes on."""
    waiting: Standing | None = None
    for handover in facts.handovers:
        reason = why_recall(facts, handover)
        recalling = recall(facts, handover) if reason else settle(facts, handover) or answer_return(facts, handover)
        if isinstance(recalling, Doing):
            return recalling
        goes_on = reason in ("replaced", "expired", "partner_left")
        waiting = waiting or (None if goes_on else recalling)
    return waiting


def recall(facts: Facts, handover: Handover) -> Standing | None:
    """Take it back."""
    return attempt(facts, "recall_handover", handover.id, say("handover.recall"), Party.PARTNER)


def answer_return(facts: Facts, handover: Handover) -> Standing | None:
    """Our word on whether we take somebody back goes to the partner."""
    if not handover.back or handover.status not in ("accepted", "declined"):
        return None
    return attempt(facts, "answer_return", handover.id, say("handover.answer_return"), Party.PARTNER)


def settle(facts: Facts, handover: Handover) -> Standing | None:
    """An offer of an earlier journey that may have reached the partner is found out about, so that it is recalled."""
    subject = f"{handover.journey}.{handover.generation}"
    effect = facts.effect("offer_handover", subject)
    is_old = handover.status == "draft" and (handover.journey < facts.journey or facts.closed)
    if not is_old or effect is None or effect.state not in ("sent", "unknown"):
        return None
    return attempt(facts, "offer_handover", subject, say("handover.offer"), Party.PARTNER)
