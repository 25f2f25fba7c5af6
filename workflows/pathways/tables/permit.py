"""The terms of a victim's residence permit."""

from workflows.pathways.row import Row


class PermitTerms(Row):
    """The first permit, the longest extension, and the total; ``first_counts``: whether the first days are in it."""

    table = "permit_terms"

    first_days: int
    extension_months: int
    total_months: int
    first_counts: bool


class CancellationGround(Row):
    """A ground on which the permit may be cancelled; coercion undoes those that it can have caused."""

    table = "permit_cancellation_grounds"

    ground: str
    undone_by_coercion: bool
