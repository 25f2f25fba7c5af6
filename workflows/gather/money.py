"""Gathers ``workflows.facts.money``."""

from workflows.facts.money import Money
from workflows.gather.reader import Reader


def money(read: Reader) -> Money:
    """The plan, its lines, payments and the ledger."""
    return Money()
