"""A mail server that keeps every e-mail instead of sending it on, and some it loses on purpose."""

import threading
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from integrations.serving import listening

REFUSED, BUSY, LOST = "refused", "busy", "lostreply"  # local parts of addresses


@dataclass(frozen=True)
class Mail:
    """An e-mail as it arrived."""

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    message_id: str
    raw: bytes


class Handler:
    """What the server does at each step; the method names are aiosmtpd's."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take or turn away a recipient."""
        local = address.partition("@")[0]
        if local == REFUSED:
            return "550 5.1.1 no such mailbox"
        if local == BUSY:
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail; for one address hang up before saying so."""
        self.mails.append(mail_of(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content)))
        if any(one.partition("@")[0] == LOST for one in envelope.rcpt_tos):
            server.transport.abort()
        return "250 2.0.0 OK"


class MailCatcher:
    """A mail server on ``host`` and ``port`` (0: a free one). Start it, and stop it again."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._socket = listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._handler = Handler()
        self._lock = threading.Lock()
        self._controller = Controller(self._handler, hostname=host, port=self.port, ready_timeout=15.0)

    def start(self) -> None:
        """Start taking mail. Raises OSError or TimeoutError when the server does not come up."""
        self._socket.close()
        self._controller.start()

    def stop(self) -> None:
        """Stop, and give the port back. Doing it twice does no harm."""
        with self._lock:
            if self._controller.server is not None:
                self._controller.stop()
            self._socket.close()

    @property
    def mails(self) -> list[Mail]:
        """Every e-mail so far, oldest first."""
        return list(self._handler.mails)

    @property
    def duplicates(self) -> list[str]:
        """Every Message-ID that arrived more than once."""
        return [one for one, count in Counter(mail.message_id for mail in self.mails).items() if count > 1]


def mail_of(sender: str, to: tuple[str, ...], raw: bytes) -> Mail:
    """Read an e-mail as a mail program would."""
    message = message_from_bytes(raw, policy=default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return Mail(sender, to, str(message["Subject"]), text, str(message["Message-ID"]), raw)
