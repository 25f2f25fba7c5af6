"""Health: everybody is fit to travel on the travel day, with the papers that the flight asks for."""

from datetime import date, datetime, timedelta

from workflows.facts import Facts, Traveller
from workflows.gates.travel_documents import departs_on, seat_of
from workflows.pathways.tables.health import FitnessPaperRule
from workflows.standing import Said, say


def fit(facts: Facts) -> Said | None:
    """Everybody is fit to travel on the travel day. Reasons speak of the certificate, never of a condition."""
    for person in facts.people:
        reason = unfit(facts, person)
        if reason is not None:
            return reason
    return None


def unfit(facts: Facts, person: Traveller) -> Said | None:
    """Why somebody cannot travel that day; None when they can."""
    word, day = person.fitness, departs_on(facts, person)
    if word is None:
        return say("health.not_cleared")
    if not word.fit or word.barred:
        return say("health.unfit")
    if not word.valid_from <= day <= word.valid_until:
        return say("health.not_cleared")
    if day < old_enough_on(facts, person):
        return say("health.too_young")
    if not word.prepared:
        return say("health.not_prepared")
    return say("health.certificate") if overdue_papers(facts, person) else None


def old_enough_on(facts: Facts, person: Traveller) -> date:
    """The first day of life on which carriers take a newborn."""
    return person.born_on + timedelta(days=int(facts.rules.number("infant_days")))


def overdue_papers(facts: Facts, person: Traveller) -> list[str]:
    """The papers for the flight that should be in hand by now."""
    return [paper for paper, _, due in missing_papers(facts, person) if facts.now >= due]


def missing_papers(facts: Facts, person: Traveller) -> list[tuple[str, datetime, datetime]]:
    """Papers for the booked flight that are still to come: which, from when it can be signed, until when it must be."""
    booking, word = seat_of(facts, person), person.fitness
    if booking is None or word is None:
        return []
    return [
        (
            rule.paper, booking.departs_at - timedelta(hours=rule.oldest_hours),
            booking.departs_at - timedelta(hours=rule.in_hand_hours),
        )
        for rule in facts.rules.rows(FitnessPaperRule)
        if rule.paper in word.wants - word.has
    ]  # fmt: skip
