"""What must be seen to when somebody did not fly, or not through: one task a row, by outcome and cause."""

from typing import ClassVar, Literal

from models.stage import Role
from workflows.pathways.row import Row


class NotFlown(Row):
    """A task that an outcome brings with it; ``cause`` is ``*`` for every cause that has no row of its own."""

    table: ClassVar[str] = "not_flown"
    outcome: Literal["no_show", "denied", "offloaded", "turned_back", "held_there"]
    cause: str
    task: str
    role: Role
    within: str
