"""Routing, escorts, changes by the airline, and refunds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Travel:
    """Routing, escorts, changes by the airline, and refunds."""
