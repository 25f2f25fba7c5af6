"""The residence permit of a victim: its clock runs on both tracks, whatever the stages do (Law 6458 art. 48-49)."""

from collections.abc import Iterable

from models.stage import Role, Stage
from workflows import gates
from workflows.facts import Facts, Traveller
from workflows.facts.papers import Permit
from workflows.gates.permit import is_used_up, last_possible
from workflows.patience import duty, no_later
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterable[Duty]:
    """For the principal, once a possible or actual victim, until they have left."""
    person = facts.principal
    permit = facts.papers.of(person.id).permit
    if facts.departed:
        return
    if permit is None:
        yield from first(facts, person)
    elif permit.cancelled_on:
        yield from objection(facts, person, permit)
    elif permit.wanted and permit.valid_until:
        yield from ending(facts, person, permit)


def first(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """A strong suspicion is enough for the first thirty days; the person may not want it."""
    if facts.is_victim:
        yield duty(
            facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "victim_permit", say("permit.none"), within="urgent",
            subject=f"{person.id}.0", holds_closure=False,
        )  # fmt: skip


def ending(facts: Facts, person: Traveller, permit: Permit) -> Iterable[Duty]:
    """Before each end: an extension is asked for, or another right to stay where the years are used up."""
    if permit.valid_until is None:
        return
    end, last = gates.end_of(permit.valid_until, facts), last_possible(facts.rules, permit)
    on = permit.valid_until.isoformat()
    why = say("permit.used_up", on=on) if is_used_up(facts.rules, permit) else say("permit.ends", on=on, last=f"{last}")
    asked = duty(
        facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "victim_permit", why,
        opens_at=end - facts.rules.time("permit_warning"), subject=f"{person.id}.{permit.count}", holds_closure=False,
    )  # fmt: skip
    yield no_later(asked, end, facts.now)


def objection(facts: Facts, person: Traveller, permit: Permit) -> Iterable[Duty]:
    """What was done under coercion is no ground to cancel: it must be objected to, in time."""
    if not permit.coerced or permit.objected or permit.cancelled_at is None:
        return
    asked = duty(
        facts, Stage.COUNSELLING, Role.PROTECTION_OFFICER, "permit_objection", say("permit.coerced"), within="urgent",
        subject=person.id,
    )  # fmt: skip
    yield no_later(asked, permit.cancelled_at + facts.rules.time("permit_objection"), facts.now)
