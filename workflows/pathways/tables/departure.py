"""What must be seen to when somebody did not fly, or not through: one task a row, by outcome and cause."""

from typing import ClassVar, Literal

from models.stage import Role
from workflows.pathways.row import Row


class NotFlown(Row):
    """A task that an outcome brings with it, for a cause (``*``: every one, ``but`` some).

    ``held_there`` is somebody who was refused on the way and has not been sent back.
    """

    table: ClassVar[str] = "not_flown"
    outcome: Literal["no_show", "denied", "offloaded", "turned_back", "held_there"]
    cause: str
    but: tuple[str, ...] = ()
    task: str
    role: Role
    within: str
