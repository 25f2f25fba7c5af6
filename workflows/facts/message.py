"""What became of each message."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Delivery:
    """A message on one channel: which try of what it was, which channels lead to the same address, how far it is.

    ``state`` is the provider's last word; ``unknown`` where we never had its answer. ``told``: somebody has seen to it.
    """

    id: str
    kind: str
    subject: str
    generation: int
    channel: str
    same: frozenset[str]
    state: str
    at: datetime
    told: bool = False


@dataclass(frozen=True)
class Reply:
    """What the person wrote back, and what it was taken for. ``read``: nobody has to look at it any more."""

    id: str
    at: datetime
    meaning: str
    read: bool
