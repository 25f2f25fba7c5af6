"""The consulate's messages to us: who sent them, and what they hint at."""

import json
from collections.abc import Mapping
from datetime import datetime

from integrations import signatures
from integrations.consulate.adapter import STATUS
from integrations.consulate.contract import ConsulateNotice

UPDATED = "application.updated"


def verify(body: bytes, headers: Mapping[str, str], secret: str, *, now: datetime) -> None:
    """Check the Standard Webhooks signature. Raises BadSignature."""
    signatures.verify(body, headers, secret, now=now)


def read(body: bytes) -> ConsulateNotice:
    """Read a verified message. Raises ValueError, with a text that repeats nothing of it."""
    try:
        message = json.loads(body)
        if message["type"] != UPDATED:
            raise ValueError
        return ConsulateNotice(
            id=message["id"],
            at=message["timestamp"],
            reference=message["data"]["reference"],
            status=STATUS[message["data"]["status"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("not a message we know from the consulate") from None
