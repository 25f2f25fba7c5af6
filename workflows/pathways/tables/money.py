"""Tables of what may be paid: kinds of support, triggers with their proofs, caps, and what is asked of an activity."""

from decimal import Decimal
from typing import ClassVar, Literal

from workflows.pathways.row import Row

Dimension = Literal["economic", "social", "psychosocial"]


class SupportKind(Row):
    """A kind of support: its dimension, the most it may cost, whether quotes are needed and a vendor is usual."""

    table: ClassVar[str] = "support_kind"
    code: str
    dimension: Dimension
    cap_eur: Decimal
    quotes: bool = True
    vendor: bool = True


class Trigger(Row):
    """What must have happened before an instalment is paid, and the kinds of proof for it."""

    table: ClassVar[str] = "trigger"
    code: str
    evidence: tuple[str, ...]


class GrantCap(Row):
    """The most that one adult, one child or a whole family may be granted."""

    table: ClassVar[str] = "grant_cap"
    who: Literal["adult", "child", "family"]
    eur: Decimal


class Feasibility(Row):
    """One question of the feasibility grid; every activity answers each of them."""

    table: ClassVar[str] = "feasibility"
    criterion: str
