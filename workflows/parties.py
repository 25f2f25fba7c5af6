"""Who sits in which booking: everybody in one, unless they are too many, or some must never meet.

Every child sits with an adult. What a movement officer named in the journey plan goes before what is worked out here.
"""

from collections.abc import Iterable

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
    """Those who must never meet the others: a perpetrator inside a family group."""
    named: Iterable[object] = getattr(facts.intake, "separated_from", ())
    return frozenset(str(one) for one in named)


def apart(facts: Facts, some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two groups must never meet: exactly one of them holds a person that the others are separated from."""
    away = separated(facts)
    return bool(away & set(some)) != bool(away & set(others))


def divided(facts: Facts) -> list[list[Traveller]]:
    """The fewest parts that seats allow: adults with the children in their care, never two who are kept apart."""
    most, away = int(facts.rules.number("seats_together")), separated(facts)
    groups: list[list[Traveller]] = []
    for unit in units(facts):
        home = next(
            (
                group
                for group in groups
                if len(group) + len(unit) <= most and (group[0].id in away) == (unit[0].id in away)
            ),
            None,
        )
        if home is None:
            groups.append(home := [])
        home.extend(unit)
    order = {person.id: place for place, person in enumerate(facts.people)}
    return [sorted(group, key=lambda person: order[person.id]) for group in groups]


def units(facts: Facts) -> list[list[Traveller]]:
    """Each adult with the children in their care: shared out evenly, first to the principal; children alone last.

    Nobody who is kept apart has a child in their care.
    """
    on, away = facts.travel_day, separated(facts)
    adults = [[person] for person in facts.people if not person.is_child(on)]
    carers = [unit for unit in adults if unit[0].id not in away]
    children = [person for person in facts.people if person.is_child(on)]
    if not carers:
        return [*adults, *([children] if children else [])]
    room = int(facts.rules.number("seats_together")) - 1
    for number, child in enumerate(children):
        carers[min(number // max(room, 1), len(carers) - 1)].append(child)
    return adults
