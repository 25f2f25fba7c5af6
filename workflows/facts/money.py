"""The plan, its lines, payments and the ledger."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """The plan, its lines, payments and the ledger."""
