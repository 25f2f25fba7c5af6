"""Counselling: options explained, nobody pressed, reflection over, a track chosen; and a declaration that counts."""

from datetime import datetime

from models.stage import Track
from workflows.facts import Facts, Traveller
from workflows.gates.intake import undecided
from workflows.gates.protection import non_refoulement
from workflows.pathways.tables.counselling import OptionToExplain
from workflows.standing import Said, say


def counselled(facts: Facts) -> Said | None:
    """All options explained, nobody pressed, reflection over, a track chosen (domain.md §1.3, S3-S4)."""
    if facts.voluntariness.interpreter_conflict:
        return say("counselling.interpreter_conflict")
    if facts.session is None or not facts.session.options >= must_be_explained(facts):
        return say("counselling.options_missing")
    if reflects_until(facts) is not None:
        return say("counselling.reflection")
    closed = undecided(facts) or pressed(facts)
    return closed or (say("counselling.no_choice") if facts.track is Track.UNDECIDED else None)


def must_be_explained(facts: Facts) -> frozenset[str]:
    """The ways that a person must have heard of before a choice counts."""
    return frozenset(row.code for row in facts.rules.rows(OptionToExplain))


def pressed(facts: Facts) -> Said | None:
    """An open sign of coercion closes the way for everybody, up to the aircraft's door (domain.md §2.6)."""
    return say("counselling.coercion") if facts.voluntariness.open_flags else None


def reflects_until(facts: Facts) -> datetime | None:
    """The end of a victim's reflection period while it runs; the person alone may waive it, in counselling."""
    if not facts.is_victim or facts.screening is None or (facts.session and facts.session.reflection_waived):
        return None
    end = facts.screening.at + facts.rules.time("reflection")
    return end if end > facts.now else None


def signed(facts: Facts) -> Said | None:
    """Everybody said for themselves that they want this journey: the word on which a consulate may be told (S5)."""
    if any(facts.voluntariness.unaided):
        return say("declaration.no_decision_maker")
    return say("declaration.missing") if undeclared(facts) else unassented(facts)


def declared(facts: Facts) -> Said | None:
    """Everybody said so, nothing bars the way, and they have slept on it."""
    if closed := non_refoulement(facts) or signed(facts):
        return closed
    until = rests_until(facts)
    return say("declaration.rests", until=until) if until else None


def undeclared(facts: Facts) -> list[Traveller]:
    """Adults whose declaration for this journey is missing or does not count."""
    return [person for person in facts.people if not person.is_child(facts.today) and not person.declared_at]


def unassented(facts: Facts) -> Said | None:
    """A child old enough to form a view is heard, and a child's no is a no to this journey (CRC art. 12)."""
    asked = [word for word in facts.voluntariness.assents if must_be_heard(facts, word.person)]
    if any(word.assents is False for word in asked):
        return say("declaration.child_refuses")
    return say("declaration.no_assent") if any(word.assents is None for word in asked) else None


def must_be_heard(facts: Facts, person: str) -> bool:
    """A child of the case who has reached the age at which children are asked."""
    child = next((one for one in facts.people if one.id == person), None)
    today, age = facts.today, int(facts.rules.number("assent_age"))
    return child is not None and child.is_child(today) and not child.is_under(age, today)


def rests_until(facts: Facts) -> datetime | None:
    """The end of the time between the last declaration and a ticket, while it runs."""
    signed = [person.declared_at for person in facts.people if person.declared_at]
    end = max(signed) + facts.rules.time("declaration_rest") if signed else facts.now
    return end if end > facts.now else None


def reconfirmed(facts: Facts, person: Traveller) -> bool:
    """Asked again for this flight, within the last hours before it, and said yes (S7)."""
    if facts.booking is None or person.is_child(facts.travel_day):
        return True
    opens = facts.booking.departs_at - facts.rules.time("reconfirm_window")
    return person.reconfirmed_at is not None and person.reconfirmed_at >= opens
