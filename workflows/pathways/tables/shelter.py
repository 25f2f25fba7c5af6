"""Which beds suit whom, what may be assisted and up to how much, and which fields are never overwritten."""

from decimal import Decimal
from typing import ClassVar, Literal

from workflows.pathways.row import Row


class BedKind(Row):
    """Whom a kind of bed suits; children up to an age come with a parent, whatever the parent's bed."""

    table: ClassVar[str] = "bed_kind"

    code: str
    sexes: tuple[str, ...]
    adults: bool = True
    children: bool = False
    children_with_parent_under: int = 0


class FundingLine(Row):
    """A line of direct assistance, and the most that one person may receive from it."""

    table: ClassVar[str] = "funding_line"

    code: str
    most: Decimal
    currency: str


class ShelterSheet(Row):
    """A field of a stay's sheet. ``ask``: two words in conflict wait for a person; ``newest``: the later one stands."""

    table: ClassVar[str] = "shelter_sheet"

    field: str
    on_conflict: Literal["ask", "newest"]
