"""Beside the departure: what must be seen to when somebody did not fly, or was refused on the way."""

from collections.abc import Iterator
from datetime import datetime

from models.stage import Stage
from workflows.facts import Facts
from workflows.pathways.tables.departure import NotFlown
from workflows.patience import duty
from workflows.standing import Duty, Said, say


def duties(facts: Facts) -> Iterator[Duty]:
    """The tasks of the last gate, and of whoever is held on the way; each until it is done."""
    gate = facts.travel.gate
    if gate and not facts.departed and gate.outcome != "boarded":
        why = say("departure.task", outcome=gate.outcome, cause=gate.cause)
        yield from tasks(facts, gate.outcome, gate.cause, f"{gate.outcome}.{gate.generation}", why, gate.at)
    for incident in facts.travel.incidents[-1:]:
        if incident.whereabouts == "held_there" and facts.departed and facts.arrived_at is None:
            why = say("departure.held_there", cause=incident.cause)
            yield from tasks(facts, "held_there", incident.cause, f"held_there.{incident.id}", why, incident.at)


def tasks(facts: Facts, outcome: str, cause: str, subject: str, why: Said, since: datetime) -> Iterator[Duty]:
    """What the rules of the pathway bring with an outcome and its cause."""
    for row in facts.rules.rows(NotFlown):
        fits = row.outcome == outcome and (row.cause == cause or (row.cause == "*" and cause not in row.but))
        if fits and (row.task, subject) not in facts.travel.tasks:
            yield duty(
                facts, Stage.DEPARTURE, row.role, row.task, why, opens_at=since, within=row.within, subject=subject
            )
