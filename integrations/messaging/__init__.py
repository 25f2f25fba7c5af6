"""Short messages and e-mail. See README.md."""

from integrations.messaging.contract import Messenger
from integrations.messaging.length import segments
from integrations.messaging.messenger import open_messenger

__all__ = ["Messenger", "open_messenger", "segments"]
