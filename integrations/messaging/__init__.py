"""Short messages and e-mail. See README.md."""

from integrations.messaging.contract import Messenger
from integrations.messaging.length import segments
from integrations.messaging.messenger import open_messenger
from integrations.messaging.webhooks import SmsNotice, read, verify

__all__ = ["Messenger", "SmsNotice", "open_messenger", "read", "segments", "verify"]
