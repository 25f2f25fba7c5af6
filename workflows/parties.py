"""Who sits in which booking: everybody in one, unless they are too many for one or a person says otherwise.

Every child sits with an adult. What a movement officer named in the journey plan goes before what is worked out here.
"""

from workflows.facts import Facts, Traveller


def parties(facts: Facts) -> tuple[tuple[Traveller, ...], ...]:
    """The parts of those who travel, the principal's first; their number is the ``part`` of bookings and offers."""
    plan = facts.plan_of_journey
    named = [{*party} for party in plan.parties] if plan else []
    if named and set().union(*named) == {person.id for person in facts.people}:
        groups = [[person for person in facts.people if person.id in party] for party in named]
    else:
        groups = divided(facts)
    return tuple(tuple(group) for group in sorted(groups, key=lambda group: not any(one.principal for one in group)))


def party_of(facts: Facts, part: int) -> tuple[Traveller, ...]:
    """The people of one part; nobody when there is no such part."""
    groups = parties(facts)
    return groups[part - 1] if part <= len(groups) else ()


def separated(facts: Facts) -> frozenset[str]:
    """Whoever of this case must never meet the others. A case that is kept apart has another file: see ``shunned``."""
    return frozenset(person.id for person in facts.people if person.id in facts.intake.separated_from)


def divided(facts: Facts) -> list[list[Traveller]]:
    """The fewest parts that seats allow: adults with the children in their care."""
    most = int(facts.rules.number("seats_together"))
    groups: list[list[Traveller]] = []
    for unit in units(facts):
        home = next((group for group in groups if len(group) + len(unit) <= most), None)
        if home is None:
            groups.append(home := [])
        home.extend(unit)
    order = {person.id: place for place, person in enumerate(facts.people)}
    return [sorted(group, key=lambda person: order[person.id]) for group in groups]


def units(facts: Facts) -> list[list[Traveller]]:
    """Each adult with the children in their care, shared out from the principal on; children without one together."""
    on = facts.travel_day
    carers = [[person] for person in facts.people if not person.is_child(on)]
    children = [person for person in facts.people if person.is_child(on)]
    if not carers:
        return [children]
    room = int(facts.rules.number("seats_together")) - 1
    for number, child in enumerate(children):
        carers[min(number // max(room, 1), len(carers) - 1)].append(child)
    return carers
