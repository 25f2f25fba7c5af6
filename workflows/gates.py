"""What each gate of the map means: a pure function that gives why it is closed, or None when it is open."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from models.stage import Gate, Track
from workflows.facts import Facts, Traveller
from workflows.standing import Said, say

ACCEPTABLE = ("low", "medium")
MUST_BE_EXPLAINED = frozenset({"stay", "asylum", "return", "third_country"})


def intake(facts: Facts) -> Said | None:
    """Data consent, a safe way to reach the person (or their word that none is), and screening."""
    if not facts.data_consent:
        return say("intake.no_data_consent")
    return None if facts.screening else say("intake.no_screening")


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


def risk(facts: Facts) -> Said | None:
    """An approved assessment, still valid, of acceptable residual risk; for each child a best-interests decision."""
    assessment = facts.risk
    if assessment is None or assessment.valid_until <= facts.now:
        return say("risk.not_assessed")
    if assessment.approved is not True:
        return say("risk.not_approved")
    if is_too_high(facts):
        return say("risk.unacceptable")
    children = [person for person in facts.people if person.is_child(facts.travel_day)]
    if facts.track is Track.RETURN and not all(child.best_interests for child in children):
        return say("risk.best_interests")
    return None


def is_too_high(facts: Facts) -> bool:
    """A high residual risk closes the way back; whoever stays is given shelter because of it, not refused."""
    return facts.track is Track.RETURN and facts.risk is not None and facts.risk.level not in ACCEPTABLE


def fit(facts: Facts) -> Said | None:
    """Everybody is fit to travel on the travel day."""
    return None if all(is_fit(person, facts.travel_day) for person in facts.people) else say("health.not_cleared")


def is_fit(person: Traveller, on: date) -> bool:
    """A medical officer said so, for that day."""
    word = person.fitness
    return word is not None and word.fit and word.valid_from <= on <= word.valid_until


def documents(facts: Facts) -> Said | None:
    """Everybody holds a document that is valid on the travel day with its buffer."""
    return None if all(has_document(facts, person) for person in facts.people) else say("documents.missing")


def has_document(facts: Facts, person: Traveller) -> bool:
    """A document that outlives the travel day by the buffer of its kind (domain.md §1.8)."""
    return any(
        document.expires_on >= facts.travel_day + facts.rules.time(f"buffer_{document.kind}")
        for document in person.documents
    )


def exit_(facts: Facts) -> Said | None:
    """Leave to exit on the travel day, and the person was told what follows from overstaying."""
    word = facts.exit
    if word is None or word.valid_until < facts.travel_day:
        return say("exit.not_cleared")
    if not word.cleared:
        return say("exit.held")
    return None if word.told else say("exit.not_told")


def accepted(facts: Facts) -> Said | None:
    """A partner accepted the handover, where the person is vulnerable (S10)."""
    if not facts.is_vulnerable:
        return None
    good = facts.handover is not None and facts.handover.status in ("accepted", "arrived", "received")
    return None if good else say("handover.not_accepted")


def ticketed(facts: Facts) -> Said | None:
    """A live ticket of this journey."""
    return None if facts.booking and facts.booking.status == "ticketed" else say("booking.no_ticket")


def arrived(facts: Facts) -> Said | None:
    """Arrived at the destination; or reintegration in place, with somewhere to live arranged."""
    if facts.track is Track.IN_PLACE:
        return risk(facts)
    return None if facts.arrived_at else say("arrival.not_confirmed")


def all_settled(facts: Facts) -> Said | None:
    """Closing has a stage of its own that looks at the others."""
    return None


def end_of(day: date, facts: Facts) -> datetime:
    """The last instant of a day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=facts.now.tzinfo)


GATES: dict[Gate, Callable[[Facts], Said | None]] = {
    Gate.INTAKE: intake,
    Gate.COUNSELLED: counselled,
    Gate.DECLARED: declared,
    Gate.RISK: risk,
    Gate.FIT: fit,
    Gate.DOCUMENTS: documents,
    Gate.EXIT: exit_,
    Gate.ACCEPTED: accepted,
    Gate.TICKETED: ticketed,
    Gate.ARRIVED: arrived,
    Gate.ALL_SETTLED: all_settled,
}
