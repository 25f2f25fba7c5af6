"""What we ask of an organisation's provider: where to send somebody, and who came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class NotProven(Exception):
    """Whoever came back did not prove who they are; ``code`` says what did not hold, for the log alone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Identity:
    """Who signed in: the provider's lasting mark for them, their name there, their groups, when they proved it."""

    subject: str
    name: str
    groups: Sequence[str]
    proved_at: datetime | None


@dataclass(frozen=True)
class Round:
    """One trip to the provider: what ties the one who comes back to the one who left. Random, used once."""

    state: str
    nonce: str
    verifier: str


class IdentityProvider(Protocol):
    """An OpenID Connect provider."""

    def address(self, trip: Round, back: str, *, again: bool = False) -> str:
        """Where to send somebody; ``again`` has them prove it anew. Raises PartnerUnavailable."""

    def identity(self, trip: Round, back: str, code: str, now: datetime) -> Identity:
        """Who came back with a code. Raises NotProven, or a PartnerError."""

    def close(self) -> None:
        """Give the sockets back."""
