"""Papers for the flight that a medical officer must sign in time, and clearances that end while nobody looks."""

from collections.abc import Iterable

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Facts, Traveller
from workflows.patience import duty, no_later
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterable[Duty]:
    """For everybody who is to travel; once a paper is overdue the stage itself asks for it."""
    if facts.track is not Track.RETURN or facts.departed:
        return
    for person in facts.people:
        yield from flight_papers(facts, person)
        yield from ends_soon(facts, person)


def flight_papers(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """Each from the first moment at which it can be signed and still be young enough at departure."""
    for paper, opens_at, due in gates.missing_papers(facts, person):
        if facts.now < due:
            asked = duty(
                facts, Stage.HEALTH, Role.MEDICAL_OFFICER, "fitness_paper", say("health.certificate"),
                opens_at=opens_at, within="urgent", subject=f"{person.id}.{paper}", holds_closure=False,
            )  # fmt: skip
            yield no_later(asked, due, facts.now)


def ends_soon(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """A clearance about to end while no day of travel is planned: looked at days ahead, not on the day."""
    word = person.fitness
    if word is None or facts.plan_of_journey or gates.unfit(facts, person):
        return
    end = gates.end_of(word.valid_until, facts)
    asked = duty(
        facts, Stage.HEALTH, Role.MEDICAL_OFFICER, "health_clearance", say("health.ends_soon"),
        opens_at=end - facts.rules.time("fitness_warning"), subject=person.id, holds_closure=False,
    )  # fmt: skip
    yield no_later(asked, end, facts.now)
