"""Gathers ``workflows.facts.reception``."""

from workflows.facts.reception import Reception
from workflows.gather.reader import Reader


def reception(read: Reader) -> Reception:
    """What the partner was asked, must do, and has signed."""
    return Reception()
