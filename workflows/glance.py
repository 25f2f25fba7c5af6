"""What the status of a case says beside its stages, kept with the case when it comes to rest.

It holds while nothing of the case was written since, nobody is at it, and no limit has passed; then the status is
decided anew. No gate reads it, and no effect rests on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models.case import Case
from models.stage import MAP, Role, Stage
from workflows.facts import Facts
from workflows.gates import state_of
from workflows.noted import kept, standing_of
from workflows.standing import Asking, Duty, Standing, said_of

DAY = timedelta(days=1)


def glance_of(facts: Facts, beside: Iterable[Duty], due_at: datetime | None) -> dict[str, Any]:
    """What is kept: the people, what must be seen to now, and until when both hold if nothing is said."""
    ends = [due_at, *(day for one in facts.people for day in days_of_age(one.adult_on))]
    until = min((end for end in ends if end and end > facts.now), default=None)
    return {
        "until": until and until.isoformat(),
        "people": people(facts),
        "duties": [kept_duty(duty) for duty in beside if duty.is_open(facts.now)],
    }


def days_of_age(day: date) -> tuple[datetime, datetime]:
    """The first instant at which somebody may be an adult anywhere, and that at which a status says so."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    return midnight - DAY, midnight


def people(facts: Facts) -> list[dict[str, Any]]:
    """The people by id, with what a form needs to know of them."""
    today = facts.now.date()
    return [
        {"id": p.id, "principal": p.principal, "child": p.is_child(today), "document": state_of(facts, p)}
        for p in facts.people
    ]


def kept_duty(duty: Duty) -> dict[str, Any]:
    """What must be seen to, as it is kept."""
    asking = duty.asking
    return {
        "stage": duty.stage.value, "role": asking.role.value, "question": asking.question, "why": kept(asking.why),
        "until": asking.until.isoformat(), "then": kept(asking.then), "subject": asking.subject,
    }  # fmt: skip


def duty_of(one: Mapping[str, Any], now: datetime) -> Duty:
    """And back: it is open."""
    until, then = datetime.fromisoformat(one["until"]), said_of(one["then"])
    asking = Asking(Role(one["role"]), one["question"], said_of(one["why"]), until, then, one["subject"])
    return Duty(Stage(one["stage"]), asking, now)


def holds(case: Case, now: datetime) -> bool:
    """Whether what is kept is what would be decided now: same version, nobody at it, no limit passed."""
    if case.noted is None or case.noted_ver != case.ver or case.lease is not None:
        return False
    until = case.noted.get("until")
    return is_ahead(until and datetime.fromisoformat(until), now) and is_ahead(case.due_at, now)


def is_ahead(end: datetime | None, now: datetime) -> bool:
    """Not reached, or none."""
    return end is None or end > now


def standings_of(notes: Sequence[Any]) -> dict[Stage, Standing] | None:
    """Where every stage stands, in the order of the map; None when a note is missing or of an older form."""
    rows = {row.stage: standing_of(row) for row in notes}
    found = {stage: row for stage in MAP if (row := rows.get(stage)) is not None}
    return found if len(found) == len(MAP) else None
