"""Gathers the closing decision of a case that is still open."""

from models.closure import Closure, ClosureReview
from workflows.facts.closure import Closing
from workflows.gather.reader import Reader


def closing(read: Reader) -> Closing | None:
    """The newest decision of this journey, with the second person's word."""
    row = read.latest(Closure)
    if row is None:
        return None
    words = [review.agreed for review in read.current(ClosureReview) if review.closure_id == row.id]
    return Closing(str(row.id), row.reason, row.at, words[-1] if words else None)
