"""Twilio's webhooks: whether one is genuine, and what it tells: an SMS went out, failed, or came in.

Twilio signs no time, so an old message cannot be told from a fresh one: the receiver remembers
``SmsNotice.id`` and takes each only once.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal

from integrations.signatures import BadSignature, header, same
from integrations.values import Opaque, Personal, opaque

SIGNATURE = "X-Twilio-Signature"
Kind = Literal["sent", "delivered", "undelivered", "failed", "received"]
# "sent" stands for every word that decides nothing yet, those we have never heard included.
KINDS: dict[str, Kind] = {
    "delivered": "delivered",
    "read": "delivered",
    "failed": "failed",
    "undelivered": "undelivered",
    "canceled": "failed",
}


class SmsNotice(Personal):
    """What a webhook tells. ``sender`` and ``text`` are there only when an SMS was received.

    ``key`` is the one under which the message was sent; ``code`` the provider's reason where it failed.
    """

    id: Opaque
    kind: Kind
    reference: Opaque | None = None
    key: Opaque | None = None
    code: Opaque | None = None
    sender: str | None = None
    text: str | None = None


def signature(url: str, params: Mapping[str, str], secret: str) -> str:
    """Sign the full URL and every form field, sorted by name, with nothing in between."""
    text = url + "".join(name + params[name] for name in sorted(params))
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()


def verify(url: str, params: Mapping[str, str], headers: Mapping[str, str], secret: str) -> None:
    """Check a webhook. ``url`` is the exact public one, query included; ``params`` all form fields, untrimmed.

    ``secret`` is Twilio's primary auth token. Raises BadSignature, whose text repeats nothing, and
    ValueError when ``secret`` is empty.
    """
    if not secret:
        raise ValueError("the webhook secret is empty")
    if not same(signature(url, params, secret), header(headers, SIGNATURE)):
        raise BadSignature("the signature does not fit")


def read(params: Mapping[str, str], key: str | None = None) -> SmsNotice:
    """Read the form of a verified webhook; ``key`` is from the query of its address.

    Raises ValueError, which never repeats it.
    """
    sid = opaque(params.get("MessageSid", ""))
    status = params.get("MessageStatus")
    if status is not None:
        word = status.lower()
        told = {"key": key or None, "code": params.get("ErrorCode") or None}
        return SmsNotice(id=f"{sid}-{word}", kind=KINDS.get(word, "sent"), reference=sid, **told)
    if not params.get("From") or "Body" not in params:
        raise ValueError("neither a delivery notice nor a message")
    return SmsNotice(id=sid, kind="received", sender=params["From"], text=params["Body"])
