"""Counselling: options explained, no coercion, reflection over, a track chosen; and the declaration."""

from datetime import datetime

from models.stage import Track
from workflows.facts import Facts
from workflows.standing import Said, say

MUST_BE_EXPLAINED = frozenset({"stay", "asylum", "return", "third_country"})


def counselled(facts: Facts) -> Said | None:
    """All options explained, no open coercion, reflection over, a track chosen (domain.md §1.3, S3-S4)."""
    session = facts.session
    if session is None or not session.options >= MUST_BE_EXPLAINED:
        return say("counselling.options_missing")
    if session.coerced:
        return say("counselling.coercion")
    if reflects_until(facts) is not None:
        return say("counselling.reflection")
    return say("counselling.no_choice") if facts.track is Track.UNDECIDED else None


def reflects_until(facts: Facts) -> datetime | None:
    """The end of a victim's reflection period while it runs; the person may waive it in counselling."""
    if not facts.is_victim or facts.screening is None or (facts.session and facts.session.reflection_waived):
        return None
    end = facts.screening.at + facts.rules.time("reflection")
    return end if end > facts.now else None


def declared(facts: Facts) -> Said | None:
    """Every adult signed the declaration for this journey; no asylum claim is open."""
    if facts.screening and facts.screening.asylum_pending:
        return say("declaration.asylum_pending")
    adults = [person for person in facts.people if not person.is_child(facts.now.date())]
    return None if all(person.declared_at for person in adults) else say("declaration.missing")
