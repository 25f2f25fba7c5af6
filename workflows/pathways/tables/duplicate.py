"""Other programmes and offices that may have helped the person before."""

from typing import ClassVar

from workflows.pathways.row import Row


class Programme(Row):
    """One of them."""

    table: ClassVar[str] = "other_programmes"

    code: str
