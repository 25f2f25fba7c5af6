"""Counselling: every option explained, time to reflect, a choice, and for a return a declaration that counts."""

from models.stage import Role, Track
from workflows import gates
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Asking, Blocked, Done, Party, Said, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """Each thing that a free choice needs, in its order."""
    return session(facts) or unpressed(facts) or reflection(facts) or choice(facts)


def undo(facts: Facts) -> Asking | None:
    """A bed and transport for somebody who has just withdrawn come first, whatever gate is closed (DESIGN §3)."""
    subject = facts.withdrawal
    if not subject or facts.closed or facts.departed or ("bed_and_transport", subject) in facts.supports:
        return None
    return ask(facts, Role.COUNSELLOR, "bed_and_transport", say("withdrawal.support"), within="urgent", subject=subject)


def session(facts: Facts) -> Asking | None:
    """A conversation about every option, with an interpreter who is on nobody's side."""
    if facts.voluntariness.interpreter_conflict:
        why = say("counselling.interpreter_conflict")
        return ask(facts, Role.COUNSELLOR, "counselling_session", why, within="urgent")
    if facts.session is None or not facts.session.options >= gates.must_be_explained(facts):
        return ask(facts, Role.COUNSELLOR, "counselling_session", say("counselling.options_missing"), within="urgent")
    return None


def unpressed(facts: Facts) -> Asking | None:
    """Each open sign of coercion is looked into by a protection officer, the oldest first."""
    closed = gates.pressed(facts)
    if closed is None:
        return None
    flag = facts.voluntariness.open_flags[0]
    return ask(facts, Role.PROTECTION_OFFICER, "coercion_closing", closed, within="urgent", subject=flag)


def reflection(facts: Facts) -> Waiting | None:
    """A victim's time to recover."""
    until = gates.reflects_until(facts)
    return Waiting(Party.PERSON, say("counselling.reflection"), until, say("then.ask_choice")) if until else None


def choice(facts: Facts) -> Standing:
    """A track; whoever returns also declares it."""
    if facts.track is Track.UNDECIDED:
        if untold := gates.untold(facts):
            return Blocked((untold,))
        return ask(facts, Role.COUNSELLOR, "track_choice", say("counselling.no_choice"))
    return declaration(facts) if facts.track is Track.RETURN else Done(say("counselling.complete"))


def declaration(facts: Facts) -> Standing:
    """Each adult signs for themselves; an open claim for protection is a hard stop (domain.md §2.6)."""
    if (closed := gates.non_refoulement(facts)) is not None:
        return barred(facts, closed)
    for unaided in facts.voluntariness.unaided:
        why = say("declaration.no_decision_maker")
        return ask(facts, Role.PROTECTION_OFFICER, "decision_maker", why, subject=unaided)
    for person in gates.undeclared(facts):
        return ask(facts, Role.COUNSELLOR, "declaration", say("declaration.missing"), subject=person.id)
    return heard(facts) or rest(facts) or Done(say("counselling.complete"))


def barred(facts: Facts, closed: Said) -> Asking:
    """How the claim stands is asked now and then; what only screening knows is written down as a claim or corrected."""
    for claim in gates.barring(facts):
        return ask(facts, Role.PROTECTION_OFFICER, "protection_claim", closed, within="claim_look", subject=claim.id)
    return ask(facts, Role.PROTECTION_OFFICER, "screening", closed)


def heard(facts: Facts) -> Asking | None:
    """Each child is asked; after a no the protection officer speaks with the child and the family again."""
    closed = gates.unassented(facts)
    if closed is None:
        return None
    for word in facts.voluntariness.assents:
        if word.assents is not True and gates.must_be_heard(facts, word.person):
            role = Role.PROTECTION_OFFICER if word.assents is False else Role.COUNSELLOR
            return ask(facts, role, "child_assent", closed, subject=word.person)
    return None


def rest(facts: Facts) -> Waiting | None:
    """Nobody's ticket is bought while the ink is wet."""
    until = gates.rests_until(facts)
    return Waiting(Party.PERSON, say("declaration.rest"), until, say("then.may_book")) if until else None
