"""Duffel's webhooks: whether one is genuine and fresh, and which order it is about.

They arrive at least once and in any order. The receiver remembers ``Notice.id``, refuses the wrong
``live_mode`` and takes the rest as a hint to read the order again.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from integrations.airline.contract import Utc, Value
from integrations.signatures import BadSignature

HEADER = "x-duffel-signature"
SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


class Notice(Value):
    """What a webhook says happened. ``kind`` is Duffel's word, and may be one we do not know yet.

    A failed creation has no ``order_id``; it has the ``offer_id`` of the attempt where Duffel sends one.
    """

    id: str
    kind: str
    order_id: str | None
    live_mode: bool
    created_at: Utc
    offer_id: str | None = None


class Data(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)
    object: Mapping[str, Any] = Field(default_factory=dict)


class Event(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)
    id: str = Field(min_length=1, max_length=200)
    type: str = Field(min_length=1, max_length=200)
    live_mode: bool
    created_at: Utc
    data: Data = Field(default_factory=Data)


def verify(
    body: bytes, headers: Mapping[str, str], secret: str, *, now: datetime, tolerance_seconds: int = 300
) -> None:
    """Check the raw body against its signature, at the aware moment ``now``. Raises BadSignature."""
    given = [value for name, value in headers.items() if name.lower() == HEADER]
    match = SIGNATURE.fullmatch(given[0].strip()) if len(given) == 1 else None
    if match is None:
        raise BadSignature("no signature, or one we cannot read")
    stamp, seal = match.groups()
    if not secret or not hmac.compare_digest(signed(body, secret, stamp), seal):
        raise BadSignature("the signature does not fit the body")
    if abs(now.timestamp() - int(stamp)) > tolerance_seconds:
        raise BadSignature("the signature is too old or from the future")


def read(body: bytes) -> Notice:
    """Read a verified webhook. Raises ValueError (which never repeats the body)."""
    event = Event.model_validate_json(body)
    about = event.data.object
    return Notice(
        id=event.id,
        kind=event.type,
        order_id=named(about.get("order_id"), "ord_") or named(about.get("id"), "ord_"),
        live_mode=event.live_mode,
        created_at=event.created_at,
        offer_id=named(about.get("offer_id"), "off_"),
    )


def signed(body: bytes, secret: str, stamp: str) -> str:
    """The seal Duffel puts on ``body`` at the Unix second ``stamp``."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def named(value: Any, prefix: str) -> str | None:
    return value if isinstance(value, str) and value.startswith(prefix) else None
