"""Health: everybody who travels is fit on the travel day, and was asked to the examination in a neutral message."""

from datetime import timedelta

from models.stage import Role
from workflows import gates
from workflows.facts import Facts, Traveller
from workflows.patience import ask, message
from workflows.standing import Done, Party, Said, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """One clearance a person; an unfit person is looked at again, never pushed on."""
    invited = message(facts, "invite_to_examination", str(facts.journey), say("health.invite"))
    if invited and gates.fit(facts):
        return invited
    for person in facts.people:
        reason = gates.unfit(facts, person)
        if reason is not None:
            return wanting(facts, person, reason)
    ends = [gates.end_of(person.fitness.valid_until, facts) for person in facts.people if person.fitness]
    ends += [due for person in facts.people for _, _, due in gates.missing_papers(facts, person)]
    return Done(say("health.cleared"), min(ends))


def wanting(facts: Facts, person: Traveller, why: Said) -> Standing:
    """The medical officer's: a paper for the flight, or another look."""
    overdue = gates.overdue_papers(facts, person)
    if why.code == "health.certificate" and overdue:
        subject = f"{person.id}.{overdue[0]}"
        return ask(facts, Role.MEDICAL_OFFICER, "fitness_paper", why, within="urgent", subject=subject)
    if why.code == "health.too_young":
        return growing(facts, person, why)
    return ask(facts, Role.MEDICAL_OFFICER, "health_clearance", why, subject=person.id)


def growing(facts: Facts, person: Traveller, why: Said) -> Standing:
    """A newborn waits; where a day is planned that is too early, another one is."""
    if facts.travel_day > facts.now.date():
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", why)
    day = gates.old_enough_on(facts, person)
    return Waiting(Party.DATE, why, gates.end_of(day - timedelta(days=1), facts), say("then.look_again"))
