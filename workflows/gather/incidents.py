"""Gathers ``workflows.facts.incidents``, and what follows for other facts: the dead, and clocks that stood still."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from models.incident import Incident as Row
from models.incident import IncidentKind, IncidentStep
from workflows.facts import Facts
from workflows.facts.incidents import Incident, Incidents
from workflows.gather.reader import Reader

ENDED_BY = {
    IncidentKind.DETAINED: IncidentKind.RELEASED,
    IncidentKind.ABSCONDED: IncidentKind.FOUND,
    IncidentKind.SUSPENDED: IncidentKind.RESUMED,
    IncidentKind.REVERSED: IncidentKind.GRANTED,
}


def incidents(read: Reader) -> Incidents:
    """What stops or suspends the case, and what was done about it."""
    owner_gone = read.case.unowned_since is not None
    rows = read.all(Row)
    if not rows:
        return Incidents(owner_gone=owner_gone)
    dead = [row for row in rows if row.kind is IncidentKind.DECEASED]
    steps = {(step.kind, step.subject): (step.at, step.outcome) for step in read.all(IncidentStep)}
    return Incidents(
        rows=tuple(as_fact(row, rows) for row in rows if row.kind not in ENDED_BY.values()),
        steps=steps,
        deceased=any(row.reason == "principal" for row in dead),
        dead=frozenset(str(row.person_id) for row in dead),
        owner_gone=owner_gone,
    )


def as_fact(row: Row, rows: Any) -> Incident:
    """An incident with its end: of the same person where it is about one."""
    ends = [
        later.at
        for later in rows
        if later.kind is ENDED_BY.get(row.kind) and later.number > row.number
        and (later.person_id == row.person_id or row.kind in (IncidentKind.SUSPENDED, IncidentKind.REVERSED))
    ]  # fmt: skip
    return Incident(
        row.number, row.kind.value, row.at, row.happened_at, str(row.person_id), row.recipient, min(ends, default=None)
    )


def as_they_stand(facts: Facts) -> Facts:
    """Without the dead among those who travel along, and with the clocks of others set forward by what stood still."""
    known = facts.incidents
    if not known.rows:
        return facts
    people = tuple(
        replace(person, application=shifted(facts, person.application, "lodged_at"))
        for person in facts.people
        if person.principal or person.id not in known.dead
    )
    handovers = tuple(shifted(facts, handover, "waiting_since") for handover in facts.handovers)
    input_ = shifted(facts, facts.country_input, "asked_at")
    parts = facts.instalments and tuple(shifted(facts, part, "changed_at") for part in facts.instalments)
    return replace(facts, people=people, handovers=handovers, country_input=input_, instalments=parts)


def shifted(facts: Facts, fact: Any, name: str) -> Any:
    """A fact from whose instant somebody's time is counted."""
    if fact is None:
        return None
    since: datetime = getattr(fact, name)
    paused = facts.incidents.paused(since, facts.now)
    return replace(fact, **{name: since + paused}) if paused else fact
