"""The consulate of a country of origin, which issues emergency travel documents."""

from integrations.consulate.adapter import ConsulateAdapter
from integrations.consulate.contract import (
    Application,
    ApplicationStatus,
    ApplicationView,
    Consulate,
    ConsulateNotice,
    IssuedDocument,
)
from integrations.consulate.webhooks import read, verify

__all__ = [
    "Application",
    "ApplicationStatus",
    "ApplicationView",
    "Consulate",
    "ConsulateAdapter",
    "ConsulateNotice",
    "IssuedDocument",
    "read",
    "verify",
]
