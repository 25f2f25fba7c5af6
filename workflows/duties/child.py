"""Childhood beside the stages: what a coming of age changes is seen to ahead, and nobody loses protection by a date."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.stage import Role, Stage
from workflows.facts import Facts, Traveller
from workflows.pathways.tables.child import BirthdayAlert
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterable[Duty]:
    """Alerts before the 18th birthday, a decision on protection after it, and on every age in dispute."""
    for person in facts.people:
        if person.id in facts.protection.disputed_ages:
            yield disputed(facts, person)
        elif person.is_child(facts.today):
            yield from coming_of_age(facts, person)
    yield from (goes_on(facts, person) for person in facts.came_of_age if person.id not in facts.protection.goes_on)


def disputed(facts: Facts, person: Traveller) -> Duty:
    """Both ages are kept and the person is treated as a child, until a named body decides (domain.md §6)."""
    return duty(
        facts, Stage.INTAKE, Role.PROTECTION_OFFICER, "age_decision", say("child.age_disputed"), within="age_decision",
        subject=person.id,
    )  # fmt: skip


def coming_of_age(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """The alert whose time has come last, or the next one; each is seen to once. Then the birthday itself."""
    starts = [(row.days_before, midnight(facts, person, row.days_before)) for row in alerts(facts)]
    come = [(days, opens) for days, opens in starts if opens <= facts.now]
    for days, opens in come[-1:] + starts[len(come) :][:1]:
        subject = f"{days}:{person.id}"
        if subject not in facts.protection.of_age_seen:
            why = say("child.comes_of_age", days=days)
            yield duty(
                facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "turning_18", why, opens_at=opens, subject=subject
            )
    yield duty(
        facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "continued_support", say("child.came_of_age"),
        opens_at=midnight(facts, person, 0), subject=person.id, holds_closure=False,
    )  # fmt: skip


def goes_on(facts: Facts, person: Traveller) -> Duty:
    """Somebody decides what protection goes on for a person who has come of age; until then all of it does."""
    return duty(
        facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "continued_support", say("child.came_of_age"),
        opens_at=midnight(facts, person, 0), subject=person.id,
    )  # fmt: skip


def alerts(facts: Facts) -> list[BirthdayAlert]:
    """The farthest first."""
    return sorted(facts.rules.rows(BirthdayAlert), key=lambda row: -row.days_before)


def midnight(facts: Facts, person: Traveller, days_before: int) -> datetime:
    """The beginning of a day before the 18th birthday, where the person is."""
    day = person.adult_on - timedelta(days=days_before)
    return datetime.combine(day, time(), ZoneInfo(facts.protection.zone)).astimezone(facts.now.tzinfo)
