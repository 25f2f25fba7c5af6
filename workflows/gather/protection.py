"""Gathers ``workflows.facts.protection``."""

from workflows.facts.protection import Protection
from workflows.gather.reader import Reader


def protection(read: Reader) -> Protection:
    """The matrix, asylum, the country switch, guardians and children."""
    return Protection()
