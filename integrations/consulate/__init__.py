"""Travel documents from a consulate. See README.md."""

from integrations.consulate.client import HttpConsulate, open_consulate
from integrations.consulate.contract import (
    Application,
    ApplicationStatus,
    ApplicationView,
    Consulate,
    IssuedDocument,
)
from integrations.consulate.webhooks import Notice, read, verify

__all__ = [
    "Application",
    "ApplicationStatus",
    "ApplicationView",
    "Consulate",
    "HttpConsulate",
    "IssuedDocument",
    "Notice",
    "open_consulate",
    "read",
    "verify",
]
