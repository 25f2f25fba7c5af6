"""Health: everybody who travels is fit on the travel day, and was asked to the examination in a neutral message."""

from models.stage import Role
from workflows import gates
from workflows.facts import Facts
from workflows.patience import ask, message
from workflows.standing import Done, Standing, say


def decide(facts: Facts) -> Standing:
    """One clearance a person; an unfit person is looked at again, never pushed on."""
    invited = message(facts, "invite_to_examination", str(facts.journey), say("health.invite"))
    if invited and gates.fit(facts):
        return invited
    for person in facts.people:
        if not gates.is_fit(person, facts.travel_day):
            why = say("health.unfit") if person.fitness and not person.fitness.fit else say("health.not_cleared")
            return ask(facts, Role.MEDICAL_OFFICER, "health_clearance", why, subject=person.id)
    until = min(person.fitness.valid_until for person in facts.people if person.fitness)
    return Done(say("health.cleared"), gates.end_of(until, facts))
