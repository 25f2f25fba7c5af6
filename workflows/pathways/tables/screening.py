"""Lists for screening: indicators, factors of vulnerability, needs that cannot wait, the picklists of HTCDS."""

from typing import ClassVar, Literal

from models.stage import Role
from workflows.pathways.row import Row


class Indicator(Row):
    """One sign of trafficking, in one of the groups of domain.md §2.2."""

    table: ClassVar[str] = "screening_indicators"

    code: str
    group: str
    child_only: bool = False


class Factor(Row):
    """One factor of the determinants model; ``polarity`` either: context decides. ``grave``: never balanced out."""

    table: ClassVar[str] = "vulnerability_factors"

    code: str
    level: Literal["individual", "household", "community", "structural"]
    polarity: Literal["risk", "protective", "either"]
    grave: bool = False


class Need(Row):
    """A need that cannot wait, and who sees to it."""

    table: ClassVar[str] = "urgent_needs"

    code: str
    role: Role


class Pick(Row):
    """One value of a picklist: means of control, or purpose of exploitation."""

    table: ClassVar[str] = "trafficking_elements"

    code: str
    element: Literal["means", "purpose"]
