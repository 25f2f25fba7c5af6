"""The tables of places: why every return to one may be held."""

from workflows.pathways.row import Row


class HoldReason(Row):
    """Why nobody is sent to a place for now."""

    table = "hold_reasons"

    code: str
