"""A consulate's webhooks: whether one is genuine and fresh, and which application moved.

They arrive at least once and in any order. The receiver remembers ``Notice.id`` and takes the rest as
a hint to look the application up: the status here may be older than what we already know.
"""

from pydantic import BaseModel, ConfigDict

from integrations.consulate.contract import ApplicationStatus
from integrations.signatures import BadSignature, verify
from integrations.values import Opaque, Value

__all__ = ["BadSignature", "Notice", "read", "verify"]


class Notice(Value):
    """What a webhook says happened; only a hint."""

    id: Opaque
    reference: Opaque
    status: ApplicationStatus


class Body(BaseModel):
    """The body as it is sent; fields we do not know are passed over."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    id: Opaque
    reference: Opaque
    status: ApplicationStatus


def read(body: bytes) -> Notice:
    """Read a verified webhook. Raises ValueError, which never repeats the body."""
    return Notice(**Body.model_validate_json(body).model_dump())
