"""What every partner's signed messages have in common, and the Standard Webhooks form of it.

The check is our own because the published library reads the wall clock, and here time is an argument.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)


class BadSignature(Exception):
    """The message does not carry a valid, fresh signature of its claimed sender."""


def header(headers: Mapping[str, str], name: str) -> str:
    """Read a header whatever its case. Raises BadSignature when it is missing or empty."""
    found = [value for key, value in headers.items() if key.lower() == name.lower()]
    if len(found) != 1 or not found[0]:
        raise BadSignature(f"exactly one {name} header is expected")
    return found[0]


def live_keys(secret: str) -> list[bytes]:
    """Decode one or two keys from ``"whsec_… whsec_…"``, the newest first.

    Raises ValueError when the secret is empty, not base64, or holds more than two keys: our own
    settings are wrong then, not the message.
    """
    words = secret.split()
    if not 1 <= len(words) <= 2:
        raise ValueError("a webhook secret holds one or two keys")
    try:
        keys = [base64.b64decode(word.removeprefix("whsec_"), validate=True) for word in words]
    except binascii.Error:
        raise ValueError("a webhook key is not base64") from None
    if not all(keys):
        raise ValueError("a webhook key is empty")
    return keys


def signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """Sign ``id.timestamp.body`` with HMAC-SHA256, written as ``v1,<base64>``."""
    mac = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def sign(body: bytes, secret: str, *, message_id: str, at: datetime) -> dict[str, str]:
    """Make the three Standard Webhooks headers, signed with the first key of ``secret``."""
    timestamp = str(int(at.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(live_keys(secret)[0], message_id, timestamp, body),
    }


def verify(body: bytes, headers: Mapping[str, str], secret: str, *, now: datetime) -> None:
    """Check the signature and that it was made within five minutes of ``now`` (an aware instant).

    Raises BadSignature, whose text never repeats what was sent.
    """
    message_id, timestamp = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
    claimed = header(headers, "webhook-signature").split(" ")
    # A full stop in the id would let the same signed bytes be cut into other parts.
    if "." in message_id or not fresh(timestamp, now):
        raise BadSignature("the message is not fresh")
    wanted = [signature(key, message_id, timestamp, body) for key in live_keys(secret)]
    # The text is compared, not the decoded bytes: base64 has several spellings of the same bytes.
    # A sum, so that every pair is compared whatever the first ones gave.
    if sum(same(one, other) for one in wanted for other in claimed) == 0:
        raise BadSignature("no signature fits")


def fresh(timestamp: str, now: datetime) -> bool:
    """Tell whether a timestamp (whole seconds since 1970) lies within the window around ``now``."""
    plain = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12
    return plain and abs(now.timestamp() - int(timestamp)) <= WINDOW.total_seconds()


def same(one: str, other: str) -> bool:
    """Compare two signatures in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
