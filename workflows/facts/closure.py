"""A closing decision that waits for its second pair of eyes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Closing:
    """The newest of this journey; ``agreed`` is None until a second person has looked."""

    id: str
    reason: str
    at: datetime
    agreed: bool | None = None
