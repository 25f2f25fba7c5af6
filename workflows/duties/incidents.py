"""What an incident makes somebody do, as the rules say; a case without an owner, and one that crashed too often."""

from collections.abc import Iterator
from datetime import datetime

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.facts.incidents import Incident
from workflows.facts.rules import Rules
from workflows.pathways.tables.incidents import Task
from workflows.patience import ask, ask_by, asking, duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """The tasks of every incident, oldest first, and a new owner for a case whose owner left."""
    tasks = facts.rules.rows(Task) if facts.incidents.rows else ()
    for incident in facts.incidents.rows:
        for task in tasks:
            if task.incident == incident.kind:
                yield from of_incident(facts, incident, task)
    if facts.stopped_at:
        yield goes_on(facts.rules, facts.stopped_at, facts.now)
    if facts.incidents.owner_gone and not facts.incidents.deceased:
        why = say("incidents.owner_gone")
        yield duty(
            facts, Stage.CLOSURE, Role.SUPERVISOR, "case_owner", why, subject="case", within="urgent",
            holds_closure=False,
        )  # fmt: skip


def goes_on(rules: Rules, stopped_at: datetime, now: datetime) -> Duty:
    """Operations find out why the pushes of a case crash, and let it go on; they are asked anew each period.

    Nobody pushes it until then (F12).
    """
    why, limit = say("incidents.stopped"), rules.time("effect")
    periods = max(0, (now - stopped_at) // limit)
    asked = asking(Role.OPERATIONS, "case_goes_on", why, periods > 0, stopped_at + (periods + 1) * limit, "")
    return Duty(Stage.CLOSURE, asked, stopped_at, False)


def of_incident(facts: Facts, incident: Incident, task: Task) -> Iterator[Duty]:
    """One task of an incident, about each person where it is about people."""
    for subject in subjects(facts, incident, task):
        opens_at = opening_of(facts, incident, task, subject)
        if opens_at is not None:
            yield to_do(facts, incident, task, subject, opens_at)


def subjects(facts: Facts, incident: Incident, task: Task) -> list[str]:
    """What the task is about: the incident, or the incident and a person."""
    people = [f"{incident.subject}.{person.id}" for person in facts.people]
    return people if task.each_person else [incident.subject]


def opening_of(facts: Facts, incident: Incident, task: Task, subject: str) -> datetime | None:
    """From when on it is to be done; None when it is done, or not to be done."""
    known = facts.incidents
    if task.when == "live" and incident.ended_at is not None:
        return None
    if task.when == "at_risk" and known.outcome("life_risk_review", subject) != "at_risk":
        return None
    if task.every:
        return known.last(task.task, subject, incident.at) + facts.rules.time(task.every)
    if known.done(task.task, subject):
        return None
    return incident.at if is_free(facts, incident, task) else late_opening(facts, incident, task)


def is_free(facts: Facts, incident: Incident, task: Task) -> bool:
    """Whether what comes first is done, for each person."""
    first = next(
        (row for row in facts.rules.rows(Task) if (row.incident, row.task) == (task.incident, task.after)), None
    )
    return first is None or all(facts.incidents.done(first.task, name) for name in subjects(facts, incident, first))


def late_opening(facts: Facts, incident: Incident, task: Task) -> datetime | None:
    """A clock that runs does not wait for what comes first beyond the half of its time."""
    return incident.happened_at + facts.rules.time(task.within) / 2 if task.by_the_clock else None


def to_do(facts: Facts, incident: Incident, task: Task, subject: str, opens_at: datetime) -> Duty:
    """The task with its owner and its limit."""
    role, why = Role(task.role), say("incidents.to_do", incident=incident.kind, task=task.task)
    if task.by_the_clock:
        until = incident.happened_at + facts.rules.time(task.within)
        asking = ask_by(facts, role, task.task, why, until, within="emergency", subject=subject)
    else:
        asking = ask(facts, role, task.task, why, within=task.within, subject=subject)
    return Duty(Stage.CLOSURE, asking, opens_at, task.holds_closure)
