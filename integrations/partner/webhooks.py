"""A partner's messages to us: who sent them, and what they say."""

import json
from collections.abc import Mapping
from datetime import datetime

from integrations import signatures
from integrations.partner.notices import NOTICE, PartnerNotice


def verify(body: bytes, headers: Mapping[str, str], secret: str, *, now: datetime) -> None:
    """Check the Standard Webhooks signature. Raises BadSignature."""
    signatures.verify(body, headers, secret, now=now)


def read(body: bytes) -> PartnerNotice:
    """Read a verified message. Raises ValueError, with a text that repeats nothing of it."""
    try:
        message = json.loads(body)
        data = {**message["data"], "id": message["id"], "at": message["timestamp"], "event": message["type"]}
        return NOTICE.validate_python(data)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("not a message we know from the partner") from None
