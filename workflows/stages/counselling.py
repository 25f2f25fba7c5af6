"""Counselling: every option explained, time to reflect, a choice, and for a return each adult's declaration."""

from models.stage import Role, Track
from workflows import gates
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Asking, Done, Party, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """After a withdrawal the bed and the transport come first (DESIGN §3)."""
    missing = support(facts)
    if missing:
        return missing
    if facts.session is None or not facts.session.options >= gates.MUST_BE_EXPLAINED:
        return ask(facts, Role.COUNSELLOR, "counselling_session", say("counselling.options_missing"), within="urgent")
    if facts.session.coerced:
        return ask(facts, Role.PROTECTION_OFFICER, "counselling_session", say("counselling.coercion"), within="urgent")
    reflects_until = gates.reflects_until(facts)
    if reflects_until:
        why = say("counselling.reflection")
        return Waiting(Party.PERSON, why, reflects_until, say("then.ask_choice"))
    if facts.track is Track.UNDECIDED:
        return ask(facts, Role.COUNSELLOR, "track_choice", say("counselling.no_choice"))
    return declaration(facts) if facts.track is Track.RETURN else Done(say("counselling.complete"))


def support(facts: Facts) -> Asking | None:
    """A bed and transport for somebody who has just withdrawn, whatever else is open."""
    subject = f"withdrawal:{facts.journey}"
    if facts.withdrawn_at is None or ("bed_and_transport", subject) in facts.supports:
        return None
    return ask(facts, Role.COUNSELLOR, "bed_and_transport", say("withdrawal.support"), within="urgent", subject=subject)


def declaration(facts: Facts) -> Standing:
    """Each adult signs for themselves; an open asylum claim is a hard stop (domain.md §2.6)."""
    if facts.screening and facts.screening.asylum_pending:
        return ask(facts, Role.PROTECTION_OFFICER, "screening", say("declaration.asylum_pending"))
    for person in facts.people:
        if not person.is_child(facts.now.date()) and not person.declared_at:
            return ask(facts, Role.COUNSELLOR, "declaration", say("declaration.missing"), subject=person.id)
    return Done(say("counselling.complete"))
