"""The tables of protection: what bars a return, by its kind and how it stands."""

from workflows.pathways.row import Row


class ReturnBar(Row):
    """A claim of this kind bars a return while it stands so. ``ends``: how it can stand otherwise."""

    table = "return_bars"

    kind: str
    bars: tuple[str, ...]
    ends: tuple[str, ...]
    needs_counsel: tuple[str, ...] = ()
    en: str
    tr: str
