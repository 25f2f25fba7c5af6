"""What several answers need."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from api.cli.cast import Life

Answer = Callable[[Life, str, date], dict[str, Any]]


def always(**said: Any) -> Answer:
    """The same answer, whoever is asked."""
    return lambda _life, _subject, _today: dict(said)


def day(today: date, days: int) -> str:
    """So many days from today, as it is written."""
    return (today + timedelta(days=days)).isoformat()


def use_up(values: list[str]) -> str:
    """The next of a list; the last one stays."""
    return values.pop(0) if len(values) > 1 else values[0]


def number_of(subject: str) -> int:
    """A number for a document that is found later."""
    return 500_000 + int(hashlib.sha256(subject.encode()).hexdigest(), 16) % 400_000
