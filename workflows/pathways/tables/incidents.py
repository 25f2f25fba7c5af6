"""Which questions pass while a case is suspended, and what an incident makes somebody do."""

from typing import ClassVar, Literal

from workflows.pathways.row import Row


class SafetyQuestion(Row):
    """A question that is asked even while a case is suspended."""

    table: ClassVar[str] = "safety_questions"

    question: str


class Task(Row):
    """What a kind of incident makes a role do: a fact ``task`` about the incident, or about each person.

    ``after`` names a task that comes first. ``within`` names a limit of ``[times]``; with ``by_the_clock`` it is
    counted from when the incident was found, whenever the task opens. ``every`` names how often it is done again
    while the incident lasts.
    """

    table: ClassVar[str] = "incident_tasks"

    incident: str
    task: str
    role: str
    within: str = "urgent"
    each_person: bool = False
    after: str | None = None
    by_the_clock: bool = False
    every: str | None = None
    when: Literal["always", "live", "at_risk"] = "always"
    holds_closure: bool = True
